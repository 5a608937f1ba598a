-- Each event, proposal and response must have exactly one main code in CAMEO and one in PLOVER.
-- tables: events, proposals, responses, codings, codes
-- hint: Add the main code (rank 1), or give the other codes the rank 2.
WITH schemes AS (
  SELECT DISTINCT scheme FROM codes WHERE scheme IN ('cameo', 'plover')
),
main_codes AS (
  SELECT coalesce(g.event_id, g.proposal_id, g.response_id) AS target, c.scheme, count(*) AS codes
  FROM codings AS g
  JOIN codes AS c ON c.code_id = g.code_id
  WHERE g.rank <> '2'
  GROUP BY coalesce(g.event_id, g.proposal_id, g.response_id), c.scheme
)
SELECT 'events' AS "table", t._row AS row, 'event_id' AS field, t.event_id || ' (' || s.scheme || ')' AS value
FROM events AS t
JOIN schemes AS s ON s.scheme IS NOT NULL
LEFT JOIN main_codes AS m ON m.target = t.event_id AND m.scheme = s.scheme
WHERE coalesce(m.codes, 0) <> 1
UNION ALL
SELECT 'proposals', t._row, 'proposal_id', t.proposal_id || ' (' || s.scheme || ')'
FROM proposals AS t
JOIN schemes AS s ON s.scheme IS NOT NULL
LEFT JOIN main_codes AS m ON m.target = t.proposal_id AND m.scheme = s.scheme
WHERE coalesce(m.codes, 0) <> 1
UNION ALL
SELECT 'responses', t._row, 'response_id', t.response_id || ' (' || s.scheme || ')'
FROM responses AS t
JOIN schemes AS s ON s.scheme IS NOT NULL
LEFT JOIN main_codes AS m ON m.target = t.response_id AND m.scheme = s.scheme
WHERE coalesce(m.codes, 0) <> 1
