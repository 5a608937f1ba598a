-- Links from a row to another row of its table must not form a cycle.
-- tables: actors, events, proposals, codes
-- hint: Remove one of the links of the cycle.
WITH RECURSIVE links AS (
  SELECT 'actors' AS tbl, _row AS row_number, 'member_of_id' AS field, 'member_of_id:' || actor_id AS id, 'member_of_id:' || member_of_id AS parent
  FROM actors WHERE member_of_id IS NOT NULL
  UNION ALL
  SELECT 'events', _row, 'announced_in_id', 'announced_in_id:' || event_id, 'announced_in_id:' || announced_in_id
  FROM events WHERE announced_in_id IS NOT NULL
  UNION ALL
  SELECT 'proposals', _row, 'part_of_id', 'part_of_id:' || proposal_id, 'part_of_id:' || part_of_id
  FROM proposals WHERE part_of_id IS NOT NULL
  UNION ALL
  SELECT 'proposals', _row, 'restates_id', 'restates_id:' || proposal_id, 'restates_id:' || restates_id
  FROM proposals WHERE restates_id IS NOT NULL
  UNION ALL
  SELECT 'proposals', _row, 'in_answer_to_id', 'in_answer_to_id:' || proposal_id, 'in_answer_to_id:' || in_answer_to_id
  FROM proposals WHERE in_answer_to_id IS NOT NULL
  UNION ALL
  SELECT 'proposals', _row, 'perhaps_same_as_id', 'perhaps_same_as_id:' || proposal_id, 'perhaps_same_as_id:' || perhaps_same_as_id
  FROM proposals WHERE perhaps_same_as_id IS NOT NULL
  UNION ALL
  SELECT 'codes', _row, 'parent_id', 'parent_id:' || code_id, 'parent_id:' || parent_id
  FROM codes WHERE parent_id IS NOT NULL
),
climb AS (
  SELECT id AS origin, parent AS at_id, 1 AS steps FROM links
  UNION ALL
  SELECT climb.origin, links.parent, climb.steps + 1
  FROM climb
  JOIN links ON links.id = climb.at_id
  WHERE climb.steps < 50 AND climb.at_id <> climb.origin
)
SELECT DISTINCT links.tbl AS "table", links.row_number AS row, links.field AS field,
  substr(links.parent, instr(links.parent, ':') + 1) AS value
FROM climb
JOIN links ON links.id = climb.origin
WHERE climb.at_id = climb.origin
