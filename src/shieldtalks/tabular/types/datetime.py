"""The type `datetime`: a day of the calendar, a T, and a time of day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from .base import Form
from .free_dates import free_datetime
from .instants import INSTANT, instant_key
from .moment import Moment
from .sql_words import SqlWords
from .strptime import Written

#: Zones and 24:00:00 move a value by less than this; the same, of a bound.
_FAR = timedelta(days=3)


class DateTime(Moment):
    """Points in time, kept as text."""

    name = "datetime"
    pattern_example = "%d/%m/%Y %H:%M"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(INSTANT, "a datetime"),
        "any": Form("", "a datetime"),
    }
    croissant = "sc:DateTime"

    @property
    def free(self) -> Callable[[str], Written | None]:
        """The forms of points in time that people use."""
        return free_datetime

    def joined(self, written: Written) -> str:
        """The day and the time of day with its zone."""
        return f"{written.day}T{written.clock}{written.zone}"

    def plain_key(self, text: str) -> str | None:
        """The key of a point in time."""
        return instant_key(text)

    def plain_key_sql(self, column: str, sql: SqlWords) -> str:
        """The key in SQL."""
        return sql.instant_key(column)

    def may_exceed(self, column: str, operator: str, stated: Any, sql: SqlWords) -> str:
        """Whether the day, as it is written, is near the bound or beyond it, or has a longer year."""
        del sql
        if self.judge is not None:
            return ""
        try:
            day = date.fromisoformat(str(stated)[:10])
            limit = (day + _FAR if operator[0] == "<" else day - _FAR).isoformat()
        except (ValueError, OverflowError):  # a year of more than four digits
            return ""
        return f"({column} {operator[0]} '{limit}' OR substr({column}, 5, 1) <> '-')"


TYPE = DateTime
