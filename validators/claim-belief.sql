-- A claim whose text says "believes" or "thinks" must be probable: PR+ or PR-.
-- tables: claims
-- hint: Set factuality to PR+ or PR-, or use another word.
SELECT 'claims' AS "table", _row AS row, 'factuality' AS field, factuality AS value
FROM claims
WHERE factuality NOT IN ('PR+', 'PR-')
  AND regexp_full_match(text, '(.*[^a-z])?(believes?|thinks?)([^a-z].*)?')
