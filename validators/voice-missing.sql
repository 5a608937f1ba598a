-- If a row names no voice, an outlet must be hop 0 of its evidence.
-- tables: proposals, responses, claims, evidence, attributions, actors
-- hint: Name the voice in voiced_by_id, or start the chain of attribution with the outlet.
SELECT 'proposals' AS "table", t._row AS row, 'proposal_id' AS field, t.proposal_id AS value
FROM proposals AS t
WHERE t.voiced_by_id IS NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.proposal_id = t.proposal_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS h ON h.evidence_id = v.evidence_id AND regexp_full_match(h.hop, '0+')
    JOIN actors AS a ON a.actor_id = h.actor_id
    WHERE v.proposal_id = t.proposal_id AND v.field IS NULL AND a.kind = 'outlet'
  )
UNION ALL
SELECT 'responses' AS "table", t._row AS row, 'response_id' AS field, t.response_id AS value
FROM responses AS t
WHERE t.voiced_by_id IS NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.response_id = t.response_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS h ON h.evidence_id = v.evidence_id AND regexp_full_match(h.hop, '0+')
    JOIN actors AS a ON a.actor_id = h.actor_id
    WHERE v.response_id = t.response_id AND v.field IS NULL AND a.kind = 'outlet'
  )
UNION ALL
SELECT 'claims' AS "table", t._row AS row, 'claim_id' AS field, t.claim_id AS value
FROM claims AS t
WHERE t.voiced_by_id IS NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.claim_id = t.claim_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS h ON h.evidence_id = v.evidence_id AND regexp_full_match(h.hop, '0+')
    JOIN actors AS a ON a.actor_id = h.actor_id
    WHERE v.claim_id = t.claim_id AND v.field IS NULL AND a.kind = 'outlet'
  )
