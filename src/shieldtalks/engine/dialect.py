"""The words of SQL that every engine shares, and the few in which they differ."""

from __future__ import annotations

from dataclasses import dataclass

#: The column that holds a row's number (1 = the first data row) in every table.
ROW = "_row"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine writes what the others write differently; `{x}` is a column."""

    name: str
    is_date: str


def identifier(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def full_match(column: str, pattern: str) -> str:
    """The condition that the whole of a column's value matches a pattern."""
    return f"regexp_full_match({column}, {literal(pattern)})"
