"""A passage that a tool marked, as its file gives it, or the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage that was marked: its words, its offsets, or both."""

    #: Where the file has it, such as `line 2: extractions[0]`.
    where: str
    #: Its words; None if only offsets are given.
    words: str | None = None
    #: The words before and after it, which tell it from other places.
    before: str = ""
    after: str = ""
    #: Its first character and the one after its last, in `text` or, without one, in the copy.
    offsets: tuple[int, int] | None = None
    #: The text that the offsets count in; None means the copy.
    text: str | None = None
    #: What the tool called it, such as `claim`.
    kind: str = ""
    #: What else the tool said of it.
    about: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is not imported, with the reason."""

    where: str
    reason: str


def whole(value: Any) -> int | None:
    """A JSON value as a position in a text; None if it is none."""
    return value if type(value) is int and value >= 0 else None


def named(facts: Any) -> str:
    """The texts of a JSON object, such as `mood: sure; place: Elba`."""
    if not isinstance(facts, dict):
        return ""
    found = []
    for name, value in facts.items():
        texts = value if isinstance(value, list) else [value]
        shown = ", ".join(str(one) for one in texts if isinstance(one, str | int | float))
        if shown:
            found.append(f"{name}: {shown}")
    return "; ".join(found)
