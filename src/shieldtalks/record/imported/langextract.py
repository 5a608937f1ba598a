"""The documents of LangExtract: one JSON object per line, each with its text and its extractions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...tabular.jsontext import JsonObject
from .marked import Marked, Refused, named, whole


def marked(document: JsonObject, where: str) -> Iterator[Marked | Refused]:
    """The passages of a document."""
    extractions, text = document.get("extractions"), document.get("text")
    if extractions is None:
        return
    if not isinstance(extractions, list):
        yield Refused(f"{where}extractions", "this is not a list")
        return
    for number, extraction in enumerate(extractions):
        yield _one(extraction, f"{where}extractions[{number}]", text)


def _one(extraction: Any, where: str, text: Any) -> Marked | Refused:
    if not isinstance(extraction, dict):
        return Refused(where, "this is not an object")
    words = extraction.get("extraction_text")
    if not isinstance(words, str):
        return Refused(where, "it has no extraction_text")
    interval = extraction.get("char_interval")
    offsets = None
    if interval is not None:
        given = interval if isinstance(interval, dict) else {}
        start, end = whole(given.get("start_pos")), whole(given.get("end_pos"))
        if start is None or end is None:
            return Refused(where, "its char_interval has no start_pos and end_pos")
        offsets = start, end
    kind = extraction.get("extraction_class")
    return Marked(
        where,
        words,
        # Offsets without their text cannot be checked, so that the words alone decide.
        offsets=offsets if isinstance(text, str) else None,
        text=text if isinstance(text, str) else None,
        kind=kind if isinstance(kind, str) else "",
        about=named(extraction.get("attributes")),
    )
