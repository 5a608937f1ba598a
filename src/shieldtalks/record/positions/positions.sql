-- Each claim that counts on the dates of the clock (see `moments`), as a step in the position of its party on
-- its proposition. A claim counts if it could have been made by the day (date_earliest <= as_of, or no known
-- start). It is certain if it must have been made by the day (date_latest <= as_of). The steps of a party are
-- in the order of their last possible days; `change` compares each with the step before it.
WITH
dated AS (
  SELECT
    c.*, e.label AS said_in,
    CASE WHEN e.event_id IS NULL THEN c.date_edtf ELSE e.date_edtf END AS day_edtf,
    CASE WHEN e.event_id IS NULL THEN c.date_earliest ELSE e.date_earliest END AS day_earliest,
    CASE WHEN e.event_id IS NULL THEN c.date_latest ELSE e.date_latest END AS day_latest,
    CASE WHEN e.event_id IS NULL THEN c.date_basis ELSE e.date_basis END AS day_basis
  FROM claims AS c
  LEFT JOIN events AS e ON e.event_id = c.said_in_event_id
),
graded AS (
  SELECT
    d.*, k.as_of, k.known_by,
    k.as_of IS NULL OR coalesce(d.day_latest <= k.as_of, FALSE) AS is_certain,
    CASE substr(d.factuality, 3) WHEN '+' THEN 'true' WHEN '-' THEN 'false' ELSE 'open' END AS held,
    CASE substr(d.factuality, 1, 2) WHEN 'CT' THEN 3 WHEN 'PR' THEN 2 WHEN 'PS' THEN 1 ELSE 0 END AS grade
  FROM dated AS d
  CROSS JOIN clock AS k
  WHERE (k.as_of IS NULL OR d.day_earliest IS NULL OR d.day_earliest <= k.as_of)
    AND (k.known_by IS NULL OR EXISTS (
      SELECT 1
      FROM evidence AS ev
      JOIN sources AS s ON s.source_id = ev.source_id
      WHERE ev.claim_id = d.claim_id AND s.published_earliest <= k.known_by
    ))
),
stepped AS (
  SELECT
    *,
    row_number() OVER steps AS step,
    lag(held) OVER steps AS held_before,
    lag(grade) OVER steps AS grade_before
  FROM graded
  WINDOW steps AS (
    PARTITION BY proposition_id, claimant_id
    ORDER BY day_latest NULLS LAST, day_earliest NULLS FIRST, claim_id
  )
),
-- The claims against each claim, and the sources of each claim, in the order of identifiers.
against AS (
  SELECT DISTINCT
    claim_id,
    group_concat(other_id, ' ') OVER (
      PARTITION BY claim_id ORDER BY other_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS contradicted_by
  FROM (
    SELECT c.claim_id, CASE c.claim_id WHEN x.claim_id THEN x.other_id ELSE x.claim_id END AS other_id
    FROM contradictions AS x
    JOIN claims AS c ON c.claim_id IN (x.claim_id, x.other_id)
  )
),
read_in AS (
  SELECT DISTINCT
    claim_id,
    group_concat(source_id, ' ') OVER (
      PARTITION BY claim_id ORDER BY source_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS sources
  FROM (SELECT DISTINCT claim_id, source_id FROM evidence WHERE claim_id IS NOT NULL)
)
SELECT
  p.proposition_id, p.text AS proposition, p.topic, topic.label AS topic_label,
  p.about_event_id, p.about_proposal_id, p.about_actor_id, about_actor.name AS about_actor,
  t.claimant_id AS party_id, party.name AS party, t.step, t.held,
  CASE t.grade WHEN 3 THEN 'certain' WHEN 2 THEN 'probable' WHEN 1 THEN 'possible' ELSE 'uncommitted' END
    AS commitment,
  CASE
    WHEN t.held_before IS NULL THEN 'first'
    WHEN t.held_before <> t.held THEN 'turned'
    WHEN t.grade > t.grade_before THEN 'firmer'
    WHEN t.grade < t.grade_before THEN 'weaker'
    ELSE 'same'
  END AS change,
  t.claim_id, t.text AS claim, t.factuality, t.speech_act, t.standing,
  t.voiced_by_id, voice.name AS voiced_by, t.said_in_event_id, t.said_in,
  t.day_edtf AS date_edtf, t.day_earliest AS date_earliest, t.day_latest AS date_latest,
  t.day_basis AS date_basis, t.as_of, t.known_by, t.is_certain,
  against.contradicted_by, read_in.sources
FROM stepped AS t
JOIN propositions AS p ON p.proposition_id = t.proposition_id
LEFT JOIN codes AS topic ON topic.code_id = 'topic:' || p.topic
LEFT JOIN actors AS about_actor ON about_actor.actor_id = p.about_actor_id
LEFT JOIN actors AS party ON party.actor_id = t.claimant_id
LEFT JOIN actors AS voice ON voice.actor_id = t.voiced_by_id
LEFT JOIN against ON against.claim_id = t.claim_id
LEFT JOIN read_in ON read_in.claim_id = t.claim_id
ORDER BY p.proposition_id, party.name, t.claimant_id, t.step
