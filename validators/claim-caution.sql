-- The text of a claim must contain a word of caution if, and only if, the claimant is not certain.
-- tables: claims
-- hint: Use a word such as may, perhaps, possibly, probably, reportedly, believes, fears, hopes or would
-- like for a claim that is probable or possible, and none of them for a certain one. Or correct factuality.
SELECT 'claims' AS "table", _row AS row, 'text' AS field, text AS value
FROM claims
WHERE (factuality IN ('PR+', 'PR-', 'PS+', 'PS-')) <>
  regexp_full_match(text, '(.*[^a-z])?(may|might|[Pp]erhaps|[Pp]ossibly|[Pp]robably|[Rr]eportedly|[Aa]pparently|likely|unlikely|seems?|believes?|thinks?|suspects?|fears?|hopes?|would like)([^a-z].*)?')
  AND factuality IN ('CT+', 'PR+', 'PS+', 'CT-', 'PR-', 'PS-')
