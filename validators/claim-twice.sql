-- A party must have at most one claim about a proposition in one event or on one date.
-- tables: claims
-- hint: Merge the two claims: one claim can have several pieces of evidence.
SELECT 'claims' AS "table", c._row AS row, 'proposition_id' AS field, c.proposition_id AS value
FROM claims AS c
JOIN claims AS earlier ON earlier.proposition_id = c.proposition_id
  AND earlier.claimant_id = c.claimant_id
WHERE earlier._row < c._row
  AND coalesce(earlier.said_in_event_id, '') = coalesce(c.said_in_event_id, '')
  AND coalesce(earlier.date_edtf, '') = coalesce(c.date_edtf, '')
