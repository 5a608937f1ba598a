"""The type `date`: a day of the calendar, YYYY-MM-DD or after the pattern of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from .base import Form
from .free_dates import free_date
from .sql_words import SqlWords
from .strptime import Written
from .temporal import Temporal

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Date(Temporal):
    """Days; a row has them as text, a typed column as `datetime.date`."""

    name = "date"
    pattern_example = "%d/%m/%Y"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(_DAY, "a date"),
        "any": Form("", "a date"),
    }
    arrow = "date32"
    arrow_is_strict = True
    pandas = "datetime64[s]"
    polars = "Date"
    croissant = "sc:Date"

    @property
    def has_many_spellings(self) -> bool:  # type: ignore[override]
        """Whether a day can be written in several ways: 1/2/2008 and 01/02/2008."""
        return self.judge is not None

    @property
    def free(self) -> Callable[[str], Written | None]:
        """The forms of days that people use."""
        return free_date

    def joined(self, written: Written) -> str:
        """The day."""
        return written.day

    def plain_key(self, text: str) -> str | None:
        """The text itself, if it is a day."""
        return text if self._is_day(text) else None

    def _is_day(self, text: str) -> bool:
        try:
            return len(text) == 10 and bool(date.fromisoformat(text))
        except ValueError:
            return False

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
        if self.judge is not None:
            return super().is_invalid(column, sql)
        return f"NOT {sql.is_date.format(x=column)}"


TYPE = Date
