-- Each event, proposal, response and claim must have evidence for the whole row.
-- tables: events, proposals, responses, claims, evidence
-- hint: Add a row to evidence with an empty field column. `shieldtalks anchor` prints the row.
SELECT 'events' AS "table", t._row AS row, 'event_id' AS field, t.event_id AS value
FROM events AS t
WHERE NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.event_id = t.event_id AND v.field IS NULL)
UNION ALL
SELECT 'proposals', t._row, 'proposal_id', t.proposal_id
FROM proposals AS t
WHERE NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.proposal_id = t.proposal_id AND v.field IS NULL)
UNION ALL
SELECT 'responses', t._row, 'response_id', t.response_id
FROM responses AS t
WHERE NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.response_id = t.response_id AND v.field IS NULL)
UNION ALL
SELECT 'claims', t._row, 'claim_id', t.claim_id
FROM claims AS t
WHERE NOT EXISTS (SELECT 1 FROM evidence AS v WHERE v.claim_id = t.claim_id AND v.field IS NULL)
