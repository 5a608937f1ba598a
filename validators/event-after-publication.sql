-- An event that has happened must not be later than the publication that reports it.
-- tables: events, evidence, sources
-- hint: Correct the date, or set the status to planned or threatened.
SELECT DISTINCT 'events' AS "table", e._row AS row, 'date_edtf' AS field, e.date_edtf AS value
FROM events AS e
JOIN evidence AS v ON v.event_id = e.event_id
JOIN sources AS s ON s.source_id = v.source_id
WHERE e.status IN ('occurred', 'agreed') AND e.date_earliest > s.published_latest
