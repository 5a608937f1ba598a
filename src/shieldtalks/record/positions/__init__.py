"""Positions: which party holds which proposition true or false, and what changed over time."""
