"""The rows of a table, all or those with certain values."""

from __future__ import annotations

from .rows import Listing, listing

__all__ = ["Listing", "listing"]
