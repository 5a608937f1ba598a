-- Each answer that counts on the dates of the clock, with its weight: it `decides`, is `overtaken` by a
-- later answer, or is `noted`. `codes` states which moves decide, and the word for each (`done`). An answer
-- counts if it could have been given by the day (date_earliest <= as_of, or no known start). It is certain
-- if it must have been given by the day (date_latest <= as_of). Only the party addressed can decide. If
-- nobody put the proposal forward (an agreement), each party decides for itself, and an official move that
-- is not accept counts more than accept. `brief` has the move in a word or two, `words` in a phrase.
WITH
dated AS (
  SELECT
    r.response_id, r.proposal_id, r.responder_id, responder.name AS responder, r.voiced_by_id,
    voice.name AS voiced_by, r.event_id, r.move, r.authority,
    CASE WHEN e.event_id IS NULL THEN r.date_edtf ELSE e.date_edtf END AS date_edtf,
    CASE WHEN e.event_id IS NULL THEN r.date_earliest ELSE e.date_earliest END AS date_earliest,
    CASE WHEN e.event_id IS NULL THEN r.date_latest ELSE e.date_latest END AS date_latest,
    CASE WHEN e.event_id IS NULL THEN r.date_basis ELSE e.date_basis END AS date_basis,
    coalesce(e.status IN ('planned', 'threatened'), FALSE) AS is_planned,
    p.proposer_id IS NULL AS is_agreement,
    p.addressee_id IS NULL OR p.addressee_id = r.responder_id AS is_addressed,
    voice.kind = 'unnamed-source' AS voice_unnamed
  FROM responses AS r
  JOIN proposals AS p ON p.proposal_id = r.proposal_id
  LEFT JOIN events AS e ON e.event_id = r.event_id
  LEFT JOIN actors AS responder ON responder.actor_id = r.responder_id
  LEFT JOIN actors AS voice ON voice.actor_id = r.voiced_by_id
),
counted AS (
  SELECT
    m.as_of, m.known_by, d.*,
    d.date_earliest IS NULL AS is_standing,
    NOT d.is_planned AND (m.as_of IS NULL OR coalesce(d.date_latest <= m.as_of, FALSE)) AS is_certain,
    coalesce(c.outcome, 'unknown move ' || d.move) AS done,
    d.authority = 'official' AND d.is_addressed AND NOT d.is_planned AND coalesce(c.decides, 0)
      AS is_decisive
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
),
latest AS (
  SELECT
    *,
    CASE
      WHEN NOT is_decisive THEN 'noted'
      WHEN date_latest < max(CASE WHEN is_decisive THEN date_earliest END) OVER (
        PARTITION BY proposal_id, as_of, known_by, CASE WHEN is_agreement THEN responder_id END
      ) THEN 'overtaken'
      ELSE 'decides'
    END AS own_weight
  FROM counted
),
weighed AS (
  SELECT
    *,
    CASE
      WHEN is_agreement AND own_weight = 'decides' AND move = 'accept'
        AND max(own_weight = 'decides' AND move <> 'accept')
          OVER (PARTITION BY proposal_id, as_of, known_by)
      THEN 'overtaken'
      ELSE own_weight
    END AS weight
  FROM latest
),
-- The days of the answers in words, such as 12 Nov 2008.
days AS (
  SELECT
    day,
    CAST(substr(iso, 9, 2) AS INTEGER) || ' '
    || substr('JanFebMarAprMayJunJulAugSepOctNovDec', 3 * CAST(substr(iso, 6, 2) AS INTEGER) - 2, 3)
    || ' ' || substr(iso, 1, 4) AS words
  FROM (
    SELECT day, CAST(day AS TEXT) AS iso
    FROM (SELECT date_earliest AS day FROM dated UNION SELECT date_latest FROM dated)
    WHERE day IS NOT NULL
  )
),
-- The outlets that report an answer in their own voice although another actor voiced it.
told AS (
  SELECT DISTINCT
    response_id,
    group_concat(name, ' and ') OVER (
      PARTITION BY response_id ORDER BY name
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS outlets
  FROM (
    SELECT DISTINCT ev.response_id, outlet.name
    FROM evidence AS ev
    JOIN responses AS r ON r.response_id = ev.response_id
    JOIN attributions AS hop ON hop.evidence_id = ev.evidence_id AND hop.hop = 0
    JOIN actors AS outlet ON outlet.actor_id = hop.actor_id AND outlet.kind = 'outlet'
    WHERE ev.field IS NULL AND ev.stance = 'supports' AND r.authority <> 'official'
      AND r.voiced_by_id <> outlet.actor_id
  )
),
-- Names with their article, as they stand in a sentence.
named AS (
  SELECT
    actor_id,
    CASE
      WHEN small LIKE 'unnamed %s' THEN 'u' || substr(name, 2)
      WHEN small LIKE 'unnamed %' THEN 'an u' || substr(name, 2)
      WHEN kind = 'unnamed-source' AND (small LIKE 'a %' OR small LIKE 'an %') THEN 'a' || substr(name, 2)
      WHEN kind IN ('organisation', 'office', 'state', 'unnamed-source') AND small LIKE 'the %'
        THEN 't' || substr(name, 2)
      WHEN small LIKE 'the %' THEN name
      WHEN kind IN ('organisation', 'state') AND (
        kind = 'organisation' OR small LIKE 'united %' OR small LIKE '% republic'
        OR small LIKE '% federation' OR small LIKE '% union' OR small LIKE '% kingdom'
        OR small LIKE '% states' OR small LIKE '% emirates' OR small LIKE '% islands'
        OR small LIKE '% isles' OR small LIKE '% of %'
      ) THEN 'the ' || name
      ELSE name
    END AS name
  FROM (SELECT actor_id, kind, name, lower(name) AS small FROM actors)
),
-- The parts of the phrase: who did what (`act_words`), and when (`date_words`).
phrased AS (
  SELECT
    w.*,
    CASE WHEN w.is_certain OR w.is_standing OR w.is_planned THEN '' ELSE 'possibly ' END AS maybe,
    w.done || ' by '
    || CASE
      WHEN w.authority = 'anonymous' AND w.voice_unnamed THEN coalesce(voice.name, w.voiced_by_id)
      WHEN w.authority = 'anonymous' THEN 'an unnamed source'
      ELSE coalesce(party.name, w.responder_id)
    END
    || CASE w.authority
      WHEN 'official' THEN ''
      WHEN 'anonymous' THEN ''
      WHEN 'reported-by-counterpart' THEN ', as ' || coalesce(voice.name, 'the other side') || ' reports'
      ELSE ', ' || w.authority
    END AS act_words,
    CASE
      WHEN w.date_earliest IS NULL AND w.date_latest IS NULL THEN 'undated'
      WHEN w.date_earliest IS NULL THEN 'on or before ' || last.words
      WHEN w.date_latest IS NULL THEN 'on or after ' || first.words
      WHEN w.date_earliest = w.date_latest THEN first.words
      WHEN length(w.date_edtf) = 4 THEN w.date_edtf
      WHEN length(w.date_edtf) = 7 THEN substr(first.words, instr(first.words, ' ') + 1)
      ELSE 'between ' || first.words || ' and ' || last.words
    END
    || CASE WHEN w.is_planned THEN ', planned only' ELSE '' END
    || CASE WHEN w.is_standing AND NOT w.is_certain THEN ', standing' ELSE '' END AS date_words
  FROM weighed AS w
  LEFT JOIN named AS party ON party.actor_id = w.responder_id
  LEFT JOIN named AS voice ON voice.actor_id = w.voiced_by_id
  LEFT JOIN days AS first ON first.day = w.date_earliest
  LEFT JOIN days AS last ON last.day = w.date_latest
)
SELECT
  w.proposal_id, w.as_of, w.known_by, w.response_id, w.responder_id, w.responder, w.voiced_by_id,
  w.voiced_by, w.event_id, w.move, w.authority, w.date_edtf, w.date_earliest, w.date_latest,
  w.date_basis, w.is_planned, w.is_certain, w.is_standing, w.is_agreement, w.done, w.weight,
  told.outlets AS told_by,
  w.maybe || w.done
  || coalesce(' (' || nullif(substr(
    CASE w.authority
      WHEN 'official' THEN ''
      WHEN 'anonymous' THEN ', anonymous'
      WHEN 'reported-by-counterpart' THEN ', reported by the other side'
      ELSE ', ' || w.authority
    END
    || CASE WHEN w.is_planned THEN ', planned only' ELSE '' END
    || CASE WHEN w.is_standing AND NOT w.is_certain THEN ', standing' ELSE '' END, 3), '')
    || ')', '')
  AS brief,
  w.maybe || w.act_words || ' (' || w.date_words || ')'
  || coalesce(', taken as fact by ' || told.outlets, '') AS words,
  w.act_words, w.date_words
FROM phrased AS w
LEFT JOIN told ON told.response_id = w.response_id
