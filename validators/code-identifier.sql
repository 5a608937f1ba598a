-- The identifier of a code must be its scheme and its code, joined by a colon. A definition must not be the identifier of a code.
-- tables: codes
-- hint: Correct code_id, scheme or code. Write the definition in words.
SELECT 'codes' AS "table", _row AS row, 'code_id' AS field, code_id AS value
FROM codes
WHERE code_id <> scheme || ':' || code
UNION ALL
SELECT 'codes', c._row, 'definition', c.definition
FROM codes AS c
WHERE EXISTS (SELECT 1 FROM codes AS other WHERE other.code_id = c.definition)
