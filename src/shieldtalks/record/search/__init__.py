"""Search: find rows by words."""

from __future__ import annotations

from .hits import Hit, Hits, nearest_words, search

__all__ = ["Hit", "Hits", "nearest_words", "search"]
