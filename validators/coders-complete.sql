-- If the table coders has rows, it must have one for each event, proposal, response and claim, and for
-- nothing else.
-- tables: coders, events, proposals, responses, claims
-- hint: Compare the row with the two codings again, and add or remove its row in coders.
WITH coded AS (
  SELECT 'events' AS tbl, _row AS row_number, 'event_id' AS key_field, event_id AS id FROM events
  UNION ALL
  SELECT 'proposals', _row, 'proposal_id', proposal_id FROM proposals
  UNION ALL
  SELECT 'responses', _row, 'response_id', response_id FROM responses
  UNION ALL
  SELECT 'claims', _row, 'claim_id', claim_id FROM claims
)
SELECT tbl AS "table", row_number AS row, key_field AS field, id AS value
FROM coded
WHERE EXISTS (SELECT 1 FROM coders)
  AND NOT EXISTS (SELECT 1 FROM coders WHERE coders.record_id = coded.id)
UNION ALL
SELECT 'coders', _row, 'record_id', record_id
FROM coders
WHERE NOT EXISTS (SELECT 1 FROM coded WHERE coded.id = coders.record_id)
