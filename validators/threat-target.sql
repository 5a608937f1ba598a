-- A threatened event, and the event in which it was announced, must name the target of the threat.
-- tables: events, participants
-- hint: In the table participants, add the target of the threat with the role target.
SELECT DISTINCT 'events' AS "table", e._row AS row, 'event_id' AS field, e.event_id AS value
FROM events AS e
JOIN events AS t ON t.status = 'threatened'
  AND (t.event_id = e.event_id OR t.announced_in_id = e.event_id)
WHERE NOT EXISTS (
  SELECT 1 FROM participants AS p WHERE p.event_id = e.event_id AND p.role = 'target'
)
