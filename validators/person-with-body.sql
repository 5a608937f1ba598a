-- Only bodies and unnamed sources are members of a body; the office of a person is the capacity of a participant.
-- tables: actors
-- hint: Empty member_of_id, and put the person's office in participants.capacity.
SELECT 'actors' AS "table", _row AS row, 'member_of_id' AS field, member_of_id AS value
FROM actors
WHERE kind IN ('person', 'state') AND member_of_id IS NOT NULL
