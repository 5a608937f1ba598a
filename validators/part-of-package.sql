-- A part must be made in the same event and by the same party as its package, and a measure must not have parts.
-- tables: proposals
-- hint: Correct part_of_id. For a proposal that was made again on another occasion, use restates_id.
SELECT 'proposals' AS "table", p._row AS row, 'part_of_id' AS field, p.part_of_id AS value
FROM proposals AS p
JOIN proposals AS w ON w.proposal_id = p.part_of_id
WHERE p.made_in_event_id <> w.made_in_event_id
   OR p.proposer_id <> w.proposer_id
   OR w.kind = 'measure'
