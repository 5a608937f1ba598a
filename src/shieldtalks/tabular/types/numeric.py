"""What the types of numbers have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .base import FieldType
from .sql_words import SqlWords


class Numeric(FieldType):
    """A type of numbers: ordered, and each number can be written in several ways."""

    is_ordered = True
    has_many_spellings = True

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        try:
            return not isinstance(stated, bool) and math.isfinite(float(stated))
        except (TypeError, ValueError, OverflowError):
            return False

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        return self.accepts(stated)

    def compared_value(self, stated: Any) -> int | float:
        """The number; a whole one keeps all its digits."""
        try:
            return int(str(stated))
        except ValueError:
            return float(stated)


class Whole(Numeric):
    """A type of whole numbers."""

    python = int
    json = "integer"
    sqlite = "INTEGER"
    arrow = "int64"
    pandas = "Int64"
    polars = "Int64"
    croissant = "cr:Int64"

    @property
    def reader(self) -> Callable[[str], Any]:
        """Python's own: whole numbers of any size."""
        return int

    def fits_column(self, value: Any) -> bool:
        """Whether 64 bits hold the number."""
        return isinstance(value, int) and -(2**63) <= value < 2**63

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The number."""
        return sql.integer.format(x=column)

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The digits without leading zeros and plus: they are exact at any size."""
        del sql
        return (
            f"CASE WHEN trim({column}, '+-0') = '' THEN '0' WHEN substr({column}, 1, 1) = '-' "
            f"THEN '-' || ltrim(substr({column}, 2), '0') ELSE ltrim({column}, '+0') END"
        )
