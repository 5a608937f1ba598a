"""Sets of characters, as sorted ranges of code points, and the classes of XML Schema's patterns.

The classes come from Python's own Unicode tables and are written out as ranges. So they are the same
on every engine, whatever Unicode version its library of regular expressions has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

#: Ranges of code points, sorted, without overlap. Both ends belong to a range.
Ranges = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
_SURROGATES = (0xD800, 0xDFFF)

_NAME_START = (
    *((0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6)),
    *((0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F)),
    *((0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF)),
)
_NAME = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The union of ranges."""
    result: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def complement(ranges: Ranges) -> Ranges:
    """All characters that are not in the ranges. Halves of surrogate pairs are no characters."""
    result, start = [], 0
    for low, high in merged([*ranges, _SURROGATES]):
        if start < low:
            result.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        result.append((start, LAST))
    return tuple(result)


def without(ranges: Ranges, removed: Ranges) -> Ranges:
    """The ranges without the characters of other ranges."""
    return complement(merged([*complement(ranges), *removed]))


@cache
def _categories() -> dict[str, Ranges]:
    """The characters of each category of Unicode, such as `Lu`."""
    found: dict[str, list[tuple[int, int]]] = {}
    start, category = 0, unicodedata.category("\0")
    for code in range(1, LAST + 2):
        following = unicodedata.category(chr(code)) if code <= LAST else ""
        if following != category:
            found.setdefault(category, []).append((start, code - 1))
            start, category = code, following
    found.pop("Cs")
    return {name: tuple(ranges) for name, ranges in found.items()}


@cache
def category(name: str) -> Ranges | None:
    """The characters of a category (`Lu`) or of a group of categories (`L`); None if it is unknown."""
    parts = [ranges for known, ranges in _categories().items() if name in (known, known[0])]
    return merged(one for ranges in parts for one in ranges) if parts else None


@cache
def escape(letter: str) -> Ranges | None:
    r"""The characters of an escape such as `\w`, by its letter; None if it is no such escape."""
    if letter.lower() != letter:
        inner = escape(letter.lower())
        return None if inner is None else complement(inner)
    if letter == "s":
        return merged((code, code) for code in b" \t\n\r")
    if letter == "d":
        return category("Nd")
    if letter == "w":
        marks = [category(name) or () for name in "PZC"]
        return complement(merged(one for ranges in marks for one in ranges))
    if letter == "i":
        return merged(_NAME_START)
    return merged([*_NAME_START, *_NAME]) if letter == "c" else None


def written(ranges: Ranges) -> str:
    """A set of characters, as both Python and RE2 read it."""
    if not ranges:
        return f"[^\\x00-{chr(LAST)}]"
    parts = (_char(a) if a == b else f"{_char(a)}-{_char(b)}" for a, b in ranges)
    return f"[{''.join(parts)}]"


def _char(code: int) -> str:
    if code < 0x20 or 0x7F <= code < 0xA0:
        return f"\\x{code:02x}" if code < 0x80 else chr(code)
    return f"\\{chr(code)}" if chr(code) in "\\]^[-&~|" else chr(code)
