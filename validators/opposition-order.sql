-- In a pair of opposing claims, the smaller identifier must come first.
-- tables: oppositions
-- hint: Swap the two identifiers.
SELECT 'oppositions' AS "table", _row AS row, 'other_id' AS field, other_id AS value
FROM oppositions
WHERE claim_id >= other_id
