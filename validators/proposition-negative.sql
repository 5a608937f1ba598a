-- A proposition must be stated positively.
-- tables: propositions
-- hint: Leave out the negation. A party that denies the proposition has a claim whose factuality ends in -.
SELECT 'propositions' AS "table", _row AS row, 'text' AS field, text AS value
FROM propositions
WHERE regexp_full_match(lower(text), '(.*[^a-z])?(not|no|never|cannot|nobody|none|nothing|neither|nor|[a-z]+n[^a-z]t)([^a-z].*)?')
