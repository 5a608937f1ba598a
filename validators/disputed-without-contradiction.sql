-- A claim must be disputed if, and only if, another claim contradicts it.
-- tables: claims, relations
-- hint: Correct the standing, the factuality or the relation. `shieldtalks show` with the identifier of
-- the claim lists the claims that contradict it.
WITH held AS (
  SELECT claim_id, claimant_id, proposition_id, substr(factuality, 3, 1) AS sign,
    CASE substr(factuality, 1, 2) WHEN 'CT' THEN 3 WHEN 'PR' THEN 2 WHEN 'PS' THEN 1 END AS strength
  FROM claims
  WHERE speech_act <> 'hope'
),
against AS (
  SELECT a.claim_id AS claim_id, b.claim_id AS other_id
  FROM held AS a
  JOIN held AS b ON b.proposition_id = a.proposition_id
  WHERE a.sign = '+' AND b.sign = '-' AND a.claimant_id <> b.claimant_id
    AND a.strength + b.strength >= 4
  UNION ALL
  SELECT a.claim_id, b.claim_id
  FROM relations AS r
  JOIN held AS a ON a.proposition_id = r.proposition_id
  JOIN held AS b ON b.proposition_id = r.other_id
  WHERE a.sign = '+' AND a.claimant_id <> b.claimant_id AND a.strength + b.strength >= 4
    AND ((r.kind = 'excludes' AND b.sign = '+') OR (r.kind = 'implies' AND b.sign = '-'))
),
contradicted AS (
  SELECT claim_id FROM against
  UNION
  SELECT other_id FROM against
)
SELECT 'claims' AS "table", c._row AS row, 'standing' AS field, c.standing AS value
FROM claims AS c
LEFT JOIN contradicted AS k ON k.claim_id = c.claim_id
WHERE (c.standing = 'disputed' AND k.claim_id IS NULL)
   OR (c.standing = 'as-reported' AND k.claim_id IS NOT NULL)
