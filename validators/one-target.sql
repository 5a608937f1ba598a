-- Evidence must support exactly one row, a coding must code exactly one row, and a corroboration must
-- be about exactly one row.
-- tables: evidence, codings, corroborations
-- hint: Fill in exactly one of the columns that name the row.
SELECT 'evidence' AS "table", _row AS row, 'claim_id' AS field, claim_id AS value
FROM evidence
WHERE CASE WHEN event_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN response_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END <> 1
UNION ALL
SELECT 'codings', _row, 'response_id', response_id
FROM codings
WHERE CASE WHEN event_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN response_id IS NULL THEN 0 ELSE 1 END <> 1
UNION ALL
SELECT 'corroborations', _row, 'claim_id', claim_id
FROM corroborations
WHERE CASE WHEN event_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN response_id IS NULL THEN 0 ELSE 1 END
    + CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END <> 1
