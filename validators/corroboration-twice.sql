-- An outside document must not be named twice for the same row and field.
-- tables: corroborations
-- hint: Remove one of the two rows, or say both things in one note.
SELECT 'corroborations' AS "table", b._row AS row, 'reference_id' AS field, b.reference_id AS value
FROM corroborations AS b
JOIN corroborations AS a
  ON a.reference_id = b.reference_id AND a._row < b._row
 AND coalesce(a.event_id, a.proposal_id, a.response_id, a.claim_id)
   = coalesce(b.event_id, b.proposal_id, b.response_id, b.claim_id)
 AND coalesce(a.field, '') = coalesce(b.field, '')
