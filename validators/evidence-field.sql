-- The field that evidence supports, or that a corroboration is about, must be a field of that row.
-- tables: evidence, corroborations
-- hint: Name a field of that row (for an event also capacity: the office of a participant), or empty
-- the field column if it is about the whole row. A corroboration cannot name capacity.
WITH named AS (
  SELECT 'evidence' AS tbl, _row AS row_number, event_id, proposal_id, response_id, claim_id, field
  FROM evidence
  UNION ALL
  SELECT 'corroborations', _row, event_id, proposal_id, response_id, claim_id, field
  FROM corroborations
)
SELECT tbl AS "table", row_number AS row, 'field' AS field, field AS value
FROM named
WHERE (tbl = 'corroborations' AND field = 'capacity')
   OR (event_id IS NOT NULL AND field NOT IN ('label', 'description', 'status', 'date_edtf', 'place',
    'country', 'factuality', 'condition', 'announced_in_id', 'capacity'))
   OR (proposal_id IS NOT NULL AND field NOT IN ('label', 'description', 'measure', 'kind', 'form',
    'proposer_id', 'voiced_by_id', 'addressee_id', 'made_in_event_id', 'part_of_id', 'combination',
    'restates_id', 'in_answer_to_id', 'perhaps_same_as_id', 'condition'))
   OR (response_id IS NOT NULL AND field NOT IN ('proposal_id', 'responder_id', 'voiced_by_id',
    'event_id', 'date_edtf', 'move', 'authority', 'condition', 'reason'))
   OR (claim_id IS NOT NULL AND field NOT IN ('proposition_id', 'text', 'claimant_id',
    'voiced_by_id', 'said_in_event_id', 'date_edtf', 'speech_act', 'factuality', 'standing'))
