-- Each claim about a proposal, with its date: that of the event in which it was said or, if there is none,
-- its own. What a claim is about is what its proposition is about.
SELECT
  p.about_proposal_id AS proposal_id, c.claim_id,
  CASE WHEN e.event_id IS NULL THEN c.date_earliest ELSE e.date_earliest END AS date_earliest
FROM claims AS c
JOIN propositions AS p ON p.proposition_id = c.proposition_id
LEFT JOIN events AS e ON e.event_id = c.said_in_event_id
WHERE p.about_proposal_id IS NOT NULL
