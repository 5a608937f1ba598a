-- A party must not answer its own proposal.
-- tables: responses, proposals
-- hint: Correct responder_id or proposal_id.
SELECT 'responses' AS "table", r._row AS row, 'responder_id' AS field, r.responder_id AS value
FROM responses AS r
JOIN proposals AS p ON p.proposal_id = r.proposal_id
WHERE p.proposer_id = r.responder_id
