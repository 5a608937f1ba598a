-- The earliest and latest day must match the EDTF date, and the date must not end before it starts.
-- tables: sources, events, responses, claims, references
-- hint: Correct the EDTF date, then run `shieldtalks fmt`. It computes both days.
WITH dates AS (
  SELECT 'sources' AS tbl, _row AS row_number, 'published_earliest' AS first_field, 'published_latest' AS last_field, published_edtf AS edtf,
    published_earliest AS earliest, published_latest AS latest
  FROM sources
  UNION ALL
  SELECT 'events', _row, 'date_earliest', 'date_latest', date_edtf,
    date_earliest, date_latest
  FROM events
  UNION ALL
  SELECT 'responses', _row, 'date_earliest', 'date_latest', date_edtf,
    date_earliest, date_latest
  FROM responses
  UNION ALL
  SELECT 'claims', _row, 'date_earliest', 'date_latest', date_edtf,
    date_earliest, date_latest
  FROM claims
  UNION ALL
  SELECT 'references', _row, 'date_earliest', 'date_latest', date_edtf,
    date_earliest, date_latest
  FROM "references"
),
sides AS (
  SELECT tbl, row_number, first_field, last_field, earliest, latest,
    replace(replace(replace(CASE WHEN instr(edtf, '/') > 0
      THEN substr(edtf, 1, instr(edtf, '/') - 1) ELSE edtf END, '?', ''), '~', ''), '%', '') AS first_part,
    replace(replace(replace(CASE WHEN instr(edtf, '/') > 0
      THEN substr(edtf, instr(edtf, '/') + 1) ELSE edtf END, '?', ''), '~', ''), '%', '') AS last_part
  FROM dates
  WHERE edtf IS NULL OR regexp_full_match(edtf, '[0-9]{4}(-[0-9]{2}){0,2}[?~%]?|([0-9]{4}(-[0-9]{2}){0,2}[?~%]?|[.][.])/([0-9]{4}(-[0-9]{2}){0,2}[?~%]?|[.][.])')
),
derived AS (
  SELECT tbl, row_number, first_field, last_field, earliest, latest,
    CASE length(first_part)
      WHEN 4 THEN first_part || '-01-01'
      WHEN 7 THEN first_part || '-01'
      WHEN 10 THEN first_part
    END AS first_day,
    CASE length(last_part)
      WHEN 4 THEN last_part || '-12-31'
      WHEN 7 THEN last_part || '-' || CASE
        WHEN substr(last_part, 6) IN ('04', '06', '09', '11') THEN '30'
        WHEN substr(last_part, 6) <> '02' THEN '31'
        WHEN CAST(substr(last_part, 1, 4) AS integer) % 400 = 0 THEN '29'
        WHEN CAST(substr(last_part, 1, 4) AS integer) % 100 = 0 THEN '28'
        WHEN CAST(substr(last_part, 1, 4) AS integer) % 4 = 0 THEN '29'
        ELSE '28'
      END
      WHEN 10 THEN last_part
    END AS last_day
  FROM sides
)
SELECT tbl AS "table", row_number AS row, first_field AS field, earliest AS value
FROM derived
WHERE coalesce(earliest, '') <> coalesce(first_day, '')
  AND coalesce(last_day, '9999') >= coalesce(first_day, '')
UNION ALL
SELECT tbl, row_number, last_field, latest
FROM derived
WHERE coalesce(latest, '') <> coalesce(last_day, '')
   OR last_day < first_day
