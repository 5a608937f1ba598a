-- The pairs of claims that contradict each other. Two claims do so if their claimants differ and
-- one holds a proposition true and the other holds it false (denies),
-- both hold true two propositions that exclude each other (excludes), or
-- one holds a proposition true and the other holds false what it implies (implies).
-- At least one of them must be certain, or both probable. Hopes contradict nothing.
WITH held AS (
  SELECT claim_id, claimant_id, proposition_id, substr(factuality, 3, 1) AS sign,
    CASE substr(factuality, 1, 2) WHEN 'CT' THEN 3 WHEN 'PR' THEN 2 WHEN 'PS' THEN 1 END AS strength
  FROM claims
  WHERE speech_act <> 'hope'
),
links AS (
  SELECT proposition_id, proposition_id AS other_id, 'denies' AS kind FROM propositions
  UNION ALL
  SELECT proposition_id, other_id, kind FROM relations WHERE kind IN ('excludes', 'implies')
),
against AS (
  SELECT a.claim_id AS one, b.claim_id AS two, l.kind
  FROM links AS l
  JOIN held AS a ON a.proposition_id = l.proposition_id
  JOIN held AS b ON b.proposition_id = l.other_id
  WHERE a.sign = '+' AND b.sign = CASE l.kind WHEN 'excludes' THEN '+' ELSE '-' END
    AND a.claimant_id <> b.claimant_id AND a.strength + b.strength >= 4
)
SELECT
  c.claim_id, o.claim_id AS other_id, k.kind,
  c.text, c.factuality, c.claimant_id, claimant.name AS claimant, c.proposition_id,
  o.text AS other_text, o.factuality AS other_factuality, o.claimant_id AS other_claimant_id,
  other_claimant.name AS other_claimant, o.proposition_id AS other_proposition_id
FROM (
  SELECT DISTINCT
    CASE WHEN one < two THEN one ELSE two END AS claim_id,
    CASE WHEN one < two THEN two ELSE one END AS other_id, kind
  FROM against
) AS k
JOIN claims AS c ON c.claim_id = k.claim_id
JOIN claims AS o ON o.claim_id = k.other_id
LEFT JOIN actors AS claimant ON claimant.actor_id = c.claimant_id
LEFT JOIN actors AS other_claimant ON other_claimant.actor_id = o.claimant_id
ORDER BY c.claim_id, o.claim_id, k.kind
