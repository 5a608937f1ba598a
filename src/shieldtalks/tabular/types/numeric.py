"""What the types of numbers have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .base import FieldType
from .numerals import number_key, parts, whole_digits
from .sql_words import SqlWords


class Numeric(FieldType):
    """A type of numbers: ordered, and each number can be written in several ways."""

    is_ordered = True
    has_many_spellings = True

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        return not isinstance(stated, bool) and parts(str(stated)) is not None

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        return self.accepts(stated)

    def compared_value(self, stated: Any) -> str:
        """The key of the number."""
        return number_key(str(stated)) or str(stated)

    def stored_value(self, stated: Any) -> int | float:
        """The number; a whole one keeps all its digits."""
        try:
            return int(str(stated))
        except ValueError:
            return float(stated)

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The key of the number in SQL: exact at any size."""
        return sql.number_key(column)


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

    def equal_value(self, stated: Any) -> str:
        """The digits, as `equals_as` has them; of a number that is not whole, what no cell has."""
        return whole_digits(str(stated)) or str(stated)

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The digits without leading zeros and plus: they are exact at any size."""
        del sql
        # Texts that are not numbers must not get the key of a number. A sign is less than "0".
        digits = f"ltrim(substr({column}, 2), '0')"
        return (
            f"CASE WHEN {column} >= '0' THEN coalesce(nullif(ltrim({column}, '0'), ''), '0') "
            f"WHEN substr({column}, 2, 1) >= '0' THEN CASE WHEN {digits} = '' THEN '0' "
            f"WHEN substr({column}, 1, 1) = '-' THEN '-' || {digits} "
            f"WHEN substr({column}, 1, 1) = '+' THEN {digits} END END"
        )

    def may_exceed(self, column: str, operator: str, stated: Any, sql: SqlWords) -> str:
        """The comparison for a short number, plainly written; any other is suspect by its type."""
        return sql.compare_plain(column, operator, nearest_whole(operator, str(stated)))


#: A short number is nearer to zero than this.
_SHORT = 10**18


def nearest_whole(operator: str, bound: str) -> str:
    """A whole number that short whole numbers compare with as with the bound; "" if none is known."""
    found = parts(bound)
    if found is None:
        return ""
    negative, digits, place = found
    if place > 18:
        return str(-_SHORT if negative else _SHORT)
    whole = int(digits[: max(place, 0)].ljust(max(place, 0), "0") or "0")
    whole = -whole if negative else whole
    if len(digits) <= max(place, 0):
        return str(whole)
    # It is not whole. x < 2.5 is x < 3, and x <= 2.5 is x <= 2; x > 2.5 is x > 2, x >= 2.5 is x >= 3.
    above = whole if negative else whole + 1
    return str(above if operator in ("<", ">=") else above - 1)
