"""The type `yearmonth`: a month of a year, YYYY-MM."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .base import FieldType, Form
from .instants import YEAR
from .numerals import number_key
from .sql_words import SqlWords


class YearMonth(FieldType):
    """Months, kept as text; each month is written in one way only."""

    name = "yearmonth"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(f"-?{YEAR}-(0[1-9]|1[0-2])", "a yearmonth"),
    }
    is_ordered = True
    stores_values = False

    def equal_value(self, stated: Any) -> str:
        """The text."""
        return str(stated)

    def compared_value(self, stated: Any) -> str:
        """The key of the year, and the month."""
        text = str(stated)
        return f"{number_key(text[:-3])}{text[-3:]}"

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The key of the year, and the month."""
        year = f"substr({column}, 1, length({column}) - 3)"
        return f"{sql.number_key(year)} || substr({column}, -3)"


TYPE = YearMonth
