-- A proposal with parts must have a combination. A proposal without parts must not have one.
-- tables: proposals
-- hint: Fill in (or empty) combination, or link the parts to the proposal with part_of_id.
SELECT 'proposals' AS "table", p._row AS row, 'combination' AS field, p.combination AS value
FROM proposals AS p
WHERE (p.combination IS NULL
    AND EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
   OR (p.combination IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
