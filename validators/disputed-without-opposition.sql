-- A claim must be disputed if, and only if, another claim contradicts it.
-- tables: claims, oppositions
-- hint: Correct the standing, or add the pair of claims to oppositions.
SELECT 'claims' AS "table", c._row AS row, 'standing' AS field, c.standing AS value
FROM claims AS c
WHERE (c.standing = 'disputed' AND NOT EXISTS (
    SELECT 1 FROM oppositions AS o
    WHERE o.kind = 'contradicts' AND c.claim_id IN (o.claim_id, o.other_id)))
   OR (c.standing = 'as-reported' AND EXISTS (
    SELECT 1 FROM oppositions AS o
    WHERE o.kind = 'contradicts' AND c.claim_id IN (o.claim_id, o.other_id)))
