-- The voice of a row must be hop 0 of its evidence.
-- tables: proposals, responses, claims, evidence, attributions
-- hint: Correct voiced_by_id, or start the chain of attribution with that actor.
SELECT 'proposals' AS "table", t._row AS row, 'voiced_by_id' AS field, t.voiced_by_id AS value
FROM proposals AS t
WHERE t.voiced_by_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.proposal_id = t.proposal_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS a ON a.evidence_id = v.evidence_id AND regexp_full_match(a.hop, '0+')
    WHERE v.proposal_id = t.proposal_id AND v.field IS NULL AND a.actor_id = t.voiced_by_id
  )
UNION ALL
SELECT 'responses', t._row, 'voiced_by_id', t.voiced_by_id
FROM responses AS t
WHERE t.voiced_by_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.response_id = t.response_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS a ON a.evidence_id = v.evidence_id AND regexp_full_match(a.hop, '0+')
    WHERE v.response_id = t.response_id AND v.field IS NULL AND a.actor_id = t.voiced_by_id
  )
UNION ALL
SELECT 'claims', t._row, 'voiced_by_id', t.voiced_by_id
FROM claims AS t
WHERE t.voiced_by_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM evidence AS v WHERE v.claim_id = t.claim_id AND v.field IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM evidence AS v
    JOIN attributions AS a ON a.evidence_id = v.evidence_id AND regexp_full_match(a.hop, '0+')
    WHERE v.claim_id = t.claim_id AND v.field IS NULL AND a.actor_id = t.voiced_by_id
  )
