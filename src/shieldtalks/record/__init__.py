"""The wing for the record: proposals, answers, claims, and the evidence for each of them."""
