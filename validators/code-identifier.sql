-- The identifier of a code must be its scheme and its code, joined by a colon.
-- tables: codes
-- hint: Correct code_id, scheme or code.
SELECT 'codes' AS "table", _row AS row, 'code_id' AS field, code_id AS value
FROM codes
WHERE code_id <> scheme || ':' || code
