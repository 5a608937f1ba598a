-- Each span of each source, in the order of the text, with the row that it supports and the chain of speakers.
WITH
-- The names of all hops of each span, in their order.
chains AS (
  SELECT DISTINCT
    t.evidence_id,
    group_concat(a.name, ', told by ') OVER (
      PARTITION BY t.evidence_id ORDER BY t.hop
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS chain
  FROM attributions AS t
  JOIN actors AS a ON a.actor_id = t.actor_id
)
SELECT
  s.source_id, s.title AS source, publisher.name AS publisher, s.published_edtf,
  v.evidence_id, v.start, v.length, v.sha256,
  coalesce(v.event_id, v.proposal_id, v.response_id, v.claim_id) AS record_id,
  coalesce(e.label, p.label, c.text, answered.label) AS record,
  v.field, v.stance, v.directness, v.quotation,
  chains.chain
FROM evidence AS v
JOIN sources AS s ON s.source_id = v.source_id
LEFT JOIN actors AS publisher ON publisher.actor_id = s.publisher_id
LEFT JOIN chains ON chains.evidence_id = v.evidence_id
LEFT JOIN events AS e ON e.event_id = v.event_id
LEFT JOIN proposals AS p ON p.proposal_id = v.proposal_id
LEFT JOIN claims AS c ON c.claim_id = v.claim_id
LEFT JOIN responses AS r ON r.response_id = v.response_id
LEFT JOIN proposals AS answered ON answered.proposal_id = r.proposal_id
ORDER BY s.source_id, v.start, v.evidence_id
