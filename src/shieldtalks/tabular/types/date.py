"""The type `date`: a day of the calendar, YYYY-MM-DD."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from .base import FieldType, Form
from .sql_words import SqlWords

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Date(FieldType):
    """Days; a row has them as text, a typed column as `datetime.date`."""

    name = "date"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(_DAY, "a date")}
    is_ordered = True
    arrow = "date32"
    arrow_is_strict = True
    pandas = "datetime64[s]"
    polars = "Date"
    croissant = "sc:Date"

    @property
    def to_column(self) -> Callable[[Any], Any]:
        """Python's own reader of days."""
        return date.fromisoformat

    def fits_column(self, value: Any) -> bool:
        """Whether Python reads the text as a day."""
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False

    def is_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether the text is not a day of the calendar."""
        return f"NOT {sql.is_date.format(x=column)}"


TYPE = Date
