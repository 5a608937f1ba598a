-- If the evidence of a claim quotes or retells speech, its chain of attribution must begin with the speaker.
-- tables: claims, evidence, attributions, actors
-- hint: Make the party that speaks hop 0. Everyone who passed it on comes after it. Or set quotation to narration.
SELECT 'attributions' AS "table", h._row AS row, 'actor_id' AS field, h.actor_id AS value
FROM attributions AS h
JOIN evidence AS v ON v.evidence_id = h.evidence_id
JOIN claims AS c ON c.claim_id = v.claim_id
JOIN actors AS a ON a.actor_id = h.actor_id
WHERE regexp_full_match(h.hop, '0+') AND a.kind = 'outlet' AND h.actor_id <> c.claimant_id
  AND v.field IS NULL AND v.quotation IN ('direct', 'indirect', 'mixed')
