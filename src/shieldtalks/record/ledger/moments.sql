-- The dates for which the ledger is computed: each proposal with the dates of the clock. `clock` is a table
-- with one row. `UPDATE clock SET as_of = '2008-12-01'` changes it. as_of is the last day of the events that
-- count, known_by the last day of the articles that count. NULL means that everything in the record counts.
SELECT p.proposal_id, c.as_of, c.known_by
FROM proposals AS p
CROSS JOIN clock AS c
