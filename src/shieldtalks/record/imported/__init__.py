"""Passages that other tools marked in an article: read, found in a copy, and written as a coding sheet."""
