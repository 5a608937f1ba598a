"""The ledger: what happened to each proposal, overall or up to a date."""
