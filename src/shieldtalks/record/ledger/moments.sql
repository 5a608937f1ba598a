-- When the ledger is asked: each proposal with the clock's dates. `clock` is a table of one row, and
-- `UPDATE clock SET as_of = '2008-12-01'` sets it: as_of is the day up to which events count, known_by
-- the day up to which articles do; NULL is everything recorded.
SELECT p.proposal_id, c.as_of, c.known_by
FROM proposals AS p
CROSS JOIN clock AS c
