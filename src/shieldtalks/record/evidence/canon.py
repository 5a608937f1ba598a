"""canon-1: the canonical form of a text. Offsets count its characters, and hashes are made from it.

The form keeps only letters and digits. So line breaks, quotation marks, hyphens and the like do not
move a span. The form never changes: another form would be called canon-2. It is made in four steps:

1. Drop the code points that Unicode 14.0 does not assign, so that every Python version agrees.
2. Normalise to NFKC.
3. Fold case (`str.casefold`).
4. Keep only characters whose general category starts with L (letter) or N (number).
"""

from __future__ import annotations

import hashlib
import unicodedata
from bisect import bisect_right
from functools import cache

#: The name of the form, as in the field `sources.canon_version`.
VERSION = "canon-1"

#: The Unicode version that decides which code points are assigned.
UNICODE = "14.0.0"


def canonical(text: str) -> str:
    """The canon-1 form of `text`."""
    folded = unicodedata.normalize("NFKC", assigned(text)).casefold()
    return "".join(filter(_kept, folded))


def sha256(canonical_text: str) -> str:
    """The SHA-256 (hexadecimal) of a text in canonical form, encoded as UTF-8."""
    return hashlib.sha256(canonical_text.encode("utf-8")).hexdigest()


def _kept(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def assigned(text: str) -> str:
    """`text` without the code points that Unicode 14.0 does not assign."""
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
