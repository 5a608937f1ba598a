-- An answer or a claim must have either an event or its own date, and a date must have a basis.
-- tables: responses, claims
-- hint: Fill in the event, or the date with its basis, but not both.
SELECT 'responses' AS "table", _row AS row, 'date_edtf' AS field, date_edtf AS value
FROM responses
WHERE CASE WHEN event_id IS NULL THEN 0 ELSE 1 END + CASE WHEN date_edtf IS NULL THEN 0 ELSE 1 END <> 1
   OR CASE WHEN date_basis IS NULL THEN 0 ELSE 1 END <> CASE WHEN date_edtf IS NULL THEN 0 ELSE 1 END
UNION ALL
SELECT 'claims', _row, 'date_edtf', date_edtf
FROM claims
WHERE CASE WHEN said_in_event_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN date_edtf IS NULL THEN 0 ELSE 1 END <> 1
   OR CASE WHEN date_basis IS NULL THEN 0 ELSE 1 END <> CASE WHEN date_edtf IS NULL THEN 0 ELSE 1 END
