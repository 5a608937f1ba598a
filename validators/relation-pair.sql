-- Two different propositions must have at most one relation, and the smaller identifier must come first
-- if they exclude each other.
-- tables: relations
-- hint: Keep one relation of the two, or swap the identifiers.
SELECT 'relations' AS "table", r._row AS row, 'other_id' AS field, r.other_id AS value
FROM relations AS r
WHERE r.other_id = r.proposition_id
   OR (r.kind = 'excludes' AND r.proposition_id > r.other_id)
   OR EXISTS (SELECT 1 FROM relations AS o
     WHERE o.proposition_id = r.other_id AND o.other_id = r.proposition_id
       AND r.proposition_id > r.other_id)
