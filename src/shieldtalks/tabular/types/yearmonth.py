"""The type `yearmonth`: a month of a year, YYYY-MM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import FieldType, Form


class YearMonth(FieldType):
    """Months, kept as text."""

    name = "yearmonth"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(r"-?[0-9]{4}-(0[1-9]|1[0-2])", "a yearmonth"),
    }
    is_ordered = True


TYPE = YearMonth
