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
    AND (m.as_of IS NULL OR coalesce(e.date_latest <= m.as_of, FALSE)) AS is_certain,
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
-- The answers that decide or are noted. `is_sure` is false for those that are only possible. `speaker_id` is
-- the voice where it counts: the official answers of a party are the same whoever gives them.
counted AS (
  SELECT
    *,
    is_certain OR is_standing OR is_planned AS is_sure,
    CASE WHEN authority <> 'official' THEN voiced_by_id END AS speaker_id
  FROM moves
  WHERE weight <> 'overtaken'
),
-- Their order; from_last numbers them from the last one that decides.
ranked AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by
      ORDER BY weight = 'decides' DESC, date_earliest DESC NULLS LAST, date_latest DESC NULLS FIRST,
        response_id DESC) AS from_last,
    -- Answers with the same outcome and authority are shown once, and as certain if one of them is.
    row_number() OVER (
      PARTITION BY proposal_id, as_of, known_by, weight, done, authority, is_planned
      ORDER BY is_certain DESC, date_earliest NULLS FIRST, response_id) AS repeated,
    -- In the phrases, this is so for the answers of each party. The dated ones come first, and those that
    -- are only possible come last.
    row_number() OVER of_a_party AS said_again,
    coalesce(lag(date_words) OVER of_a_party, '') <> date_words AS is_new_day
  FROM counted
  WINDOW of_a_party AS (
    PARTITION BY proposal_id, as_of, known_by, weight, done, authority, is_planned, responder_id, speaker_id
    ORDER BY is_certain DESC, is_sure DESC, date_earliest IS NULL, date_earliest, response_id)
),
-- Equal answers of a party in one phrase, with all their days: "opposed by X (1 May 2007, again 2 Jun 2008)".
-- If the first one is only possible, all are.
phrased AS (
  SELECT
    *,
    CASE WHEN is_sure THEN act_words || days ELSE
      'possibly ' || act_words || replace(days, ', again possibly ', ', again ') END
    || coalesce(', taken as fact by ' || outlets, '') AS phrase
  FROM (
    SELECT
      *,
      ' (' || group_concat(CASE
        WHEN said_again = 1 THEN ''
        WHEN is_sure THEN ', again '
        ELSE ', again possibly '
      END || date_words, '') FILTER (WHERE is_new_day) OVER of_a_party || ')' AS days,
      max(told_by) OVER of_a_party AS outlets
    FROM ranked
    WINDOW of_a_party AS (
      PARTITION BY proposal_id, as_of, known_by, weight, done, authority, is_planned, responder_id, speaker_id
      ORDER BY said_again ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
  )
),
-- What the answers of each weight say together, in their order in time.
said AS (
  SELECT
    *,
    group_concat(brief, ' or ') FILTER (WHERE repeated = 1) OVER in_time AS brief_either,
    group_concat(brief, ', ') FILTER (WHERE repeated = 1) OVER in_time AS brief_listed,
    -- What one side reports of the other is in "agreed, reported by one side only" already.
    group_concat(brief, ', ') FILTER (
      WHERE repeated = 1 AND NOT (move = 'accept' AND authority = 'reported-by-counterpart')
    ) OVER in_time AS brief_more,
    group_concat(move || ':' || authority, ' ') FILTER (WHERE repeated = 1) OVER in_time AS codes,
    group_concat(phrase, '; ') FILTER (WHERE said_again = 1) OVER in_time AS listed,
    group_concat(phrase, ' or ') FILTER (WHERE said_again = 1) OVER in_time AS either,
    group_concat(phrase, ' and ') FILTER (WHERE said_again = 1) OVER in_time AS each,
    group_concat(response_id, ' ') OVER (
      PARTITION BY proposal_id, as_of, known_by, weight ORDER BY response_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS response_ids
  FROM phrased
  WINDOW in_time AS (
    PARTITION BY proposal_id, as_of, known_by, weight
    ORDER BY date_earliest NULLS FIRST, response_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
-- The same in one row per proposal and moment. SQLite limits how often a query may refer to a view, so
-- `moves` is read here once.
summed AS (
  SELECT
    proposal_id, as_of, known_by, max(is_standing) AS any_standing,
    max(CASE WHEN weight = 'decides' THEN response_ids END) AS decided_by,
    min(CASE WHEN weight = 'decides' THEN done END) AS done,
    max(CASE WHEN weight = 'decides' THEN done END) AS other,
    min(CASE WHEN weight = 'decides' THEN move END) AS move,
    max(CASE WHEN weight = 'decides' THEN is_certain END) AS is_certain,
    max(CASE WHEN weight = 'decides' THEN brief_either END) AS decided_brief,
    max(CASE WHEN weight = 'decides' THEN either END) AS decided_either,
    max(CASE WHEN weight = 'decides' THEN each END) AS decided_each,
    max(CASE WHEN weight = 'noted' THEN brief_listed END) AS noted_brief,
    max(CASE WHEN weight = 'noted' THEN brief_more END) AS noted_more,
    max(CASE WHEN weight = 'noted' THEN codes END) AS noted_codes,
    max(CASE WHEN weight = 'noted' THEN listed END) AS noted_listed,
    max(CASE WHEN weight = 'noted' THEN each END) AS noted_each,
    max(CASE WHEN from_last = 1 THEN responder_id END) AS responder_id,
    max(CASE WHEN from_last = 1 THEN responder END) AS responder,
    max(CASE WHEN from_last = 1 THEN voiced_by_id END) AS voiced_by_id,
    max(CASE WHEN from_last = 1 THEN voiced_by END) AS voiced_by,
    max(CASE WHEN from_last = 1 THEN authority END) AS authority,
    max(CASE WHEN from_last = 1 THEN date_edtf END) AS date_edtf
  FROM said
  GROUP BY proposal_id, as_of, known_by
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
    FROM moves AS r
    WHERE r.proposal_id = t.proposal_id AND r.as_of IS t.as_of AND r.known_by IS t.known_by
      AND r.weight = 'decides' AND r.responder_id = t.actor_id)
),
own AS (
  SELECT
    put.*,
    CASE
      WHEN a.decided_by IS NULL THEN 'no-official-answer'
      WHEN a.done <> a.other THEN 'undecided-order'
      WHEN a.move = 'accept' AND silent.proposal_id IS NOT NULL THEN 'agreed-told-by-one-side'
      ELSE replace(a.done, ' ', '-')
    END AS state,
    coalesce(a.noted_codes, '') AS noted,
    a.decided_by IS NOT NULL AND NOT a.is_certain AS is_possible,
    coalesce(a.any_standing, FALSE) AS is_standing,
    coalesce(a.decided_by, '') AS decided_by,
    a.responder_id, a.responder, a.voiced_by_id AS answer_voice_id,
    a.voiced_by AS answer_voice, a.authority, a.date_edtf AS answer_date_edtf,
    CASE
      WHEN a.decided_by IS NULL THEN 'no official answer'
      WHEN a.done <> a.other THEN 'order not known: ' || a.decided_brief
      WHEN a.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        CASE WHEN a.is_certain THEN '' ELSE 'possibly ' END || 'agreed, reported by one side only'
      WHEN a.is_certain THEN a.done
      ELSE a.decided_brief
    END
    || coalesce(', ' || CASE
      WHEN a.done = a.other AND a.move = 'accept' AND silent.proposal_id IS NOT NULL THEN a.noted_more
      ELSE a.noted_brief
    END, '') AS brief,
    CASE
      WHEN a.decided_by IS NULL THEN 'no official answer'
      WHEN a.done <> a.other THEN 'order not known: ' || a.decided_either
      WHEN a.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        'agreed, reported by one side only: ' || a.decided_each
      ELSE a.decided_each
    END
    || coalesce('; ' || a.noted_listed, '') AS words,
    -- The same in one phrase, for the parts of a package. A package without any answer has none.
    CASE
      WHEN a.decided_by IS NULL THEN a.noted_each
      WHEN a.done <> a.other THEN 'order not known: ' || a.decided_either
      WHEN a.move = 'accept' AND silent.proposal_id IS NOT NULL THEN
        'agreed, reported by one side only: ' || a.decided_each
      ELSE a.decided_each
    END
    || CASE WHEN a.decided_by IS NULL THEN '' ELSE coalesce(' and ' || a.noted_each, '') END
      AS shown_with_parts
  FROM put
  LEFT JOIN summed AS a ON a.proposal_id = put.proposal_id AND a.as_of IS put.as_of
    AND a.known_by IS put.known_by
  LEFT JOIN silent ON silent.proposal_id = put.proposal_id AND silent.as_of IS put.as_of
    AND silent.known_by IS put.known_by
),
-- The proposals that answer another one, and the claims about a proposal, in the order of identifiers.
answered AS (
  SELECT DISTINCT
    in_answer_to_id AS proposal_id, as_of, known_by,
    group_concat(proposal_id, ' ') OVER (
      PARTITION BY in_answer_to_id, as_of, known_by ORDER BY proposal_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS answered_with
  FROM put
  WHERE in_answer_to_id IS NOT NULL
),
claimed AS (
  SELECT DISTINCT
    p.proposal_id, p.as_of, p.known_by,
    group_concat(c.claim_id, ' ') OVER (
      PARTITION BY p.proposal_id, p.as_of, p.known_by ORDER BY c.claim_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS claims
  FROM put AS p
  JOIN claims_about AS c ON c.proposal_id = p.proposal_id
  WHERE (p.as_of IS NULL OR c.date_earliest IS NULL OR c.date_earliest <= p.as_of)
    AND (p.known_by IS NULL OR EXISTS (
      SELECT 1
      FROM evidence AS ev
      JOIN sources AS s ON s.source_id = ev.source_id
      WHERE ev.claim_id = c.claim_id AND s.published_earliest <= p.known_by
    ))
)
SELECT
  own.proposal_id, own.as_of, own.known_by, own.label, own.measure, own.kind, own.form,
  own.proposer_id, proposer.name AS proposer, own.voiced_by_id, voice.name AS voiced_by,
  own.addressee_id, addressee.name AS addressee, own.made_in_event_id, own.date_edtf,
  own.date_earliest, own.date_latest, own.is_certain, own.part_of_id, own.restates_id,
  own.in_answer_to_id, own.perhaps_same_as_id, own.state, own.noted,
  own.is_possible, own.is_standing, own.decided_by, own.responder_id, own.responder,
  own.answer_voice_id, own.answer_voice, own.authority, own.answer_date_edtf,
  coalesce(answered.answered_with, '') AS answered_with, coalesce(claimed.claims, '') AS claims,
  coalesce(package.state, '') AS package_state, own.brief,
  own.words
  || coalesce('; answered with ' || replace(answered.answered_with, ' ', ', '), '')
  || coalesce('; package ' || package.shown_with_parts, '') AS words
FROM own
LEFT JOIN answered ON answered.proposal_id = own.proposal_id AND answered.as_of IS own.as_of
  AND answered.known_by IS own.known_by
LEFT JOIN claimed ON claimed.proposal_id = own.proposal_id AND claimed.as_of IS own.as_of
  AND claimed.known_by IS own.known_by
LEFT JOIN own AS package ON package.proposal_id = own.part_of_id AND package.as_of IS own.as_of
  AND package.known_by IS own.known_by
LEFT JOIN actors AS proposer ON proposer.actor_id = own.proposer_id
LEFT JOIN actors AS voice ON voice.actor_id = own.voiced_by_id
LEFT JOIN actors AS addressee ON addressee.actor_id = own.addressee_id
ORDER BY own.proposal_id, own.as_of
