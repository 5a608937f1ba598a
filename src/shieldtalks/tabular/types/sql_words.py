"""What the types need to know of the SQL of an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class SqlWords(Protocol):
    """SQL that engines write differently; `{x}` is a column. `engine.sql.SqlDialect` has it all."""

    @property
    def is_date(self) -> str:
        """Whether a text is a day of the calendar, written YYYY-MM-DD."""

    @property
    def integer(self) -> str:
        """A text of the form of an integer, as a number that compares by value."""

    @property
    def number(self) -> str:
        """A text of the form of a finite number, as a number."""

    @property
    def infinity(self) -> str:
        """The number that is greater than all others."""

    @property
    def odd_integer(self) -> str:
        """Whether a text is not an integer of usual size, plainly written."""

    @property
    def compare_plain(self) -> Callable[[str, str, str], str]:
        """How such an integer compares with a number: of column, operator and number."""

    @property
    def full_match(self) -> Callable[[str, str], str]:
        """Whether the whole of a text matches a pattern: of column and pattern."""
