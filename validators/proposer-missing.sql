-- A proposal names who put it forward, unless it is an agreement.
-- tables: proposals
-- hint: Fill in proposer_id; only of what two sides agreed may it be unknown.
SELECT 'proposals' AS "table", _row AS row, 'proposer_id' AS field, proposer_id AS value
FROM proposals
WHERE proposer_id IS NULL AND form <> 'agreement'
