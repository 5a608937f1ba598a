-- Each claim with its proposition, the names of its claimant and its speaker, and its occasion and date.
SELECT
  c.claim_id, c.text, c.speech_act, c.factuality, c.standing,
  c.proposition_id, p.text AS proposition, p.topic,
  c.claimant_id, claimant.name AS claimant, c.voiced_by_id, voice.name AS voiced_by,
  c.said_in_event_id, e.label AS said_in,
  CASE WHEN e.event_id IS NULL THEN c.date_edtf ELSE e.date_edtf END AS date_edtf,
  CASE WHEN e.event_id IS NULL THEN c.date_earliest ELSE e.date_earliest END AS date_earliest,
  CASE WHEN e.event_id IS NULL THEN c.date_latest ELSE e.date_latest END AS date_latest,
  p.about_event_id, about_event.label AS about_event,
  p.about_proposal_id, about_proposal.label AS about_proposal,
  p.about_actor_id, about_actor.name AS about_actor,
  c.notes
FROM claims AS c
JOIN propositions AS p ON p.proposition_id = c.proposition_id
LEFT JOIN actors AS claimant ON claimant.actor_id = c.claimant_id
LEFT JOIN actors AS voice ON voice.actor_id = c.voiced_by_id
LEFT JOIN actors AS about_actor ON about_actor.actor_id = p.about_actor_id
LEFT JOIN events AS e ON e.event_id = c.said_in_event_id
LEFT JOIN events AS about_event ON about_event.event_id = p.about_event_id
LEFT JOIN proposals AS about_proposal ON about_proposal.proposal_id = p.about_proposal_id
ORDER BY c.claim_id
