-- A code of the scheme move must have a value in decides and in outcome. Other codes must have none.
-- tables: codes
-- hint: For a move, fill in decides (true or false) and outcome (the word that the ledger shows). For any
-- other code, leave both empty.
SELECT 'codes' AS "table", _row AS row, 'decides' AS field, decides AS value
FROM codes
WHERE (scheme = 'move' AND decides IS NULL) OR (scheme <> 'move' AND decides IS NOT NULL)
UNION ALL
SELECT 'codes', _row, 'outcome', outcome
FROM codes
WHERE (scheme = 'move' AND outcome IS NULL) OR (scheme <> 'move' AND outcome IS NOT NULL)
