-- Each answer that counts on the dates of the clock, with its weight: it `decides`, is `overtaken` by a
-- later answer, or is `noted`. `codes` states which moves decide, and the word for each (`done`). An answer
-- counts if it could have been given by the day (date_earliest <= as_of, or no known start). It is certain
-- if it must have been given by the day (date_latest <= as_of).
WITH
dated AS (
  SELECT
    r.response_id, r.proposal_id, r.responder_id, responder.name AS responder, r.voiced_by_id,
    voice.name AS voiced_by, r.event_id, r.move, r.authority,
    CASE WHEN e.event_id IS NULL THEN r.date_edtf ELSE e.date_edtf END AS date_edtf,
    CASE WHEN e.event_id IS NULL THEN r.date_earliest ELSE e.date_earliest END AS date_earliest,
    CASE WHEN e.event_id IS NULL THEN r.date_latest ELSE e.date_latest END AS date_latest,
    CASE WHEN e.event_id IS NULL THEN r.date_basis ELSE e.date_basis END AS date_basis,
    coalesce(e.status IN ('planned', 'threatened'), 0) AS is_planned
  FROM responses AS r
  LEFT JOIN events AS e ON e.event_id = r.event_id
  LEFT JOIN actors AS responder ON responder.actor_id = r.responder_id
  LEFT JOIN actors AS voice ON voice.actor_id = r.voiced_by_id
),
counted AS (
  SELECT
    m.as_of, m.known_by, d.*,
    d.date_earliest IS NULL AS is_standing,
    NOT d.is_planned AND (m.as_of IS NULL OR coalesce(d.date_latest <= m.as_of, 0)) AS is_certain,
    coalesce(c.outcome, 'unknown move ' || d.move) AS done,
    d.authority = 'official' AND NOT d.is_planned AND coalesce(c.decides, 0) AS is_decisive
  FROM moments AS m
  JOIN dated AS d ON d.proposal_id = m.proposal_id
  LEFT JOIN codes AS c ON c.code_id = 'move:' || d.move
  WHERE (m.as_of IS NULL OR d.date_earliest IS NULL OR d.date_earliest <= m.as_of)
    AND (m.known_by IS NULL OR EXISTS (
      SELECT 1
      FROM evidence AS ev
      JOIN sources AS s ON s.source_id = ev.source_id
      WHERE ev.response_id = d.response_id AND s.published_earliest <= m.known_by
    ))
)
SELECT
  proposal_id, as_of, known_by, response_id, responder_id, responder, voiced_by_id, voiced_by,
  event_id, move, authority, date_edtf, date_earliest, date_latest, date_basis, is_planned,
  is_certain, is_standing, done,
  CASE
    WHEN NOT is_decisive THEN 'noted'
    WHEN date_latest < max(CASE WHEN is_decisive THEN date_earliest END)
      OVER (PARTITION BY proposal_id, as_of, known_by) THEN 'overtaken'
    ELSE 'decides'
  END AS weight,
  CASE WHEN is_certain OR is_standing OR is_planned THEN '' ELSE 'possibly ' END
  || done
  || coalesce(' (' || nullif(substr(
    CASE authority
      WHEN 'official' THEN ''
      WHEN 'anonymous' THEN ', anonymous'
      WHEN 'reported-by-counterpart' THEN ', reported by the other side'
      ELSE ', ' || authority
    END
    || CASE WHEN is_planned THEN ', planned only' ELSE '' END
    || CASE WHEN is_standing AND NOT is_certain THEN ', standing' ELSE '' END, 3), '') || ')', '') AS words
FROM counted
