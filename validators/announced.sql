-- A threat names the event in which it was voiced, and only a plan or a threat does.
-- tables: events
-- hint: Fill in announced_in_id, or correct the status.
SELECT 'events' AS "table", _row AS row, 'announced_in_id' AS field, announced_in_id AS value
FROM events
WHERE (status = 'threatened' AND announced_in_id IS NULL)
   OR (status NOT IN ('planned', 'threatened') AND announced_in_id IS NOT NULL)
