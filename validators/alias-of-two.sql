-- An alias must belong to one actor only, and must not be the name of another actor.
-- tables: aliases, actors
-- hint: Remove the alias, or use a longer one that fits only one actor.
SELECT 'aliases' AS "table", b._row AS row, 'alias' AS field, b.alias AS value
FROM aliases AS b
WHERE EXISTS (
    SELECT 1 FROM aliases AS a
    WHERE lower(a.alias) = lower(b.alias) AND a.actor_id <> b.actor_id AND a._row < b._row
  )
   OR EXISTS (
    SELECT 1 FROM actors AS n WHERE lower(n.name) = lower(b.alias) AND n.actor_id <> b.actor_id
  )
