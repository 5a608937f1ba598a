"""What the types need to know of the SQL of an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .base import FieldType


class SqlWords(Protocol):
    """SQL that engines write differently; `{x}` is a column. `engine.sql.SqlDialect` has it all."""

    @property
    def is_date(self) -> str:
        """Whether a text is a day of the calendar, written YYYY-MM-DD."""

    @property
    def number_key(self) -> Callable[[str], str]:
        """`numerals.number_key` of a column."""

    @property
    def instant_key(self) -> Callable[[str], str]:
        """`instants.instant_key` of a column."""

    @property
    def time_key(self) -> Callable[[str], str]:
        """`instants.time_key` of a column."""

    @property
    def odd_integer(self) -> str:
        """Whether a text is not an integer of usual size, plainly written."""

    @property
    def compare_plain(self) -> Callable[[str, str, str], str]:
        """How such an integer compares with a number: of column, operator and number."""

    @property
    def may_exceed_number(self) -> Callable[[str, str, str], str]:
        """Whether a number may compare with a bound so: of column, operator and bound; cheap."""

    @property
    def judged(self) -> Callable[[str, FieldType], str]:
        """What `FieldType.judge` gives for a column: of column and type."""

    @property
    def full_match(self) -> Callable[[str, str], str]:
        """Whether the whole of a text matches a pattern: of column and pattern."""


def literal(text: str) -> str:
    """A text in SQL, in quotes."""
    return "'" + text.replace("'", "''") + "'"


def quoted(text: str) -> str:
    """A pattern that matches this text only, to `re` and to RE2."""
    return "".join(
        char if char.isalnum() or char in "_ " or ord(char) > 127 else f"\\{char}" for char in text
    )
