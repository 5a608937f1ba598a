"""The type `datetime`: a day of the calendar, a T, and a time of day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import FieldType, Form
from .date import DAY
from .sql_words import SqlWords
from .time import TIME


class DateTime(FieldType):
    """Points in time, kept as text."""

    name = "datetime"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(f"{DAY}T{TIME}", "a datetime")}
    is_ordered = True
    croissant = "sc:DateTime"

    def is_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether the form is wrong, or the calendar does not have the day."""
        day = f"substr({column}, 1, 10)"
        form = f"NOT {sql.full_match(column, self.form.pattern)}"
        return f"{form} OR NOT {sql.is_date.format(x=day)}"


TYPE = DateTime
