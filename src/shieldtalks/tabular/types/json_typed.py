"""What the types whose cells are JSON have in common: object, array and geojson."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ..jsontext import JsonObject
from .base import FieldType, Judge
from .json_value import json_key, read_json, write_json


class JsonTyped(FieldType):
    """A type of values that are written as JSON. Two are equal if they are as JSON: order of keys aside."""

    has_many_spellings = True
    stores_values = False
    pandas = "object"
    #: The Python type of a value.
    holds: ClassVar[type]
    is_nested = True

    def is_value(self, value: Any) -> bool:
        """Whether a value of JSON is one of the type."""
        return isinstance(value, self.holds)

    @property
    def judge(self) -> Judge:
        """The value in a form in which equal values are equal texts."""
        return self._judged

    def _judged(self, text: str) -> str | None:
        try:
            return json_key(self._read(text))
        except ValueError:
            return None

    def _read(self, text: str) -> Any:
        value = read_json(text)
        if not self.is_value(value):
            raise ValueError(text)
        return value

    @property
    def reader(self) -> Callable[[str], Any]:
        """The value of the JSON."""
        return self._read

    @property
    def to_column(self) -> Callable[[Any], Any]:
        """The value as JSON: a typed column has it as text."""
        return self.write

    def frame_values(self, values: list[Any]) -> list[Any]:
        """The values themselves."""
        return values

    @property
    def identity(self) -> Callable[[str], Any]:
        """The key of the value."""
        return self._by_key

    def plain_field(self) -> JsonObject:
        """The field itself: JSON has one form."""
        return self.field

    @property
    def size(self) -> Callable[[str], int]:
        """The number of items, or of keys."""
        return lambda text: len(self._read(text))

    def accepts(self, stated: Any) -> bool:
        """Whether a value is of the type, in JSON or as text."""
        if isinstance(stated, str):
            return self._judged(stated) is not None
        return self.is_value(stated)

    def compared_value(self, stated: Any) -> str:
        """The key of the value."""
        key = self._judged(stated) if isinstance(stated, str) else json_key(stated)
        return str(stated) if key is None else key

    def shown_value(self, stated: Any) -> str:
        """The value as JSON."""
        return self.write(stated)

    def write(self, value: Any) -> str:
        """The value as JSON; a text as it is."""
        return value if isinstance(value, str) else write_json(value)
