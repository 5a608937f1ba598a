"""The ledger: what became of each proposal, on any date."""
