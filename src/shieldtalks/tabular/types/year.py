"""The type `year`: four or more digits, with a minus before the year 1. There is no year 0000."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from .base import Form
from .instants import YEAR
from .numeric import Whole
from .sql_words import SqlWords


class Year(Whole):
    """Years as whole numbers."""

    name = "year"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(f"-?{YEAR}", "a year")}

    def may_be_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether it is not four plain digits, or is 0000."""
        odd = sql.odd_integer.format(x=column)
        return f"({odd} OR length({column}) <> 4 OR {column} = '0000')"


TYPE = Year
