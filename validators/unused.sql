-- Each actor, source, proposition, reference and action code must be used.
-- tables: actors, sources, references, codes, participants, proposals, responses, propositions, claims, evidence, attributions, events, codings, corroborations
-- hint: Use it in another table, or remove it.
SELECT 'actors' AS "table", t._row AS row, 'actor_id' AS field, t.actor_id AS value
FROM actors AS t
WHERE NOT EXISTS (SELECT 1 FROM participants AS u WHERE u.actor_id = t.actor_id)
  AND NOT EXISTS (SELECT 1 FROM attributions AS u WHERE u.actor_id = t.actor_id)
  AND NOT EXISTS (SELECT 1 FROM proposals AS u
    WHERE t.actor_id IN (u.proposer_id, u.voiced_by_id, u.addressee_id))
  AND NOT EXISTS (SELECT 1 FROM responses AS u WHERE t.actor_id IN (u.responder_id, u.voiced_by_id))
  AND NOT EXISTS (SELECT 1 FROM claims AS u
    WHERE t.actor_id IN (u.claimant_id, u.voiced_by_id))
  AND NOT EXISTS (SELECT 1 FROM propositions AS u WHERE u.about_actor_id = t.actor_id)
  AND NOT EXISTS (SELECT 1 FROM sources AS u WHERE t.actor_id IN (u.publisher_id, u.agency_id))
  AND NOT EXISTS (SELECT 1 FROM actors AS u WHERE u.member_of_id = t.actor_id)
UNION ALL
SELECT 'sources', t._row, 'source_id', t.source_id
FROM sources AS t
WHERE NOT EXISTS (SELECT 1 FROM evidence AS u WHERE u.source_id = t.source_id)
UNION ALL
SELECT 'propositions', t._row, 'proposition_id', t.proposition_id
FROM propositions AS t
WHERE NOT EXISTS (SELECT 1 FROM claims AS u WHERE u.proposition_id = t.proposition_id)
UNION ALL
SELECT 'references', t._row, 'reference_id', t.reference_id
FROM "references" AS t
WHERE NOT EXISTS (SELECT 1 FROM sources AS u WHERE u.reference_id = t.reference_id)
  AND NOT EXISTS (SELECT 1 FROM actors AS u WHERE u.reference_id = t.reference_id)
  AND NOT EXISTS (SELECT 1 FROM events AS u WHERE u.reference_id = t.reference_id)
  AND NOT EXISTS (SELECT 1 FROM corroborations AS u WHERE u.reference_id = t.reference_id)
UNION ALL
SELECT 'codes', t._row, 'code_id', t.code_id
FROM codes AS t
WHERE t.scheme IN ('cameo', 'plover')
  AND NOT EXISTS (SELECT 1 FROM codings AS u WHERE u.code_id = t.code_id)
  AND NOT EXISTS (SELECT 1 FROM codes AS u WHERE u.parent_id = t.code_id)
