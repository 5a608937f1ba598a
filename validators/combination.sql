-- A proposal says how its parts combine if, and only if, it has parts.
-- tables: proposals
-- hint: Set combination on the package, or tie its parts to it by part_of_id.
SELECT 'proposals' AS "table", p._row AS row, 'combination' AS field, p.combination AS value
FROM proposals AS p
WHERE (p.combination IS NULL
    AND EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
   OR (p.combination IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
