"""SQL that all engines share, and the few expressions in which they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: The column with the row number in each table. The first data row is 1.
ROW = "_row"


_GLOB_PART = re.compile(
    r"(\[(?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+\])(?:\{([0-9]{1,2})\})?|([A-Za-z0-9_:/#,=-])"
)

#: The most sets in a GLOB. With more, the registered function is faster.
_MOST_SETS = 16


def full_match(column: str, pattern: str) -> str:
    """The condition that a whole value matches. For short fixed forms, it is the faster GLOB."""
    short = glob(pattern)
    if short is None:
        return f"regexp_full_match({column}, {literal(pattern)})"
    return f"{column} GLOB {literal(short)}"


def glob(pattern: str) -> str | None:
    """The GLOB for a pattern of characters and sets in fixed numbers; None for any other pattern."""
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
    """The SQL of one engine where the engines differ. `{x}` is a column."""

    name: str
    #: Whether a text is a day that exists in the calendar, as YYYY-MM-DD.
    is_date: str
    #: A text that has the form of an integer, as a number that compares by value.
    integer: str
    #: A text that has the form of a finite number, as a number.
    number: str
    #: The number that is greater than all others.
    infinity: str
    #: Whether a text is not a plain integer of usual size: a cheap first test.
    odd_integer: str
    #: The comparison of such an integer with a number (column, operator, number): a cheap first test.
    compare_plain: Callable[[str, str, str], str]
    #: Whether a text has more than `{n}` characters.
    longer: str = "length({x}) > {n}"
    #: The condition that the whole value of a column matches a pattern.
    full_match: Callable[[str, str], str] = full_match


def identifier(name: str) -> str:
    """A name in SQL, in quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL, in quotes."""
    return "'" + text.replace("'", "''") + "'"


def without_words(value: str, words: Sequence[str]) -> str:
    """SQL for a value, NULL if it is one of these words. Its size and depth do not multiply."""
    cases = " ".join(f"WHEN {literal(word)} THEN NULL" for word in dict.fromkeys(words))
    return f"CASE {value} {cases} ELSE {value} END" if words else value


def constant(value: str | int | float) -> str:
    """A text or a number as SQL writes it."""
    return literal(value) if isinstance(value, str) else repr(value)
