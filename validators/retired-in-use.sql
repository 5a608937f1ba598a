-- A retired identifier must not be in use, and its replacement must exist.
-- tables: retired, sources, actors, events, proposals, responses, propositions, claims, evidence, codings, references, corroborations
-- hint: Use a new identifier for the row. Identifiers are never used again.
WITH used AS (
  SELECT source_id AS id FROM sources UNION ALL
  SELECT actor_id AS id FROM actors UNION ALL
  SELECT event_id AS id FROM events UNION ALL
  SELECT proposal_id AS id FROM proposals UNION ALL
  SELECT response_id AS id FROM responses UNION ALL
  SELECT proposition_id AS id FROM propositions UNION ALL
  SELECT claim_id AS id FROM claims UNION ALL
  SELECT evidence_id AS id FROM evidence UNION ALL
  SELECT coding_id AS id FROM codings UNION ALL
  SELECT reference_id AS id FROM "references" UNION ALL
  SELECT corroboration_id AS id FROM corroborations
)
SELECT 'retired' AS "table", r._row AS row, 'record_id' AS field, r.record_id AS value
FROM retired AS r
WHERE EXISTS (SELECT 1 FROM used WHERE used.id = r.record_id)
UNION ALL
SELECT 'retired', r._row, 'replaced_by', r.replaced_by
FROM retired AS r
WHERE r.replaced_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM used WHERE used.id = r.replaced_by)
