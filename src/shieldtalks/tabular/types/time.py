"""The type `time`: hours, minutes and seconds, with or without a time zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import FieldType, Form

#: The form of a time of day, and of the time zone that may follow.
TIME = (
    r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?"
)


class Time(FieldType):
    """Times of day, kept as text."""

    name = "time"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(TIME, "a time")}
    is_ordered = True


TYPE = Time
