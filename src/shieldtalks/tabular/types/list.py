"""The type `list`: values of one type with a delimiter between them, such as 1,2,3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

from .base import FieldType, Form, Judge
from .json_value import json_key, shortened_key, write_json
from .string import String

#: The types that items may have, each in its default form.
ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")


class List(FieldType):
    """Lists; a row has them as lists of the values of their items."""

    name = "list"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form("", "a list")}
    properties: ClassVar[Mapping[str, Any]] = {"delimiter": ",", "itemType": "string"}
    has_many_spellings = True
    stores_values = False
    python = list
    json = "array"
    pandas = "object"
    is_nested = True

    @property
    def _delimiter(self) -> str:
        stated = self.field.get("delimiter")
        return stated if isinstance(stated, str) and stated else ","

    @property
    def item(self) -> FieldType:
        """The type of an item."""
        name = self.field.get("itemType")
        if name not in ITEM_TYPES:
            return String({"name": "item"})
        made: FieldType = import_module(f"{__package__}.{name}").TYPE(
            {"name": "item", "type": name}
        )
        return made

    @property
    def form(self) -> Form:
        """A list, with the type of its items if it is not text."""
        usual, name = super().form, self.item.name
        return usual if name == "string" else Form("", f"a list of the type {name}")

    def property_faults(self) -> Iterator[tuple[str, str]]:
        """An empty delimiter, or items of another type."""
        if self.field.get("delimiter") == "":
            yield "delimiter", "the delimiter of the list is empty"
        name = self.field.get("itemType")
        if name is not None and name not in ITEM_TYPES:
            yield "itemType", f'the itemType "{name}" is none of {", ".join(ITEM_TYPES)}'

    @property
    def judge(self) -> Judge:
        """The keys of the items."""
        return partial(_key, self.item, self._delimiter)

    @property
    def reader(self) -> Callable[[str], Any]:
        """The values of the items."""
        return partial(_read, self.item, self._delimiter)

    @property
    def to_column(self) -> Callable[[Any], Any]:
        """The items as a column of their type has them."""
        return self._columns

    def _columns(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise TypeError(value)
        return self.item.column_values(value)

    @property
    def identity(self) -> Callable[[str], Any]:
        """The keys of the items."""
        return self._by_key

    def arrow_type(self, arrow: Any) -> Any:
        """A list of the type of the items."""
        return arrow.list_(self.item.arrow_type(arrow))

    def polars_type(self, polars: Any) -> Any:
        """A list of the type of the items."""
        return polars.List(self.item.polars_type(polars))

    @property
    def size(self) -> Callable[[str], int]:
        """The number of items."""
        delimiter = self._delimiter
        return lambda text: text.count(delimiter) + 1

    @property
    def size_words(self) -> tuple[str, str]:
        """Items are counted."""
        return "item", "items"

    def accepts(self, stated: Any) -> bool:
        """Whether a value is a list of such items, in JSON or as text."""
        if isinstance(stated, list):
            return all(self.item.accepts(one) for one in stated)
        return isinstance(stated, str) and self.judge(stated) is not None

    def compared_value(self, stated: Any) -> str:
        """The keys of the items."""
        if isinstance(stated, list):
            return shortened_key(write_json([self.item.equal_value(one) for one in stated]))
        key = self.judge(str(stated))
        return json_key(stated) if key is None else key

    def shown_value(self, stated: Any) -> str:
        """The items with the delimiter between them."""
        return self._delimiter.join(map(str, stated)) if isinstance(stated, list) else str(stated)

    def write(self, value: Any) -> str:
        """The items with a comma between them, or as JSON if an item has a comma."""
        if not isinstance(value, list):
            return str(value)
        items = [self.item.write(one) for one in value]
        return write_json(items) if any("," in one for one in items) else ",".join(items)


def _key(item: FieldType, delimiter: str, text: str) -> str | None:
    """The key of a list; None if an item is not of its type."""
    found = []
    for part in text.split(delimiter):
        if not item.reads(part):
            return None
        found.append(item.equal_value(part))
    return shortened_key(write_json(found))


def _read(item: FieldType, delimiter: str, text: str) -> list[Any]:
    """The values of a list. Raises ValueError if an item is not of its type."""
    parts, read = text.split(delimiter), item.reader
    if not all(map(item.reads, parts)):
        raise ValueError(text)
    return parts if read is None else [read(part) for part in parts]


TYPE = List
