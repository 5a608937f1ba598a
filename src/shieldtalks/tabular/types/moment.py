"""What points in time and times of day have in common."""

from __future__ import annotations

from typing import Any

from .sql_words import SqlWords
from .temporal import Temporal


class Moment(Temporal):
    """A type of moments, kept as text: ordered, and each can be written in several ways."""

    has_many_spellings = True
    stores_values = False

    def plain_key_sql(self, column: str, sql: SqlWords) -> str:
        """SQL for the key of a text in the default form."""
        raise NotImplementedError

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The key in SQL."""
        if self.judge is None:
            return self.plain_key_sql(column, sql)
        return sql.judged(column, self)

    def equal_value(self, stated: Any) -> str:
        """The key of the moment."""
        return super().compared_value(stated)

    def compared_value(self, stated: Any) -> str:
        """The key of the moment, whether it has a zone or not."""
        return self.equal_value(stated).rstrip("Z")

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The key of the moment, whether it has a zone or not."""
        return f"rtrim({self.equals_as(column, sql)}, 'Z')"
