-- The hops of an attribution run from 0 without a gap.
-- tables: evidence, attributions
-- hint: Number the hops 0, 1, 2, ... from the original speaker to the outlet.
SELECT 'evidence' AS "table", v._row AS row, 'evidence_id' AS field, v.evidence_id AS value
FROM evidence AS v
LEFT JOIN (
  SELECT evidence_id, count(*) AS hops, max(CAST(hop AS integer)) AS last_hop
  FROM attributions
  GROUP BY evidence_id
) AS a ON a.evidence_id = v.evidence_id
WHERE a.hops IS NULL OR a.hops <> a.last_hop + 1
