"""Evidence: the canonical form of a text, spans of the text, and the check of a copy."""
