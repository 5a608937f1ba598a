"""Functions for texts that contain U+0000. SQLite's own functions read a text only up to it."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from typing import Any

#: One part of a GLOB: a star, any character, a set of characters, or a character.
_PART = re.compile(r"(\*)|(\?)|\[(\^?)(\][^\]]*|[^\]]+)\]|(.)", re.DOTALL)


def read_whole_texts(connection: sqlite3.Connection) -> None:
    """Replace the functions of a connection that stop at U+0000. The new ones are slower."""
    for name, count, function in (
        ("length", 1, _length),
        ("substr", 2, _substr),
        ("substr", 3, _substr),
        ("glob", 2, _glob),
    ):
        connection.create_function(name, count, function, deterministic=True)


def _text(value: Any) -> Any:
    return value if isinstance(value, str | bytes) else str(value)


def _length(value: Any) -> int | None:
    return None if value is None else len(_text(value))


def _substr(value: Any, start: Any, count: Any = 2**62) -> Any:
    """The characters from a place on, the first of which is 1; a negative place is from the end."""
    if value is None or start is None or count is None:
        return None
    text = _text(value)
    first = start - 1 if start > 0 else len(text) + start if start < 0 else -1
    end = first + count
    if count < 0:
        first, end = first + count, first
    return text[max(first, 0) : max(end, 0)]


def _glob(pattern: Any, value: Any) -> bool | None:
    """Whether a text matches a GLOB. Each star takes as little as possible, so the work is linear."""
    if pattern is None or value is None:
        return None
    pieces, text = _pieces(str(pattern)), str(value)
    if len(pieces) == 1:
        return pieces[0].fullmatch(text) is not None
    found = pieces[0].match(text)
    for piece in pieces[1:-1]:
        if found is None:
            return False
        found = piece.search(text, found.end())
    return found is not None and pieces[-1].search(text, found.end()) is not None


@lru_cache(maxsize=256)
def _pieces(pattern: str) -> list[re.Pattern[str]]:
    """What is between the stars of a GLOB, each as a pattern of single characters."""
    pieces = [""]
    for star, any_, negated, chosen, char in _PART.findall(pattern):
        if star:
            pieces.append("")
        elif chosen:
            pieces[-1] += _set(negated, chosen)
        elif char == "[":  # the set is not closed, so that nothing matches
            return [re.compile("(?!)")]
        else:
            pieces[-1] += "." if any_ else re.escape(char)
    if len(pieces) > 1:
        pieces[-1] += r"\Z"
    return [re.compile(piece, re.DOTALL) for piece in pieces]


def _set(negated: str, chosen: str) -> str:
    """The characters of a set, and its ranges, as `re` writes them."""
    listed = ""
    place, before = 0, ""
    while place < len(chosen):
        if chosen[place] == "-" and before and place + 1 < len(chosen):
            last = chosen[place + 1]
            listed += f"{re.escape(before)}-{re.escape(last)}" if before <= last else ""
            place, before = place + 2, ""
            continue
        before = chosen[place]
        listed += re.escape(before)
        place += 1
    return f"[{negated}{listed}]"
