-- Evidence lies within its source.
-- tables: evidence, sources
-- hint: Anchor the span again with shieldtalks anchor.
SELECT 'evidence' AS "table", v._row AS row, 'start' AS field, v.start AS value
FROM evidence AS v
JOIN sources AS s ON s.source_id = v.source_id
WHERE CAST(v.start AS integer) + CAST(v.length AS integer) > CAST(s.canon_length AS integer)
