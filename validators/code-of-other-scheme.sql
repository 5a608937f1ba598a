-- An action code must be from CAMEO or PLOVER, and a parent code must be from the same scheme.
-- tables: codings, codes
-- hint: Choose a code from the right scheme.
SELECT 'codings' AS "table", g._row AS row, 'code_id' AS field, g.code_id AS value
FROM codings AS g
JOIN codes AS c ON c.code_id = g.code_id
WHERE c.scheme NOT IN ('cameo', 'plover')
UNION ALL
SELECT 'codes', c._row, 'parent_id', c.parent_id
FROM codes AS c
JOIN codes AS p ON p.code_id = c.parent_id
WHERE p.scheme <> c.scheme
