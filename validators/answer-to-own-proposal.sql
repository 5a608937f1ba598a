-- A party must not answer its own proposal, neither with a move nor with another proposal.
-- tables: responses, proposals
-- hint: Correct the party, or the link to the proposal that is answered.
SELECT 'responses' AS "table", r._row AS row, 'responder_id' AS field, r.responder_id AS value
FROM responses AS r
JOIN proposals AS p ON p.proposal_id = r.proposal_id
WHERE p.proposer_id = r.responder_id
UNION ALL
SELECT 'proposals', a._row, 'in_answer_to_id', a.in_answer_to_id
FROM proposals AS a
JOIN proposals AS p ON p.proposal_id = a.in_answer_to_id
WHERE p.proposer_id = a.proposer_id
