-- Who voices a row takes part in the event in which it was voiced.
-- tables: proposals, responses, claims, participants
-- hint: Add the actor to the participants of the event, or correct the event.
SELECT 'proposals' AS "table", t._row AS row, 'voiced_by_id' AS field, t.voiced_by_id AS value
FROM proposals AS t
WHERE t.voiced_by_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participants AS p
    WHERE p.event_id = t.made_in_event_id AND p.actor_id = t.voiced_by_id)
UNION ALL
SELECT 'responses', t._row, 'voiced_by_id', t.voiced_by_id
FROM responses AS t
WHERE t.voiced_by_id IS NOT NULL AND t.event_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participants AS p
    WHERE p.event_id = t.event_id AND p.actor_id = t.voiced_by_id)
UNION ALL
SELECT 'claims', t._row, 'voiced_by_id', t.voiced_by_id
FROM claims AS t
WHERE t.voiced_by_id IS NOT NULL AND t.said_in_event_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participants AS p
    WHERE p.event_id = t.said_in_event_id AND p.actor_id = t.voiced_by_id)
