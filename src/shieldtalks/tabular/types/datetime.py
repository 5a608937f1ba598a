"""The type `datetime`: a day of the calendar, a T, and a time of day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from .base import Form
from .instants import INSTANT, instant_key
from .moment import Moment
from .sql_words import SqlWords

#: Zones and 24:00:00 move a value by less than this; the same, of a bound.
_FAR = timedelta(days=3)


class DateTime(Moment):
    """Points in time, kept as text."""

    name = "datetime"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(INSTANT, "a datetime")}
    croissant = "sc:DateTime"

    @property
    def key(self) -> Callable[[str | None], str | None]:
        """The key of a point in time."""
        return instant_key

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The key in SQL."""
        return sql.instant_key(column)

    def may_exceed(self, column: str, operator: str, stated: Any, sql: SqlWords) -> str:
        """Whether the day, as it is written, is near the bound or beyond it, or has a longer year."""
        del sql
        try:
            day = date.fromisoformat(str(stated)[:10])
            limit = (day + _FAR if operator[0] == "<" else day - _FAR).isoformat()
        except (ValueError, OverflowError):  # a year of more than four digits
            return ""
        return f"({column} {operator[0]} '{limit}' OR substr({column}, 5, 1) <> '-')"


TYPE = DateTime
