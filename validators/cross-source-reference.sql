-- A date with the basis cross-source must have a reference. Other dates must not have one.
-- tables: sources, events, responses, claims
-- hint: Name the reference that settled the date, or correct the basis of the date.
SELECT 'sources' AS "table", _row AS row, 'reference_id' AS field, reference_id AS value
FROM sources
WHERE (published_basis = 'cross-source' AND reference_id IS NULL)
   OR (published_basis <> 'cross-source' AND reference_id IS NOT NULL)
UNION ALL
SELECT 'events', _row, 'reference_id', reference_id
FROM events
WHERE (date_basis = 'cross-source' AND reference_id IS NULL)
   OR (date_basis <> 'cross-source' AND reference_id IS NOT NULL)
UNION ALL
SELECT 'responses', _row, 'date_basis', date_basis FROM responses WHERE date_basis = 'cross-source'
UNION ALL
SELECT 'claims', _row, 'date_basis', date_basis FROM claims WHERE date_basis = 'cross-source'
