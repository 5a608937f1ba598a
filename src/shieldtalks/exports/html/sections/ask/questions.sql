-- What became of each proposal?
SELECT proposal_id, label, proposer, addressee, date_edtf, brief
FROM ledger
ORDER BY date_earliest, proposal_id;

-- Which proposals have no official answer?
SELECT proposal_id, label, proposer, addressee, noted
FROM ledger
WHERE state = 'no-official-answer'
ORDER BY proposal_id;

-- Who answered what, and in whose words?
SELECT response_id, proposal_id, proposal, responder, move_label, answer_voice, answer_date_edtf
FROM proposals_and_answers
WHERE response_id IS NOT NULL
ORDER BY answer_date_earliest, response_id;

-- Which answers are anonymous, or reported by the other side?
SELECT response_id, proposal, responder, move_label, authority_label, answer_reason
FROM proposals_and_answers
WHERE authority IS NOT NULL AND authority <> 'official'
ORDER BY response_id;

-- How many days passed between a proposal and its answer, at most?
SELECT proposal_id, proposal, responder, move_label,
  CAST(julianday(answer_date_latest) - julianday(proposal_date_earliest) AS INTEGER) AS days
FROM proposals_and_answers
WHERE answer_date_latest IS NOT NULL AND proposal_date_earliest IS NOT NULL
ORDER BY days DESC, proposal_id;

-- Which proposals answer another proposal?
SELECT answer.proposal_id, answer.label, asked.proposal_id AS in_answer_to, asked.label AS answered
FROM proposals AS answer
JOIN proposals AS asked ON asked.proposal_id = answer.in_answer_to_id
ORDER BY answer.proposal_id;

-- Who contradicts whom?
SELECT claim_id, claimant, text, other_id, other_claimant, other_text, kind
FROM contradictions
ORDER BY claim_id, other_id;

-- What does each party hold true, false or open, by topic?
SELECT topic_label, party,
  count(*) FILTER (WHERE held = 'true') AS held_true,
  count(*) FILTER (WHERE held = 'false') AS held_false,
  count(*) FILTER (WHERE held = 'open') AS held_open
FROM positions
GROUP BY topic_label, party
ORDER BY topic_label, party;

-- Which claims are denials?
SELECT claim_id, claimant, text, factuality, date_edtf
FROM claims_with_speakers
WHERE factuality LIKE '%-'
ORDER BY claim_id;

-- Through whom did the words come?
SELECT chain, count(*) AS passages, count(DISTINCT record_id) AS records
FROM evidence_by_source
GROUP BY chain
ORDER BY passages DESC, chain;

-- What do other documents say about the rows?
SELECT c.corroboration_id, coalesce(c.event_id, c.proposal_id, c.response_id, c.claim_id) AS record_id,
  c.relation, r.title, c.note
FROM corroborations AS c
JOIN "references" AS r ON r.reference_id = c.reference_id
WHERE c.relation <> 'confirms'
ORDER BY c.corroboration_id;

-- Where did the two coders differ?
SELECT record_id, coding_a, coding_b, fields, settled_by
FROM coders
WHERE coding_a <> 'same' OR coding_b <> 'same'
ORDER BY record_id;
