"""The type `boolean`: true and false, in four spellings each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from .base import FieldType, Form
from .sql_words import SqlWords

_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")


class Boolean(FieldType):
    """True and false."""

    name = "boolean"
    forms: ClassVar[Mapping[str, Form]] = {
        "default": Form("|".join((*_TRUE, *_FALSE)), "a boolean"),
    }
    properties: ClassVar[Mapping[str, Any]] = {
        "trueValues": list(_TRUE),
        "falseValues": list(_FALSE),
    }
    has_many_spellings = True
    python = bool
    words: ClassVar[Mapping[str, Any]] = dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
    json = "boolean"
    sqlite = "INTEGER"
    sqlite_check = "{x} IN (0, 1)"
    arrow = "bool_"
    pandas = "boolean"
    polars = "Boolean"
    croissant = "sc:Boolean"

    @property
    def reader(self) -> Callable[[str], Any]:
        """The look-up of a word."""
        return self.words.__getitem__

    def write(self, value: Any) -> str:
        """The word "true" or "false"; a value that is not a boolean as it is."""
        return str(value).lower() if isinstance(value, bool) else str(value)

    def compared_value(self, stated: Any) -> str:
        """The word "true" or "false", as `equals_as` has it."""
        return "true" if str(stated) in _TRUE else "false"

    def stored_value(self, stated: Any) -> int:
        """1 or 0."""
        return int(str(stated) in _TRUE)

    def stores_as(self, column: str) -> str:
        """1 or 0."""
        stored = ((word, int(value)) for word, value in self.words.items() if word.isalpha())
        cases = " ".join(f"WHEN '{word}' THEN {value}" for word, value in stored)
        return f"CASE {column} {cases} ELSE {column} END"

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The word "true" or "false"."""
        del sql
        true, false = (", ".join(f"'{word}'" for word in words) for words in (_TRUE, _FALSE))
        return (
            f"CASE WHEN {column} IN ({true}) THEN 'true' WHEN {column} IN ({false}) "
            "THEN 'false' END"
        )


TYPE = Boolean
