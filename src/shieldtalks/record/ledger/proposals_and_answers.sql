-- The flat table: one row per answer with its proposal, and one per proposal without an answer. Names are
-- beside identifiers, labels beside codes. The clock sets which rows count (see `moments`).
WITH RECURSIVE
-- Each measure with the broader ones above it: `above` is the next one to add.
paths(measure, path, above, steps) AS (
  SELECT code, code, parent_id, 0 FROM codes WHERE scheme = 'measure'
  UNION ALL
  SELECT p.measure, c.code || '/' || p.path, c.parent_id, p.steps + 1
  FROM paths AS p
  JOIN codes AS c ON c.code_id = p.above
  WHERE p.steps < 20
)
SELECT
  l.proposal_id, l.label AS proposal,
  l.measure, measure.label AS measure_label,
  coalesce(paths.path, l.measure) AS measure_path,
  l.kind, kind.label AS kind_label,
  l.form, form.label AS form_label,
  l.proposer_id, l.proposer,
  l.voiced_by_id AS proposal_voice_id, l.voiced_by AS proposal_voice,
  l.addressee_id, l.addressee,
  l.made_in_event_id AS proposal_event_id, made.label AS proposal_event,
  l.date_edtf AS proposal_date_edtf, l.date_earliest AS proposal_date_earliest,
  l.date_latest AS proposal_date_latest,
  l.part_of_id, package.label AS part_of,
  l.restates_id, restated.label AS restates,
  l.in_answer_to_id, answered.label AS in_answer_to,
  l.perhaps_same_as_id, same.label AS perhaps_same_as,
  l.state, nullif(l.noted, '') AS noted, l.brief AS state_brief, l.words AS state_words,
  m.response_id,
  m.responder_id, m.responder,
  m.voiced_by_id AS answer_voice_id, m.voiced_by AS answer_voice,
  m.event_id AS answer_event_id, given.label AS answer_event,
  m.date_edtf AS answer_date_edtf, m.date_earliest AS answer_date_earliest,
  m.date_latest AS answer_date_latest,
  m.move, move.label AS move_label,
  m.authority, authority.label AS authority_label,
  m.weight,
  r.condition AS answer_condition, r.reason AS answer_reason
FROM ledger AS l
LEFT JOIN moves AS m ON m.proposal_id = l.proposal_id AND m.as_of IS l.as_of
  AND m.known_by IS l.known_by
LEFT JOIN responses AS r ON r.response_id = m.response_id
LEFT JOIN events AS made ON made.event_id = l.made_in_event_id
LEFT JOIN events AS given ON given.event_id = m.event_id
LEFT JOIN proposals AS package ON package.proposal_id = l.part_of_id
LEFT JOIN proposals AS restated ON restated.proposal_id = l.restates_id
LEFT JOIN proposals AS answered ON answered.proposal_id = l.in_answer_to_id
LEFT JOIN proposals AS same ON same.proposal_id = l.perhaps_same_as_id
LEFT JOIN paths ON paths.measure = l.measure AND paths.above IS NULL
LEFT JOIN codes AS measure ON measure.code_id = 'measure:' || l.measure
LEFT JOIN codes AS kind ON kind.code_id = 'proposal-kind:' || l.kind
LEFT JOIN codes AS form ON form.code_id = 'form:' || l.form
LEFT JOIN codes AS move ON move.code_id = 'move:' || m.move
LEFT JOIN codes AS authority ON authority.code_id = 'authority:' || m.authority
ORDER BY l.proposal_id, m.date_earliest, m.response_id
