"""What the types of numbers have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ..package.schema import kind
from .base import FieldType, Form, Judge
from .marks import Marks
from .numerals import number_key, parts, whole_digits
from .sql_words import SqlWords

#: How most fields write their numbers.
_PLAIN = Marks()


class Numeric(FieldType):
    """A type of numbers: ordered, and each number can be written in several ways."""

    is_ordered = True
    has_many_spellings = True

    #: Whether the numbers of the type are whole.
    is_whole = False

    @property
    def marks(self) -> Marks:
        """How the field writes its numbers."""
        return Marks.of(self.field, whole=self.is_whole) if self.properties else _PLAIN

    @property
    def is_plain(self) -> bool:
        """Whether numbers are written as other systems write them."""
        return self.marks == _PLAIN

    @property
    def form(self) -> Form:
        """The form of the field's numbers."""
        usual, marks = self.forms[kind(self.field)[1]], self.marks
        if marks == _PLAIN:
            return usual
        return Form(marks.pattern(whole=self.is_whole), usual.words)

    @property
    def judge(self) -> Judge | None:
        """What finds the number among other characters, if the field has such."""
        return None if self.marks.bare else partial(_key, self.plain_text, self.plain_key)

    @property
    def plain_text(self) -> Callable[[str], str | None]:
        """A text of the field as other systems write the number; None for any other text."""
        if self.is_plain:
            return str
        return partial(_plain, self.marks, re.compile(self.form.pattern))

    def plain_key(self, text: str) -> str | None:
        """The key of a number that is plainly written, as `plain_key_sql` has it."""
        return number_key(text)

    def plain_key_sql(self, column: str, sql: SqlWords) -> str:
        """SQL for the key of a number that is plainly written."""
        return sql.number_key(column)

    def _stated(self, stated: Any) -> str:
        """A number that a schema states, plainly written."""
        plain = self.plain_text(stated) if isinstance(stated, str) else None
        return str(stated) if plain is None else plain

    def property_faults(self) -> Iterator[tuple[str, str]]:
        """Marks that cannot be told from other parts of a number."""
        return self.marks.faults(whole=self.is_whole)

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        if isinstance(stated, str) and self.plain_text(stated) is None:
            return False
        return not isinstance(stated, bool) and parts(self._stated(stated)) is not None

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value is a finite number, in JSON or as text."""
        return self.accepts(stated)

    @property
    def binds(self) -> bool:
        """Whether a text is not plainly written."""
        return not self.is_plain

    def bound_value(self, value: Any) -> Any:
        """The number, in 64 bits if it is not whole."""
        return value if isinstance(value, int) else float(value)

    def compared_value(self, stated: Any) -> str:
        """The key of the number."""
        return number_key(self._stated(stated)) or str(stated)

    def stored_value(self, stated: Any) -> int | float:
        """The number; a whole one keeps all its digits."""
        try:
            return int(self._stated(stated))
        except ValueError:
            return float(self._stated(stated))

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The key of the number in SQL: exact at any size."""
        marks = self.marks
        if self.is_plain:
            return self.plain_key_sql(column, sql)
        if not marks.bare:
            return sql.judged(column, self)
        key = self.plain_key_sql(marks.plain_sql(column), sql)
        return f"CASE WHEN {sql.full_match(column, self.form.pattern)} THEN {key} END"

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The key of the number in SQL: exact at any size."""
        if self.is_plain:
            return sql.number_key(column)
        key = self.equals_as(column, sql)
        return sql.number_key(key) if self.is_whole else key


def _plain(marks: Marks, form: re.Pattern[str], text: str) -> str | None:
    """A text with these marks as other systems write the number; None for any other text."""
    found = text if marks.bare else marks.core(text)
    return marks.plain(found) if form.fullmatch(found) else None


def _key(
    plain_text: Callable[[str], str | None], key: Callable[[str], str | None], text: str
) -> str | None:
    plain = plain_text(text)
    return None if plain is None else key(plain)


class Whole(Numeric):
    """A type of whole numbers."""

    is_whole = True
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
        if self.is_plain:
            return int
        plain_text = self.plain_text
        return lambda text: int(plain_text(text) or "")

    def fits_column(self, value: Any) -> bool:
        """Whether 64 bits hold the number."""
        return isinstance(value, int) and -(2**63) <= value < 2**63

    def reads(self, text: str) -> bool:
        """Whether a text is a whole number, written as one."""
        if not self.is_plain:
            return self.plain_text(text) is not None
        return re.fullmatch(self.form.pattern, text) is not None

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a whole number, in JSON or as text."""
        return super().accepts(stated) and whole_digits(self._stated(stated)) is not None

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value is a finite number: 1.5 is a limit of whole numbers, too."""
        return super().accepts(stated)

    def equal_value(self, stated: Any) -> str:
        """The digits, as `equals_as` has them; of a number that is not whole, what no cell has."""
        return whole_digits(self._stated(stated)) or str(stated)

    def plain_key(self, text: str) -> str | None:
        """The digits without leading zeros and plus."""
        return whole_digits(text)

    def plain_key_sql(self, column: str, sql: SqlWords) -> str:
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
        if not self.is_plain:
            return ""
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
