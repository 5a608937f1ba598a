"""The type `time`: hours, minutes and seconds, with or without a time zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from .base import Form
from .free_dates import free_time
from .instants import TIME, time_key
from .moment import Moment
from .sql_words import SqlWords
from .strptime import Written


class Time(Moment):
    """Times of day, kept as text."""

    name = "time"
    pattern_example = "%H:%M"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(TIME, "a time"),
        "any": Form("", "a time"),
    }

    @property
    def free(self) -> Callable[[str], Written | None]:
        """The forms of times that people use."""
        return free_time

    def joined(self, written: Written) -> str:
        """The time of day with its zone."""
        return f"{written.clock}{written.zone}"

    def plain_key(self, text: str) -> str | None:
        """The key of a time of day."""
        return time_key(text)

    def plain_key_sql(self, column: str, sql: SqlWords) -> str:
        """The key in SQL."""
        return sql.time_key(column)


TYPE = Time
