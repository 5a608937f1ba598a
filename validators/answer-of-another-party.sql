-- A party to which a proposal was not addressed can only oppose it.
-- tables: responses, proposals
-- hint: Correct responder_id or addressee_id, or change the move to oppose.
SELECT 'responses' AS "table", r._row AS row, 'responder_id' AS field, r.responder_id AS value
FROM responses AS r
JOIN proposals AS p ON p.proposal_id = r.proposal_id
WHERE p.addressee_id <> r.responder_id AND r.move <> 'oppose'
