-- An answer must not be earlier than its proposal. This is also true of a proposal that answers another.
-- tables: responses, proposals, events
-- hint: Correct the date of the answer, or the event in which the proposal was made.
SELECT 'responses' AS "table", r._row AS row, 'proposal_id' AS field, r.proposal_id AS value
FROM responses AS r
JOIN proposals AS p ON p.proposal_id = r.proposal_id
JOIN events AS made ON made.event_id = p.made_in_event_id
LEFT JOIN events AS given ON given.event_id = r.event_id
WHERE coalesce(given.date_latest, r.date_latest) < made.date_earliest
UNION ALL
SELECT 'proposals', a._row, 'in_answer_to_id', a.in_answer_to_id
FROM proposals AS a
JOIN proposals AS p ON p.proposal_id = a.in_answer_to_id
JOIN events AS made ON made.event_id = p.made_in_event_id
JOIN events AS given ON given.event_id = a.made_in_event_id
WHERE given.date_latest < made.date_earliest
