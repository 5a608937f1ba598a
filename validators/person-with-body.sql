-- A person or a state must not be a member of a body. The office of a person is the capacity of a participant.
-- tables: actors
-- hint: Empty member_of_id, and put the office of the person into participants.capacity.
SELECT 'actors' AS "table", _row AS row, 'member_of_id' AS field, member_of_id AS value
FROM actors
WHERE kind IN ('person', 'state') AND member_of_id IS NOT NULL
