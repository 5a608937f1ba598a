"""The type `time`: hours, minutes and seconds, with or without a time zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from .base import Form
from .instants import TIME, time_key
from .moment import Moment
from .sql_words import SqlWords


class Time(Moment):
    """Times of day, kept as text."""

    name = "time"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(TIME, "a time")}

    @property
    def key(self) -> Callable[[str | None], str | None]:
        """The key of a time of day."""
        return time_key

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The key in SQL."""
        return sql.time_key(column)


TYPE = Time
