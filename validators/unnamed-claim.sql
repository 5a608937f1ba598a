-- What an unnamed source says is its own claim, never the state's.
-- tables: claims, actors
-- hint: Set claimant_id to the unnamed source; the state belongs in about_actor_id.
SELECT 'claims' AS "table", c._row AS row, 'claimant_id' AS field, c.claimant_id AS value
FROM claims AS c
JOIN actors AS a ON a.actor_id = c.voiced_by_id
WHERE a.kind = 'unnamed-source' AND c.claimant_id <> c.voiced_by_id
