-- What is planned or threatened is not certain to happen.
-- tables: events
-- hint: Give it the factuality PR+ or PS+: the source commits to the plan, not to the deed.
SELECT 'events' AS "table", _row AS row, 'factuality' AS field, factuality AS value
FROM events
WHERE status IN ('planned', 'threatened') AND factuality IN ('CT+', 'CT-')
