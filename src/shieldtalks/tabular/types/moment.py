"""What points in time and times of day have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .base import FieldType
from .sql_words import SqlWords


class Moment(FieldType):
    """A type of moments, kept as text: ordered, and each can be written in several ways."""

    is_ordered = True
    has_many_spellings = True
    stores_values = False

    @property
    def key(self) -> Callable[[str | None], str | None]:
        """What gives equal texts for equal values, as `equals_as` does in SQL."""
        raise NotImplementedError

    def equal_value(self, stated: Any) -> str:
        """The key of the moment."""
        return self.key(str(stated)) or str(stated)

    def compared_value(self, stated: Any) -> str:
        """The key of the moment, whether it has a zone or not."""
        return self.equal_value(stated).rstrip("Z")

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The key of the moment, whether it has a zone or not."""
        return f"rtrim({self.equals_as(column, sql)}, 'Z')"
