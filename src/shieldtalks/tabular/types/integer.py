"""The type `integer`: whole numbers of any size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .base import Form
from .numeric import Whole
from .sql_words import SqlWords


class Integer(Whole):
    """Whole numbers; most are short and plainly written, which is cheap to see."""

    name = "integer"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(r"[+-]?[0-9]+", "an integer")}
    properties: ClassVar[Mapping[str, Any]] = {"groupChar": None, "bareNumber": True}
    sorts_as_number = True
    comparable_with = frozenset({"number"})

    def may_be_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether it is not a short number, plainly written."""
        return sql.odd_integer.format(x=column) if self.is_plain else ""


TYPE = Integer
