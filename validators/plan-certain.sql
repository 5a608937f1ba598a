-- A planned or threatened event must not be certain to happen.
-- tables: events
-- hint: Set factuality to PR+ or PS+: the plan may be certain, but the event is not.
SELECT 'events' AS "table", _row AS row, 'factuality' AS field, factuality AS value
FROM events
WHERE status IN ('planned', 'threatened') AND factuality IN ('CT+', 'CT-')
