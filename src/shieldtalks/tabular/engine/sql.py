"""The words of SQL that every engine shares, and the few in which they differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: The column that holds a row's number (1 = the first data row) in every table.
ROW = "_row"


_GLOB_PART = re.compile(
    r"(\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+\])(?:\{([0-9]{1,2})\})?|([A-Za-z0-9_:/#,=-])"
)

#: A GLOB with more sets than this is slower than the registered function.
_MOST_SETS = 16


def full_match(column: str, pattern: str) -> str:
    """The condition that the whole of a value matches: GLOB for short fixed forms, which is faster."""
    short = glob(pattern)
    if short is None:
        return f"regexp_full_match({column}, {literal(pattern)})"
    return f"{column} GLOB {literal(short)}"


def glob(pattern: str) -> str | None:
    """The GLOB of a pattern made of characters and sets that stand a fixed number of times."""
    parts: list[str] = []
    place = 0
    while place < len(pattern):
        match = _GLOB_PART.match(pattern, place)
        if match is None or (match.end() < len(pattern) and pattern[match.end()] in "?*+{|"):
            return None
        chosen, times, char = match.groups()
        parts += [chosen] * int(times or 1) if chosen else [char]
        place = match.end()
    sets = sum(part.startswith("[") for part in parts)
    return "".join(parts) if parts and sets <= _MOST_SETS else None


@dataclass(frozen=True, slots=True)
class SqlDialect:
    """How one engine writes what the others write differently; `{x}` is a column."""

    name: str
    #: Whether a text is a day of the calendar, written YYYY-MM-DD.
    is_date: str
    #: A text of the form of an integer, as a number that compares by value.
    integer: str
    #: A text of the form of a finite number, as a number.
    number: str
    #: The number that is greater than all others.
    infinity: str
    #: That a text is no integer of usual size, plainly written: a cheap first look.
    odd_integer: str
    #: How a text that is such an integer compares (column, operator) with a number: a first look.
    compare_plain: Callable[[str, str, str], str]
    #: Whether a text has more than `{n}` characters.
    longer: str = "length({x}) > {n}"
    #: The condition that the whole of a column's value matches a pattern.
    full_match: Callable[[str, str], str] = full_match


def identifier(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def constant(value: str | int | float) -> str:
    """A text or a number as SQL writes it."""
    return literal(value) if isinstance(value, str) else repr(value)
