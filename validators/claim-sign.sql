-- The text of a claim must contain a negation if, and only if, the claimant holds the proposition false.
-- tables: claims
-- hint: Write a denial with not, no, never, cannot, nobody, none, nothing, neither or nor, and any other
-- claim without these words. Or correct the sign of factuality.
SELECT 'claims' AS "table", _row AS row, 'text' AS field, text AS value
FROM claims
WHERE (factuality IN ('CT-', 'PR-', 'PS-')) <>
  regexp_full_match(lower(text), '(.*[^a-z])?(not|no|never|cannot|nobody|none|nothing|neither|nor|[a-z]+n[^a-z]t)([^a-z].*)?')
  AND factuality IN ('CT+', 'PR+', 'PS+', 'CT-', 'PR-', 'PS-')
