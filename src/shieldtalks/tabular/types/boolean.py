"""The type `boolean`: true and false, in four spellings each, or in those that the field lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from ..package.schema import kind
from .base import FieldType, Form
from .sql_words import SqlWords, literal, quoted

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
    def _lists(self) -> tuple[list[str], list[str]]:
        """The words for true and those for false."""
        stated = (self.field.get("trueValues"), self.field.get("falseValues"))
        pairs = zip(stated, (_TRUE, _FALSE), strict=True)
        true, false = (
            [word for word in own if isinstance(word, str)]
            if isinstance(own, list)
            else list(usual)
            for own, usual in pairs
        )
        return true, false

    @property
    def spellings(self) -> Mapping[str, Any]:
        """The value of each word of the field."""
        true, false = self._lists
        return dict.fromkeys(true, True) | dict.fromkeys(false, False)

    @property
    def form(self) -> Form:
        """The words of the field."""
        usual = self.forms[kind(self.field)[1]]
        if self.is_plain:
            return usual
        return Form("|".join(map(quoted, self.spellings)), usual.words)

    @property
    def reader(self) -> Callable[[str], Any]:
        """The look-up of a word."""
        return self.spellings.__getitem__

    def property_faults(self) -> Iterator[tuple[str, str]]:
        """A word that means both."""
        true, false = self._lists
        both = [word for word in true if word in false]
        if both:
            yield "falseValues", f'"{both[0]}" is in trueValues and in falseValues'

    def accepts(self, stated: Any) -> bool:
        """Whether a value is true or false in JSON, or one of the words."""
        if isinstance(stated, bool):
            return True
        return not isinstance(stated, dict | list | None) and str(stated) in self.spellings

    def _value(self, stated: Any) -> bool:
        if isinstance(stated, bool):
            return stated
        return bool(self.spellings.get(str(stated), False))

    def is_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether the text is none of the words."""
        if self.is_plain:
            return super().is_invalid(column, sql)
        words = ", ".join(map(literal, self.spellings))
        return f"{column} NOT IN ({words})" if words else f"{column} IS NOT NULL"

    def write(self, value: Any) -> str:
        """The word "true" or "false"; a value that is not a boolean as it is."""
        return str(value).lower() if isinstance(value, bool) else str(value)

    def compared_value(self, stated: Any) -> str:
        """The word "true" or "false", as `equals_as` has it."""
        return "true" if self._value(stated) else "false"

    def stored_value(self, stated: Any) -> int:
        """1 or 0."""
        return int(self._value(stated))

    def stores_as(self, column: str) -> str:
        """1 or 0."""
        stored = (
            (word, int(value)) for word, value in self.spellings.items() if word != str(int(value))
        )
        cases = [f"WHEN {literal(word)} THEN {value}" for word, value in stored]
        return f"CASE {column} {' '.join(cases)} ELSE {column} END" if cases else column

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """The word "true" or "false"."""
        del sql
        true, false = (", ".join(map(literal, words)) for words in self._lists)
        cases = f"WHEN {column} IN ({true}) THEN 'true'" if true else ""
        cases += f" WHEN {column} IN ({false}) THEN 'false'" if false else ""
        return f"CASE {cases} END" if cases else "NULL"


TYPE = Boolean
