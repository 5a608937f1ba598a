-- The last hop of an attribution must be the outlet that published the source.
-- tables: attributions, evidence, sources
-- hint: End the chain with the publisher of the source.
WITH numbered AS (
  SELECT _row, evidence_id, actor_id,
    CASE WHEN regexp_full_match(hop, '[0-9]{1,9}') THEN CAST(hop AS integer) END AS hop
  FROM attributions
)
SELECT 'attributions' AS "table", a._row AS row, 'actor_id' AS field, a.actor_id AS value
FROM numbered AS a
JOIN evidence AS v ON v.evidence_id = a.evidence_id
JOIN sources AS s ON s.source_id = v.source_id
WHERE a.actor_id <> s.publisher_id
  AND a.hop = (SELECT max(b.hop) FROM numbered AS b WHERE b.evidence_id = a.evidence_id)
