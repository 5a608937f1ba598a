-- An answer must not be earlier than its proposal.
-- tables: responses, proposals, events
-- hint: Correct the date of the answer, or the event in which the proposal was made.
SELECT 'responses' AS "table", r._row AS row, 'proposal_id' AS field, r.proposal_id AS value
FROM responses AS r
JOIN proposals AS p ON p.proposal_id = r.proposal_id
JOIN events AS made ON made.event_id = p.made_in_event_id
LEFT JOIN events AS given ON given.event_id = r.event_id
WHERE coalesce(given.date_latest, r.date_latest) < made.date_earliest
