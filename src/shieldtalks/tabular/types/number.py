"""The type `number`: decimal numbers, and the three that have no digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite, isnan
from typing import Any, ClassVar

from ..jsontext import LongNumber, exact_float
from .base import Form
from .numerals import FINITE, NAN, WITHOUT_DIGITS, number_key
from .numeric import Numeric
from .sql_words import SqlWords


def spelled(value: object) -> object:
    """A value; if it is a number without digits, as Table Schema writes it: NaN, INF, -INF."""
    if not isinstance(value, float) or isinstance(value, LongNumber) or isfinite(value):
        return value
    return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"


def read_number(text: str) -> float:
    """A number of the type, with all its digits. Raises ValueError for any other text."""
    if number_key(text) is None:  # `float` also takes 1_000, infinity and digits of other scripts
        raise ValueError(text)
    return exact_float(text)


class Number(Numeric):
    """Decimal numbers of any length; a typed column has the nearest double."""

    name = "number"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form(f"{FINITE}|{WITHOUT_DIGITS}", "a number")
    }
    properties: ClassVar[Mapping[str, Any]] = {
        "decimalChar": ".",
        "groupChar": None,
        "bareNumber": True,
    }
    unordered = (NAN,)
    python = float
    json = "number"
    sqlite = "REAL"
    arrow = "float64"
    pandas = "Float64"
    polars = "Float64"
    croissant = "cr:Float64"

    @property
    def reader(self) -> Callable[[str], Any]:
        """A double; if it does not have all the digits, with the text."""
        if self.is_plain:
            return read_number
        plain_text = self.plain_text
        return lambda text: read_number(plain_text(text) or "")

    @property
    def binds(self) -> bool:
        """True: SQLite's own reading of a text is wrong in the last digit of some numbers."""
        return True

    def bound_value(self, value: Any) -> Any:
        """The nearest double. SQLite would turn NaN into NULL; the text is refused instead."""
        return float(value) if value == value else "NaN"

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a number, in JSON or as text."""
        if isinstance(stated, str) and self.plain_text(stated) is None:
            return False
        return not isinstance(stated, bool) and number_key(self._stated(stated)) is not None

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value is a number with an order."""
        return self.accepts(stated) and self.compared_value(stated) != NAN

    def write(self, value: Any) -> str:
        """A number with as many digits as it needs, or NaN, INF, -INF."""
        return str(spelled(value))

    def may_exceed(self, column: str, operator: str, stated: Any, sql: SqlWords) -> str:
        """The comparison of doubles, with room for their errors; any odd number may exceed."""
        return sql.may_exceed_number(column, operator, str(stated)) if self.is_plain else ""


TYPE = Number
