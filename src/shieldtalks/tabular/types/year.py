"""The type `year`: four or more digits, with a minus before the year 1. There is no year 0000."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .base import Form
from .instants import YEAR
from .numerals import whole_digits
from .numeric import Whole
from .sql_words import SqlWords


def _written(year: str) -> str:
    """A whole number with at least four digits."""
    return year.zfill(5 if year.startswith("-") else 4)


class Year(Whole):
    """Years as whole numbers; each year is written in one way only."""

    name = "year"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(f"-?{YEAR}", "a year")}
    has_many_spellings = False

    def write(self, value: Any) -> str:
        """The number with at least four digits; a value that is not a number as it is."""
        return _written(str(value)) if isinstance(value, int) else str(value)

    def may_be_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether it is not four plain digits, or is 0000."""
        odd = sql.odd_integer.format(x=column)
        # "-144" is a short whole number of four characters; a sign is less than "0".
        return f"({odd} OR length({column}) <> 4 OR {column} = '0000' OR {column} < '0')"

    def equal_value(self, stated: Any) -> str:
        """The text of the year; of a number that is not whole, what no cell has."""
        return _written(whole_digits(str(stated)) or str(stated))

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The text: one that is no year, such as +2020, is not equal to the year."""
        del sql
        return column


TYPE = Year
