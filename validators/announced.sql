-- A threatened event must name the event in which it was announced. Only planned or threatened events may name one.
-- tables: events
-- hint: Fill in (or empty) announced_in_id, or correct the status.
SELECT 'events' AS "table", _row AS row, 'announced_in_id' AS field, announced_in_id AS value
FROM events
WHERE (status = 'threatened' AND announced_in_id IS NULL)
   OR (status NOT IN ('planned', 'threatened') AND announced_in_id IS NOT NULL)
