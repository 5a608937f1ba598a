-- Evidence must not reach beyond the end of its source.
-- tables: evidence, sources
-- hint: Anchor the passage again with `shieldtalks anchor`.
WITH spans AS (
  SELECT v._row, v.start,
    regexp_full_match(v.start, '0*[1-9][0-9]{9,}') AS is_far,
    CASE WHEN regexp_full_match(v.start, '[0-9]{1,9}') THEN CAST(v.start AS integer) END AS first,
    CASE WHEN regexp_full_match(v.length, '[0-9]{1,9}') THEN CAST(v.length AS integer) END AS span,
    CASE WHEN regexp_full_match(s.canon_length, '[0-9]{1,9}')
      THEN CAST(s.canon_length AS integer) END AS whole
  FROM evidence AS v
  JOIN sources AS s ON s.source_id = v.source_id
)
SELECT 'evidence' AS "table", _row AS row, 'start' AS field, start AS value
FROM spans
WHERE first + span > whole OR (is_far AND whole IS NOT NULL)
