-- A passage must not support the same row and field twice.
-- tables: evidence
-- hint: Remove one of the two rows.
SELECT 'evidence' AS "table", b._row AS row, 'start' AS field, b.start AS value
FROM evidence AS b
JOIN evidence AS a
  ON a.source_id = b.source_id AND a.start = b.start AND a.length = b.length
 AND a._row < b._row
 AND coalesce(a.event_id, a.proposal_id, a.response_id, a.claim_id)
   = coalesce(b.event_id, b.proposal_id, b.response_id, b.claim_id)
 AND coalesce(a.field, '') = coalesce(b.field, '')
