-- Each proposal that counts on the dates of the clock (see `moments`), with its state. The latest official
-- answer of the party addressed decides (see `moves`). If the order of answers with different outcomes is
-- not known, the state is undecided-order. What nobody put forward needs an official answer of each party;
-- until then the state is agreed-told-by-one-side. All other answers are noted. The state of a package does
-- not affect its parts. `brief` has the state in a few words, `words` in whole phrases.
WITH
put AS (
  SELECT
    p.proposal_id, m.as_of, m.known_by, p.label, p.measure, p.kind, p.form, p.proposer_id,
    p.voiced_by_id, p.addressee_id, p.made_in_event_id, e.date_edtf, e.date_earliest, e.date_latest,
    e.status NOT IN ('planned', 'threatened')
    AND (m.as_of IS NULL OR coalesce(e.date_latest <= m.as_of, 0)) AS is_certain,
    p.part_of_id, p.restates_id, p.in_answer_to_id, p.perhaps_same_as_id
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
      ORDER BY is_certain DESC, coalesce(date_earliest, ''), response_id) AS repeated,
    -- In the phrases, this is so for the answers of each party. The dated ones come first.
    row_number() OVER (of_a_party ORDER BY
      is_certain DESC, date_earliest IS NULL, date_earliest, response_id) AS said_again,
    count(*) OVER of_a_party AS times
  FROM moves
  WHERE weight <> 'overtaken'
  WINDOW at_a_moment AS (PARTITION BY proposal_id, as_of, known_by),
    of_a_party AS (
      PARTITION BY proposal_id, as_of, known_by, weight, done, authority, is_planned, responder_id,
        CASE WHEN authority <> 'official' THEN voiced_by_id END)
),
brief AS (
  SELECT
    proposal_id, as_of, known_by, weight,
    group_concat(brief, CASE weight WHEN 'decides' THEN ' or ' ELSE ', ' END) OVER in_time AS words,
    group_concat(move || ':' || authority, ' ') OVER in_time AS codes,
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by, weight ORDER BY response_id) AS number
  FROM ranked
  WHERE repeated = 1
  WINDOW in_time AS (
    PARTITION BY proposal_id, as_of, known_by, weight
    ORDER BY coalesce(date_earliest, ''), response_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
phrases AS (
  SELECT
    proposal_id, as_of, known_by, weight,
    group_concat(words || CASE WHEN times > 1 THEN ' and again' ELSE '' END, '; ') OVER in_time AS listed,
    group_concat(words || CASE WHEN times > 1 THEN ' and again' ELSE '' END, ' or ') OVER in_time AS either,
    group_concat(words || CASE WHEN times > 1 THEN ' and again' ELSE '' END, ' and ') OVER in_time AS each,
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by, weight ORDER BY response_id) AS number
  FROM ranked
  WHERE said_again = 1
  WINDOW in_time AS (
    PARTITION BY proposal_id, as_of, known_by, weight
    ORDER BY coalesce(date_earliest, ''), response_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
-- The parties to what nobody is said to have put forward: who took part in it, and who answered it.
parties AS (
  SELECT put.proposal_id, put.as_of, put.known_by, pt.actor_id
  FROM put
  JOIN participants AS pt ON pt.event_id = put.made_in_event_id AND pt.role = 'actor'
  WHERE put.proposer_id IS NULL
  UNION
  SELECT proposal_id, as_of, known_by, responder_id FROM moves WHERE is_agreement
),
-- Whether a party has no official answer that decides.
silent AS (
  SELECT DISTINCT t.proposal_id, t.as_of, t.known_by
  FROM parties AS t
  WHERE NOT EXISTS (
    SELECT 1
    FROM ranked AS r
    WHERE r.proposal_id = t.proposal_id AND r.as_of IS t.as_of AND r.known_by IS t.known_by
      AND r.weight = 'decides' AND r.responder_id = t.actor_id)
),
deciding AS (
  SELECT
    proposal_id, as_of, known_by,
    group_concat(response_id, ' ') OVER (
      at_a_moment ORDER BY response_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS decided_by,
    min(done) OVER at_a_moment AS done,
    max(done) OVER at_a_moment AS other,
    min(move) OVER at_a_moment AS move,
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
      WHEN d.proposal_id IS NULL THEN 'no-official-answer'
      WHEN d.done <> d.other THEN 'undecided-order'
      WHEN d.move = 'accept' AND silent.proposal_id IS NOT NULL THEN 'agreed-told-by-one-side'
      ELSE replace(d.done, ' ', '-')
    END AS state,
    coalesce(noted.codes, '') AS noted,
    d.proposal_id IS NOT NULL AND NOT d.is_certain AS is_possible,
    coalesce(last.any_standing, 0) AS is_standing,
    coalesce(d.decided_by, '') AS decided_by,
    last.responder_id, last.responder, last.voiced_by_id AS answer_voice_id,
    last.voiced_by AS answer_voice, last.authority, last.date_edtf AS answer_date_edtf,
    CASE
      WHEN d.proposal_id IS NULL THEN 'no official answer'
      WHEN d.done <> d.other THEN 'order not known: ' || decided.words
      WHEN d.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        CASE WHEN d.is_certain THEN '' ELSE 'possibly ' END || 'agreed, reported by one side only'
      WHEN d.is_certain THEN d.done
      ELSE decided.words
    END
    || coalesce(', ' || noted.words, '') AS brief,
    CASE
      WHEN d.proposal_id IS NULL THEN 'no official answer'
      WHEN d.done <> d.other THEN 'order not known: ' || decided_at.either
      WHEN d.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        'agreed, reported by one side only: ' || decided_at.each
      ELSE decided_at.each
    END
    || coalesce('; ' || noted_at.listed, '') AS words,
    -- The same in one phrase, for the parts of a package. A package without any answer has none.
    CASE
      WHEN d.proposal_id IS NULL THEN noted_at.each
      WHEN d.done <> d.other THEN 'order not known: ' || decided_at.either
      WHEN d.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        'agreed, reported by one side only: ' || decided_at.each
      ELSE decided_at.each
    END
    || CASE WHEN d.proposal_id IS NULL THEN '' ELSE coalesce(' and ' || noted_at.each, '') END
      AS shown_with_parts
  FROM put
  LEFT JOIN ranked AS last ON last.proposal_id = put.proposal_id AND last.as_of IS put.as_of
    AND last.known_by IS put.known_by AND last.from_last = 1
  LEFT JOIN deciding AS d ON d.proposal_id = put.proposal_id AND d.as_of IS put.as_of
    AND d.known_by IS put.known_by AND d.number = 1
  LEFT JOIN silent ON silent.proposal_id = put.proposal_id AND silent.as_of IS put.as_of
    AND silent.known_by IS put.known_by
  LEFT JOIN brief AS decided ON decided.proposal_id = put.proposal_id AND decided.as_of IS put.as_of
    AND decided.known_by IS put.known_by AND decided.number = 1 AND decided.weight = 'decides'
  LEFT JOIN brief AS noted ON noted.proposal_id = put.proposal_id AND noted.as_of IS put.as_of
    AND noted.known_by IS put.known_by AND noted.number = 1 AND noted.weight = 'noted'
  LEFT JOIN phrases AS decided_at ON decided_at.proposal_id = put.proposal_id
    AND decided_at.as_of IS put.as_of AND decided_at.known_by IS put.known_by
    AND decided_at.number = 1 AND decided_at.weight = 'decides'
  LEFT JOIN phrases AS noted_at ON noted_at.proposal_id = put.proposal_id
    AND noted_at.as_of IS put.as_of AND noted_at.known_by IS put.known_by
    AND noted_at.number = 1 AND noted_at.weight = 'noted'
),
-- The proposals that answer another one, and the claims about a proposal, in the order of identifiers.
others AS (
  SELECT
    own.proposal_id, own.as_of, own.known_by,
    (
      SELECT group_concat(proposal_id, ' ')
      FROM (
        SELECT a.proposal_id
        FROM put AS a
        WHERE a.in_answer_to_id = own.proposal_id AND a.as_of IS own.as_of AND a.known_by IS own.known_by
        ORDER BY a.proposal_id
      )
    ) AS answered_with,
    (
      SELECT group_concat(claim_id, ' ')
      FROM (
        SELECT c.claim_id
        FROM claims_about AS c
        WHERE c.proposal_id = own.proposal_id
          AND (own.as_of IS NULL OR c.date_earliest IS NULL OR c.date_earliest <= own.as_of)
          AND (own.known_by IS NULL OR EXISTS (
            SELECT 1
            FROM evidence AS ev
            JOIN sources AS s ON s.source_id = ev.source_id
            WHERE ev.claim_id = c.claim_id AND s.published_earliest <= own.known_by
          ))
        ORDER BY c.claim_id
      )
    ) AS claims
  FROM own
)
SELECT
  own.proposal_id, own.as_of, own.known_by, own.label, own.measure, own.kind, own.form,
  own.proposer_id, proposer.name AS proposer, own.voiced_by_id, voice.name AS voiced_by,
  own.addressee_id, addressee.name AS addressee, own.made_in_event_id, own.date_edtf,
  own.date_earliest, own.date_latest, own.is_certain, own.part_of_id, own.restates_id,
  own.in_answer_to_id, own.perhaps_same_as_id, own.state, own.noted,
  own.is_possible, own.is_standing, own.decided_by, own.responder_id, own.responder,
  own.answer_voice_id, own.answer_voice, own.authority, own.answer_date_edtf,
  coalesce(others.answered_with, '') AS answered_with, coalesce(others.claims, '') AS claims,
  coalesce(package.state, '') AS package_state, own.brief,
  own.words
  || coalesce('; answered with ' || replace(others.answered_with, ' ', ', '), '')
  || coalesce('; package ' || package.shown_with_parts, '') AS words
FROM own
JOIN others ON others.proposal_id = own.proposal_id AND others.as_of IS own.as_of
  AND others.known_by IS own.known_by
LEFT JOIN own AS package ON package.proposal_id = own.part_of_id AND package.as_of IS own.as_of
  AND package.known_by IS own.known_by
LEFT JOIN actors AS proposer ON proposer.actor_id = own.proposer_id
LEFT JOIN actors AS voice ON voice.actor_id = own.voiced_by_id
LEFT JOIN actors AS addressee ON addressee.actor_id = own.addressee_id
ORDER BY own.proposal_id, own.as_of
