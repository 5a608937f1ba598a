"""The type `year`: four digits, with a minus before the year 0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import Form
from .numeric import Whole


class Year(Whole):
    """Years as whole numbers."""

    name = "year"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(r"-?[0-9]{4}", "a year")}


TYPE = Year
