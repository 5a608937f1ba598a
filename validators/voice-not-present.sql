-- The voice of a claim must take part in the event in which it was said.
-- tables: claims, participants
-- hint: Add the actor to the participants of the event, or correct the event.
SELECT 'claims' AS "table", c._row AS row, 'voiced_by_id' AS field, c.voiced_by_id AS value
FROM claims AS c
WHERE c.voiced_by_id IS NOT NULL AND c.said_in_event_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participants AS p
    WHERE p.event_id = c.said_in_event_id AND p.actor_id = c.voiced_by_id)
