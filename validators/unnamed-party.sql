-- An unnamed source must not be the party of a proposal or a response.
-- tables: proposals, responses, actors
-- hint: Name the party, and put the unnamed source into voiced_by_id.
SELECT 'proposals' AS "table", p._row AS row, 'proposer_id' AS field, p.proposer_id AS value
FROM proposals AS p
JOIN actors AS a ON a.actor_id = p.proposer_id
WHERE a.kind = 'unnamed-source'
UNION ALL
SELECT 'responses', r._row, 'responder_id', r.responder_id
FROM responses AS r
JOIN actors AS a ON a.actor_id = r.responder_id
WHERE a.kind = 'unnamed-source'
