-- A move voiced by an unnamed source, and only such a move, has the authority anonymous.
-- tables: responses, actors
-- hint: Set authority to anonymous; an unnamed source is not the state.
SELECT 'responses' AS "table", r._row AS row, 'authority' AS field, r.authority AS value
FROM responses AS r
LEFT JOIN actors AS a ON a.actor_id = r.voiced_by_id
WHERE (a.kind = 'unnamed-source' AND r.authority <> 'anonymous')
   OR (coalesce(a.kind, '') <> 'unnamed-source' AND r.authority = 'anonymous')
