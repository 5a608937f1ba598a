-- The last hop of an attribution is the outlet that published the source.
-- tables: attributions, evidence, sources
-- hint: End the chain with the source's publisher.
SELECT 'attributions' AS "table", a._row AS row, 'actor_id' AS field, a.actor_id AS value
FROM attributions AS a
JOIN evidence AS v ON v.evidence_id = a.evidence_id
JOIN sources AS s ON s.source_id = v.source_id
WHERE a.actor_id <> s.publisher_id
  AND NOT EXISTS (
    SELECT 1 FROM attributions AS b
    WHERE b.evidence_id = a.evidence_id AND CAST(b.hop AS integer) > CAST(a.hop AS integer)
  )
