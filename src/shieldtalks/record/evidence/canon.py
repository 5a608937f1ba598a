"""canon-1: the form of a text in which offsets are counted and spans are hashed.

The form keeps what a sentence says and drops how a page sets it, so that re-wrapping,
typographic quotes, hyphenation and the like do not move a span. It is frozen: a change is canon-2.

1. drop the code points that Unicode 14.0 had not assigned (so that every Python agrees);
2. NFKC;
3. casefold;
4. keep only the characters whose general category starts with L (letter) or N (number).
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from functools import cache

#: Name of the form, as it stands in `sources.canon_version`.
VERSION = "canon-1"

#: The Unicode version whose assignments count.
UNICODE = "14.0.0"


def canonical(text: str) -> str:
    """The canon-1 form of `text`."""
    folded = unicodedata.normalize("NFKC", assigned(text)).casefold()
    return "".join(filter(_kept, folded))


def sha256(canonical_text: str) -> str:
    """The SHA-256 (hexadecimal) of the UTF-8 of a text in canonical form."""
    return hashlib.sha256(canonical_text.encode("utf-8")).hexdigest()


def _kept(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def assigned(text: str) -> str:
    """`text` without the code points that Unicode 14.0 had not assigned."""
    if unicodedata.unidata_version == UNICODE or text.isascii():
        return "".join(char for char in text if unicodedata.category(char) != "Cn")
    starts, ends = _unassigned()
    return "".join(char for char in text if not _within(ord(char), starts, ends))


def _within(point: int, starts: list[int], ends: list[int]) -> bool:
    place = bisect_right(starts, point) - 1
    return place >= 0 and point <= ends[place]


@cache
def _unassigned() -> tuple[list[int], list[int]]:
    from .unicode14 import UNASSIGNED

    ranges = [part.partition("-") for part in UNASSIGNED.split()]
    return [int(low, 16) for low, _, _ in ranges], [int(high or low, 16) for low, _, high in ranges]
