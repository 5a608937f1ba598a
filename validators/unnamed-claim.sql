-- A claim that an unnamed source voices must be the claim of that source, not of the state.
-- tables: claims, actors
-- hint: Set claimant_id to the unnamed source, and put the state into about_actor_id of the
-- proposition.
SELECT 'claims' AS "table", c._row AS row, 'claimant_id' AS field, c.claimant_id AS value
FROM claims AS c
JOIN actors AS a ON a.actor_id = c.voiced_by_id
WHERE a.kind = 'unnamed-source' AND c.claimant_id <> c.voiced_by_id
