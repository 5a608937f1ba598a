-- A row must be settled by agreement if, and only if, both codings have it with the same values. Fields
-- must be named if, and only if, a coding differs.
-- tables: coders
-- hint: Compare the row with the two codings again.
SELECT 'coders' AS "table", _row AS row, 'settled_by' AS field, settled_by AS value
FROM coders
WHERE (settled_by = 'agreement' AND (coding_a <> 'same' OR coding_b <> 'same'))
   OR (settled_by = 'adjudication' AND coding_a = 'same' AND coding_b = 'same')
UNION ALL
SELECT 'coders', _row, 'fields', fields
FROM coders
WHERE (fields IS NULL AND 'differs' IN (coding_a, coding_b))
   OR (fields IS NOT NULL AND coding_a <> 'differs' AND coding_b <> 'differs')
