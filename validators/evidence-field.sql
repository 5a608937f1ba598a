-- The field that evidence supports must be a field of the row that it supports.
-- tables: evidence
-- hint: Name a field of that row (for an event also capacity: the office of a participant), or empty
-- the field column if the evidence supports the whole row.
SELECT 'evidence' AS "table", _row AS row, 'field' AS field, field AS value
FROM evidence
WHERE (event_id IS NOT NULL AND field NOT IN ('label', 'description', 'status', 'date_edtf', 'place',
    'country', 'factuality', 'condition', 'announced_in_id', 'capacity'))
   OR (proposal_id IS NOT NULL AND field NOT IN ('label', 'description', 'measure', 'kind', 'form',
    'proposer_id', 'voiced_by_id', 'addressee_id', 'made_in_event_id', 'part_of_id', 'combination',
    'restates_id', 'in_answer_to_id', 'perhaps_same_as_id', 'condition'))
   OR (response_id IS NOT NULL AND field NOT IN ('proposal_id', 'responder_id', 'voiced_by_id',
    'event_id', 'date_edtf', 'move', 'authority', 'condition', 'reason'))
   OR (claim_id IS NOT NULL AND field NOT IN ('text', 'topic', 'claimant_id', 'voiced_by_id',
    'said_in_event_id', 'date_edtf', 'about_event_id', 'about_proposal_id', 'about_actor_id',
    'speech_act', 'factuality', 'standing'))
