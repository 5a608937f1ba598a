"""The type `number`: decimal numbers, and the three that have no digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite, isnan
from typing import Any, ClassVar

from .base import Form
from .numeric import Numeric
from .sql_words import SqlWords

_FINITE = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"


def spelled(value: object) -> object:
    """A value; if it is a number without digits, as Table Schema writes it: NaN, INF, -INF."""
    if not isinstance(value, float) or isfinite(value):
        return value
    return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"


class Number(Numeric):
    """Numbers as doubles; NaN has no order and is not equal to anything."""

    name = "number"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(_FINITE + "|NaN|-?INF", "a number")}
    properties: ClassVar[Mapping[str, Any]] = {
        "decimalChar": ".",
        "groupChar": None,
        "bareNumber": True,
    }
    unordered = ("NaN",)
    python = float
    json = "number"
    sqlite = "REAL"
    arrow = "float64"
    pandas = "Float64"
    polars = "Float64"
    croissant = "cr:Float64"

    @property
    def reader(self) -> Callable[[str], Any]:
        """Python's own, which knows INF and NaN too."""
        return float

    def write(self, value: Any) -> str:
        """A number with as many digits as it needs, or NaN, INF, -INF."""
        return str(spelled(value))

    def stores_as(self, column: str) -> str:
        """The number; SQLite has no words for the infinite ones."""
        return f"CASE {column} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 ELSE {column} END"

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """The number; NULL for NaN."""
        high = sql.infinity
        return (
            f"CASE {column} WHEN 'NaN' THEN NULL WHEN 'INF' THEN {high} WHEN '-INF' THEN -{high} "
            f"ELSE {sql.number.format(x=column)} END"
        )

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The number, if it is finite; else NULL."""
        is_finite = sql.full_match(column, _FINITE)
        return f"CASE WHEN {is_finite} THEN {sql.number.format(x=column)} END"


TYPE = Number
