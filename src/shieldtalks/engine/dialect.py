"""The words of SQL that every engine shares, and the few in which they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: The column that holds a row's number (1 = the first data row) in every table.
ROW = "_row"


def full_match(column: str, pattern: str) -> str:
    """The condition that the whole of a column's value matches a pattern."""
    return f"regexp_full_match({column}, {literal(pattern)})"


@dataclass(frozen=True, slots=True)
class Dialect:
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
    #: That a text is of digits only, which is a cheap first look at an integer.
    digits: str
    #: The condition that the whole of a column's value matches a pattern.
    full_match: Callable[[str, str], str] = full_match


def identifier(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
