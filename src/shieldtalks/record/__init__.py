"""The record: proposals, answers, claims, and the evidence for each."""
