"""Evidence: the canonical form of a text, spans of it, and how a copy is checked."""
