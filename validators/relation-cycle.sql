-- Relations of one kind between propositions must not form a cycle.
-- tables: relations
-- hint: Remove one of the relations. Propositions that imply each other are one proposition.
WITH RECURSIVE links AS (
  SELECT kind, proposition_id AS first_id, other_id AS second_id
  FROM relations
  WHERE kind <> 'excludes' AND proposition_id <> other_id
),
climb AS (
  SELECT kind, first_id, second_id FROM links
  UNION
  SELECT climb.kind, climb.first_id, links.second_id
  FROM climb
  JOIN links ON links.kind = climb.kind AND links.first_id = climb.second_id
)
SELECT 'relations' AS "table", r._row AS row, 'other_id' AS field, r.other_id AS value
FROM relations AS r
JOIN climb ON climb.kind = r.kind AND climb.first_id = r.other_id
  AND climb.second_id = r.proposition_id
WHERE r.other_id <> r.proposition_id
  AND NOT EXISTS (SELECT 1 FROM relations AS o
    WHERE o.proposition_id = r.other_id AND o.other_id = r.proposition_id)
