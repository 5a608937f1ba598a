-- Of two claims that stand against each other the smaller identifier comes first.
-- tables: oppositions
-- hint: Swap the two.
SELECT 'oppositions' AS "table", _row AS row, 'other_id' AS field, other_id AS value
FROM oppositions
WHERE claim_id >= other_id
