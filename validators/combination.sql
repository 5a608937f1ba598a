-- A package with parts must have a combination. No other proposal may have one.
-- tables: proposals
-- hint: Fill in (or empty) combination, correct kind, or link the parts to the package with part_of_id.
SELECT 'proposals' AS "table", p._row AS row, 'combination' AS field, p.combination AS value
FROM proposals AS p
WHERE (p.combination IS NULL AND p.kind = 'package'
    AND EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
   OR (p.combination IS NOT NULL AND p.kind <> 'package')
   OR (p.combination IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM proposals AS c WHERE c.part_of_id = p.proposal_id))
