-- The hops of an attribution must be numbered from 0 without a gap.
-- tables: evidence, attributions
-- hint: Number the hops 0, 1, 2, ... from the original speaker to the outlet.
WITH numbered AS (
  SELECT evidence_id,
    CASE WHEN regexp_full_match(hop, '[0-9]{1,9}') THEN CAST(hop AS integer) END AS hop
  FROM attributions
),
chains AS (
  SELECT evidence_id, count(*) AS hops, count(hop) AS numbers, max(hop) AS last_hop
  FROM numbered
  GROUP BY evidence_id
)
SELECT 'evidence' AS "table", v._row AS row, 'evidence_id' AS field, v.evidence_id AS value
FROM evidence AS v
LEFT JOIN chains AS c ON c.evidence_id = v.evidence_id
WHERE c.hops IS NULL OR (c.numbers = c.hops AND c.hops <> c.last_hop + 1)
