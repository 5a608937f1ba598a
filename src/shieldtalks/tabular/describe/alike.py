"""The runs of characters in an identifier, and many values of one form found at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: The classes of characters: digits, capital and small letters.
CLASSES = {"d": "[0-9]", "U": "[A-Z]", "l": "[a-z]"}

_FIRST = {"d": b"0", "U": b"A", "l": b"a"}
_ALL = {
    "d": b"0123456789",
    "U": b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "l": b"abcdefghijklmnopqrstuvwxyz",
}

#: Whether a text with so many lines has one form on each line.
Finder = Callable[[str, int], bool]


@dataclass(slots=True)
class Part:
    """A run of characters of one class: digits, capital or small letters, or one mark."""

    kind: str
    #: The text, if it is the same in all values; else "".
    text: str
    shortest: int
    longest: int
    #: Whether a run of digits begins with a zero in some value.
    is_padded: bool = False

    def merge(self, other: Part) -> bool:
        """Take in the run of another value. Returns whether it can be of the same form."""
        if self.kind != other.kind or (self.kind == "mark" and self.text != other.text):
            return False
        self.text = self.text if self.text == other.text else ""
        self.shortest = min(self.shortest, other.shortest)
        self.longest = max(self.longest, other.longest)
        self.is_padded = self.is_padded or other.is_padded
        return True


def finder(parts: Sequence[Part]) -> Finder:
    """What finds values that change nothing of what is known of their parts."""
    if all(part.kind == "mark" or part.text or _is_one_length(part) for part in parts):
        open_ones = {part.kind for part in parts if not part.text}
        fixed = {part.kind for part in parts if part.text}
        if open_ones.isdisjoint(fixed):
            line = b"".join(
                part.text.encode() or _FIRST[part.kind] * part.longest for part in parts
            )
            return _of_one_length(line, "".join(sorted(open_ones)))
    return _by_pattern("".join(map(_exactly, parts)))


def hex_finder(cases: str, length: int) -> Finder:
    """What finds hexadecimal numbers of one length. Each has letters of one of these cases only."""
    if len(cases) > len("a-f"):
        return _by_pattern(f"(?:[0-9a-f]{{{length}}}|[0-9A-F]{{{length}}})")
    letters = {"a-f": b"abcdef", "A-F": b"ABCDEF"}.get(cases, b"")
    chars = _ALL["d"] + letters
    return _with_table(b"0" * length, chars, b"0" * len(chars))


def _is_one_length(part: Part) -> bool:
    """Whether all runs of a part have one length, and digits may begin with a zero."""
    return part.shortest == part.longest and (part.kind != "d" or part.is_padded)


def _of_one_length(line: bytes, classes: str) -> Finder:
    before = b"".join(_ALL[kind] for kind in classes)
    after = b"".join(_FIRST[kind] * len(_ALL[kind]) for kind in classes)
    return _with_table(line, before, after)


def _with_table(line: bytes, before: bytes, after: bytes) -> Finder:
    """What finds lines that become this line if each character is replaced by the first one of its class."""
    table = bytes.maketrans(before, after)

    def finds(joined: str, count: int) -> bool:
        if not joined.isascii() or len(joined) != count * (len(line) + 1) - 1:
            return False
        return joined.encode("ascii").translate(table) == b"\n".join([line] * count)

    return finds


def _by_pattern(pattern: str) -> Finder:
    matches = re.compile(rf"{pattern}(?:\n{pattern})*").fullmatch
    return lambda joined, _: matches(joined) is not None


def _exactly(part: Part) -> str:
    """A pattern for the runs that change nothing of what is known of a part."""
    if part.text:
        return re.escape(part.text)
    low, high = part.shortest, part.longest
    if part.kind == "d" and not part.is_padded:
        return f"[1-9][0-9]{{{low - 1},{high - 1}}}"
    return f"{CLASSES[part.kind]}{{{low},{high}}}"
