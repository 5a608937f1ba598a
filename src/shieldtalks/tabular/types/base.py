"""What a type of Table Schema is: how its values are written, and what they are in other systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from ..jsontext import JsonObject
from ..package.schema import kind
from .sql_words import SqlWords

#: The key of a text: equal for equal values. None for a text that is no value of the type.
Judge = Callable[[str], str | None]

_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Form(NamedTuple):
    """The lexical form of one format of a type."""

    #: A regular expression for the whole text, linear, and the same to `re` and RE2; "" = any text.
    pattern: str
    #: What messages call such a value, with its article: "an integer".
    words: str


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field, seen as its type. A subclass is a type; what it leaves out is as for a plain text."""

    #: The field of the Table Schema, with its format and its other properties.
    field: JsonObject

    #: The name of the type in Table Schema.
    name: ClassVar[str]
    #: The form of each format, by its name; every type has the format `default`.
    forms: ClassVar[Mapping[str, Form]]
    #: Properties of a field that change what its texts mean, each with its default.
    properties: ClassVar[Mapping[str, Any]] = {}

    #: Whether values have an order, so that a field may have a minimum and a maximum.
    is_ordered: ClassVar[bool] = False
    #: Values of the type, as `compares_as` has them, that are neither less nor greater than others.
    unordered: ClassVar[tuple[str, ...]] = ()
    #: Whether a typed column of SQLite compares as the values do.
    stores_values: ClassVar[bool] = True
    #: Whether one value can be written in several ways.
    has_many_spellings: ClassVar[bool] = False
    #: Whether a text may begin or end with a blank.
    allows_blanks: ClassVar[bool] = False
    #: Whether `fmt` sorts keys of this type as whole numbers; it sorts others as text.
    sorts_as_number: ClassVar[bool] = False
    #: Whether a value has parts, so that most systems hold it as text.
    is_nested: ClassVar[bool] = False
    #: A format that is a pattern of `strptime`, if the type has such formats.
    pattern_example: ClassVar[str] = ""
    #: Other types to which a foreign key of this type may refer, and the other way round.
    comparable_with: ClassVar[frozenset[str]] = frozenset()

    #: The Python type of a value.
    python: ClassVar[type] = str
    #: The value of each text, if there are only a few texts; else empty.
    words: ClassVar[Mapping[str, Any]] = {}
    #: The JSON type of a value.
    json: ClassVar[str] = "string"
    #: The type of a column in SQLite.
    sqlite: ClassVar[str] = "TEXT"
    #: The condition on each value of such a column; `{x}` is the column.
    sqlite_check: ClassVar[str] = ""
    #: The name of the function of pyarrow that makes the Arrow type.
    arrow: ClassVar[str] = "string"
    #: Whether Arrow's own cast from text refuses every text that is not of the default format.
    arrow_is_strict: ClassVar[bool] = False
    #: The dtype of a column in pandas.
    pandas: ClassVar[str] = "string"
    #: The name of the data type of a column in polars.
    polars: ClassVar[str] = "String"
    #: The data type of a field in Croissant, if it has the default format.
    croissant: ClassVar[str] = "sc:Text"

    @property
    def form(self) -> Form:
        """The form of the field's format. Raises KeyError if the type does not have this format."""
        return self.forms[kind(self.field)[1]]

    @property
    def is_plain(self) -> bool:
        """Whether texts have the default form of the type, so that other readers take them for it."""
        stated = (self.field.get(name, value) for name, value in self.properties.items())
        is_default = all(
            one in (None, value)
            for one, value in zip(stated, self.properties.values(), strict=True)
        )
        return is_default and kind(self.field)[1] == "default" and self.judge is None

    @property
    def judge(self) -> Judge | None:
        """What gives the key of a text where SQL cannot; None if SQL can.

        It is called once for each distinct text, and must take time that is linear in its length.
        """
        return None

    @property
    def size(self) -> Callable[[str], int] | None:
        """What counts the items of a value, for minLength and maxLength; None to count characters."""
        return None

    @property
    def size_words(self) -> tuple[str, str]:
        """What `size` counts: one of them, and several."""
        return "character", "characters"

    @property
    def exceeds(self) -> Callable[[str, str, Any], bool] | None:
        """Whether a text breaks a limit (text, operator of the fault, limit); None if SQL can tell."""
        return None

    def property_faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the properties of the field: the property, and a sentence about it."""
        return iter(())

    @property
    def reader(self) -> Callable[[str], Any] | None:
        """What turns a text into its value; None if the text is the value.

        It raises ValueError or KeyError for a text that is not of the type.
        """
        return None

    @property
    def to_column(self) -> Callable[[Any], Any] | None:
        """What turns a value into what typed columns take, such as a `date`; None if it is the same.

        It raises ValueError or TypeError for a value that is not of the type.
        """
        return None

    def column_values(self, values: list[Any]) -> list[Any]:
        """Values as typed columns take them; None stays. Raises what `to_column` raises."""
        make = self.to_column
        if make is None:
            return values
        return [value if value is None else make(value) for value in values]

    def frame_values(self, values: list[Any]) -> list[Any]:
        """Values as a column of pandas takes them; None stays. Raises what `to_column` raises."""
        return self.column_values(values)

    @property
    def identity(self) -> Callable[[str], Any] | None:
        """What gives equal values for texts that mean the same; None if equal texts do.

        It raises ValueError or KeyError for a text that is not of the type.
        """
        return self.reader

    def _by_key(self, text: str) -> str:
        """The key of a text. Raises ValueError for a text that is not of the type."""
        key = self.judge(text) if self.judge is not None else text
        if key is None:
            raise ValueError(text)
        return key

    def plain_field(self) -> JsonObject:
        """The field for a table that has the values in their default form, or as values."""
        if self.is_plain:
            return self.field
        dropped = {"format", *self.properties} - {"itemType"}
        field = {name: value for name, value in self.field.items() if name not in dropped}
        stated = self.field.get("constraints")
        if isinstance(stated, dict):
            field["constraints"] = {
                name: [self.plain_value(one) for one in value]
                if name == "enum" and isinstance(value, list)
                else self.plain_value(value)
                if name in _LIMITS
                else value
                for name, value in stated.items()
            }
        return field

    def arrow_field(self) -> JsonObject:
        """The field for a table whose columns have their Arrow types."""
        return self.field

    def plain_value(self, stated: Any) -> Any:
        """A value that a schema states, in the default form."""
        if not isinstance(stated, str) or self.reader is None or not self.accepts(stated):
            return stated
        try:
            return self.reader(stated)
        except (ValueError, KeyError):  # it has the default form already
            return stated

    def fits_column(self, value: Any) -> bool:
        """Whether a typed column of a data frame can hold a value."""
        return isinstance(value, self.python)

    def arrow_type(self, arrow: Any) -> Any:
        """The Arrow type of a column; `arrow` is the module pyarrow."""
        return getattr(arrow, self.arrow)()

    def polars_type(self, polars: Any) -> Any:
        """The type of a column in polars, which is given."""
        return getattr(polars, self.polars)

    @property
    def spellings(self) -> Mapping[str, Any]:
        """The value of each text, if the field has only a few texts; else empty."""
        return self.words

    def write(self, value: Any) -> str:
        """A value as text, in the default form of the type."""
        return str(value)

    def accepts(self, stated: Any) -> bool:
        """Whether a value that a schema states, in JSON or as text, can be a value of the type."""
        if stated is None or isinstance(stated, dict | list):
            return False
        if self.judge is not None:
            return isinstance(stated, str) and self.judge(stated) is not None
        pattern = self.forms["default"].pattern
        return not pattern or re.fullmatch(pattern, str(stated)) is not None

    def reads(self, text: str) -> bool:
        """Whether a text, as a cell has it, is a value of the type."""
        return self.accepts(text)

    def accepts_limit(self, stated: Any) -> bool:
        """Whether a value that a schema states can be a minimum or a maximum."""
        return self.is_ordered and isinstance(stated, str) and self.accepts(stated)

    def compared_value(self, stated: Any) -> str:
        """A value that a schema states, to be compared with what `compares_as` makes of a cell."""
        key = self.judge(str(stated)) if self.judge is not None else None
        return str(stated) if key is None else key

    def equal_value(self, stated: Any) -> str:
        """A value that a schema states, to be compared with what `equals_as` makes of a cell."""
        return self.compared_value(stated)

    def shown_value(self, stated: Any) -> str:
        """A value that a schema states, as a hint shows it."""
        return str(stated)

    def stored_value(self, stated: Any) -> str | int | float:
        """A value that a schema states, as a typed column of SQLite holds it."""
        return self.compared_value(stated)

    @property
    def binds(self) -> bool:
        """Whether a typed column of SQLite takes what `reader` makes of a text, not the text."""
        return self.judge is not None

    def bound_value(self, value: Any) -> Any:
        """What such a column takes for what `reader` makes of a text."""
        return self.write(value)

    def stores_as(self, column: str) -> str:
        """SQLite's SQL for what a typed column takes for a text; it converts plain numbers by itself."""
        return column

    def is_invalid(self, column: str, sql: SqlWords) -> str:
        """SQL that holds where a text is not of the type; "" if every text is."""
        if self.judge is not None:
            return f"({column} IS NOT NULL AND {sql.judged(column, self)} IS NULL)"
        pattern = self.form.pattern
        return f"NOT {sql.full_match(column, pattern)}" if pattern else ""

    def may_be_invalid(self, column: str, sql: SqlWords) -> str:
        """Cheaper SQL that holds at least where `is_invalid` does; "" if there is none."""
        del column, sql
        return ""

    def compares_as(self, column: str, sql: SqlWords) -> str:
        """SQL for a text in the order of the values."""
        return self.equals_as(column, sql)

    def may_exceed(self, column: str, operator: str, stated: Any, sql: SqlWords) -> str:
        """Cheaper SQL for the comparison with a bound that a schema states; "" if there is none.

        It must hold at least where the comparison of `compares_as` does and `may_be_invalid` does not.
        """
        del column, operator, stated, sql
        return ""

    def equals_as(self, column: str, sql: SqlWords) -> str:
        """SQL that is equal for two texts if they have the same value."""
        return column if self.judge is None else sql.judged(column, self)
