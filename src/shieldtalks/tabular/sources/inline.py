"""Rows in the descriptor itself: `data` of a resource. Its text is read again, so digits stay as written."""

from __future__ import annotations

from ..package import Resource
from . import json
from .source import Note, Reading


def read(part: Resource, note: Note) -> Reading:
    """How to read the rows of a resource."""
    del note
    steps: tuple[str | int, ...] = ("resources", part.index, "data")
    return json.rows_at(part, steps)
