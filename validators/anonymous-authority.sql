-- The authority of a move must be anonymous if, and only if, an unnamed source voices it.
-- tables: responses, actors
-- hint: Set authority to anonymous if an unnamed source voices the move. Otherwise choose another authority.
SELECT 'responses' AS "table", r._row AS row, 'authority' AS field, r.authority AS value
FROM responses AS r
LEFT JOIN actors AS a ON a.actor_id = r.voiced_by_id
WHERE (a.kind = 'unnamed-source' AND r.authority <> 'anonymous')
   OR (coalesce(a.kind, '') <> 'unnamed-source' AND r.authority = 'anonymous')
