-- A proposal must name who made it, unless it is an agreement.
-- tables: proposals
-- hint: Fill in proposer_id. It may only be empty for something that two sides agreed on.
SELECT 'proposals' AS "table", _row AS row, 'proposer_id' AS field, proposer_id AS value
FROM proposals
WHERE proposer_id IS NULL AND form <> 'agreement'
