-- Each proposal that counts on the dates of the clock (see `moments`), with its state. The latest official
-- answer decides (see `moves`). If the order of answers with different outcomes is not known, the state is
-- undecided-order. All other answers are noted. The state of a package does not affect its parts.
WITH
put AS (
  SELECT
    p.proposal_id, m.as_of, m.known_by, p.label, p.measure, p.kind, p.form, p.proposer_id,
    p.voiced_by_id, p.addressee_id, p.made_in_event_id, e.date_edtf, e.date_earliest, e.date_latest,
    e.status NOT IN ('planned', 'threatened')
    AND (m.as_of IS NULL OR coalesce(e.date_latest <= m.as_of, 0)) AS is_certain,
    p.part_of_id, p.restates_id
  FROM moments AS m
  JOIN proposals AS p ON p.proposal_id = m.proposal_id
  JOIN events AS e ON e.event_id = p.made_in_event_id
  WHERE (m.as_of IS NULL OR e.date_earliest IS NULL OR e.date_earliest <= m.as_of)
    AND (m.known_by IS NULL OR EXISTS (
      SELECT 1
      FROM evidence AS ev
      JOIN sources AS s ON s.source_id = ev.source_id
      WHERE ev.proposal_id = p.proposal_id AND s.published_earliest <= m.known_by
    ))
),
-- The answers that decide or are noted; from_last numbers them from the last one that decides.
ranked AS (
  SELECT
    *,
    max(is_standing) OVER at_a_moment AS any_standing,
    row_number() OVER (at_a_moment ORDER BY
      weight = 'decides' DESC, coalesce(date_earliest, '') DESC, coalesce(date_latest, '9999') DESC,
      response_id DESC) AS from_last,
    -- Answers with the same outcome and authority are shown once, and as certain if one of them is.
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by, weight, done, authority, is_planned
      ORDER BY is_certain DESC, coalesce(date_earliest, ''), response_id) AS repeated
  FROM moves
  WHERE weight <> 'overtaken'
  WINDOW at_a_moment AS (PARTITION BY proposal_id, as_of, known_by)
),
phrases AS (
  SELECT
    proposal_id, as_of, known_by, weight,
    group_concat(words, CASE weight WHEN 'decides' THEN ' or ' ELSE ', ' END) OVER (
      PARTITION BY proposal_id, as_of, known_by, weight
      ORDER BY coalesce(date_earliest, ''), response_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS words,
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by, weight ORDER BY response_id) AS number
  FROM ranked
  WHERE repeated = 1
),
deciding AS (
  SELECT
    proposal_id, as_of, known_by,
    group_concat(response_id, ' ') OVER (
      at_a_moment ORDER BY response_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS decided_by,
    min(done) OVER at_a_moment AS done,
    max(done) OVER at_a_moment AS other,
    max(is_certain) OVER at_a_moment AS is_certain,
    row_number() OVER (at_a_moment ORDER BY response_id) AS number
  FROM ranked
  WHERE weight = 'decides'
  WINDOW at_a_moment AS (PARTITION BY proposal_id, as_of, known_by)
),
own AS (
  SELECT
    put.*,
    CASE
      WHEN d.proposal_id IS NULL THEN 'unanswered'
      WHEN d.done = d.other THEN replace(d.done, ' ', '-')
      ELSE 'undecided-order'
    END AS state,
    d.proposal_id IS NOT NULL AND NOT d.is_certain AS is_possible,
    coalesce(last.any_standing, 0) AS is_standing,
    coalesce(d.decided_by, '') AS decided_by,
    last.responder_id, last.responder, last.voiced_by_id AS answer_voice_id,
    last.voiced_by AS answer_voice, last.authority, last.date_edtf AS answer_date_edtf,
    CASE
      WHEN d.proposal_id IS NULL THEN 'unanswered'
      WHEN d.done = d.other AND d.is_certain THEN d.done
      WHEN d.done = d.other THEN decided.words
      ELSE 'order not known: ' || decided.words
    END
    || coalesce(', ' || noted.words, '') AS words
  FROM put
  LEFT JOIN ranked AS last ON last.proposal_id = put.proposal_id AND last.as_of IS put.as_of
    AND last.known_by IS put.known_by AND last.from_last = 1
  LEFT JOIN deciding AS d ON d.proposal_id = put.proposal_id AND d.as_of IS put.as_of
    AND d.known_by IS put.known_by AND d.number = 1
  LEFT JOIN phrases AS decided ON decided.proposal_id = put.proposal_id AND decided.as_of IS put.as_of
    AND decided.known_by IS put.known_by AND decided.number = 1 AND decided.weight = 'decides'
  LEFT JOIN phrases AS noted ON noted.proposal_id = put.proposal_id AND noted.as_of IS put.as_of
    AND noted.known_by IS put.known_by AND noted.number = 1 AND noted.weight = 'noted'
)
SELECT
  own.proposal_id, own.as_of, own.known_by, own.label, own.measure, own.kind, own.form,
  own.proposer_id, proposer.name AS proposer, own.voiced_by_id, voice.name AS voiced_by,
  own.addressee_id, addressee.name AS addressee, own.made_in_event_id, own.date_edtf,
  own.date_earliest, own.date_latest, own.is_certain, own.part_of_id, own.restates_id, own.state,
  own.is_possible, own.is_standing, own.decided_by, own.responder_id, own.responder,
  own.answer_voice_id, own.answer_voice, own.authority, own.answer_date_edtf,
  coalesce(package.state, '') AS package_state,
  own.words || coalesce('; package ' || nullif(package.words, 'unanswered'), '') AS words
FROM own
LEFT JOIN own AS package ON package.proposal_id = own.part_of_id AND package.as_of IS own.as_of
  AND package.known_by IS own.known_by
LEFT JOIN actors AS proposer ON proposer.actor_id = own.proposer_id
LEFT JOIN actors AS voice ON voice.actor_id = own.voiced_by_id
LEFT JOIN actors AS addressee ON addressee.actor_id = own.addressee_id
ORDER BY own.proposal_id, own.as_of
