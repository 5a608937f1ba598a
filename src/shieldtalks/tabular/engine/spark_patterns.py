r"""Which patterns mean the same to Spark (Java), to Sail (Rust) and to us, and how these are written there.

The others are judged by Python. Java's `$` also matches before a line feed at the end, so the whole value
is between `\A` and `\z`. Java's `.` leaves out more than the line feed, so it becomes a set.
"""

from __future__ import annotations

import re

#: A character of a set: no character with a meaning of its own in a set of Java or of Rust.
_IN_SET = r"(?:[^\\\[\]&~^\-]|&(?!&)|~(?!~)|\\[.+*?()\[\]{}|^$\-/\\&~]|\\x[0-7][0-9a-f])"
_SET = rf"\[\^?-?(?:{_IN_SET}(?:-{_IN_SET})?)+-?\]"
_TIMES = r"\{[0-9]{1,4}(?:,[0-9]{0,4})?\}"
_PART = re.compile(
    rf"(?P<set>{_SET})|(?P<dot>\.)|(?P<times>{_TIMES}|[?*+])|(?P<escape>\\[.+*?()\[\]{{}}|^$\-/\\&~])"
    r"|(?P<group>\((?:\?:)?)|(?P<plain>[|)]|[^\\\[\](){}^$.?*+|])",
    re.DOTALL,
)

#: Longer patterns, and larger ones once each repetition is written out, may be too large for Rust.
_LONGEST, _LARGEST = 2000, 4000


def in_spark(pattern: str) -> str | None:
    """The pattern for RLIKE that holds for whole values; None if the servers may read it differently."""
    if len(pattern) > _LONGEST:
        return None
    parts: list[str] = []
    place, is_repeated = 0, True
    sizes, last = [0], 0  # of the groups that are open, and of the part before
    while place < len(pattern):
        match = _PART.match(pattern, place)
        if match is None:
            return None
        kind, written = match.lastgroup, match[0]
        if kind == "times":
            if is_repeated:  # a lazy or a possessive repetition
                return None
            times = max([1, *(int(number) for number in re.findall("[0-9]+", written))])
            sizes[-1] += last * (times - 1)
        elif kind == "group":
            sizes.append(0)
        elif written == ")":
            if len(sizes) == 1:
                return None
            last = sizes.pop() + 1
            sizes[-1] += last
        else:
            last = len(written)
            sizes[-1] += last
        is_repeated = kind in ("times", "group") or written == "|"
        parts.append(r"[^\n]" if kind == "dot" else written)
        place = match.end()
    return rf"\A(?:{''.join(parts)})\z" if len(sizes) == 1 and sizes[0] <= _LARGEST else None
