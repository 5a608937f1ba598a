"""The types of Table Schema: one module for each says all that the program knows about the type.

To add a type, write a module with a subclass of `FieldType`, called `TYPE`, and add its name here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module

from ..jsontext import JsonObject
from ..package.schema import kind
from .base import FieldType
from .string import String

__all__ = ["TYPES", "FieldType", "is_supported", "type_of"]

#: The module of each type, which has its name.
_MODULES = (
    "string",
    "boolean",
    "number",
    "integer",
    "date",
    "time",
    "datetime",
    "year",
    "yearmonth",
    "duration",
    "object",
    "array",
    "list",
    "geopoint",
    "geojson",
    "any",
)


class _Types(MutableMapping[str, type[FieldType]]):
    """Types by their names. The module of a type is imported when the type is first used."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known: dict[str, type[FieldType] | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> type[FieldType]:
        known = self._known[name]
        if known is None:
            known = self._known[name] = import_module(f"{__name__}.{name}").TYPE
        return known

    def __setitem__(self, name: str, type_: type[FieldType]) -> None:
        self._known[name] = type_

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def in_use(self) -> list[type[FieldType]]:
        """The types that were used so far; the others have no pattern that anything could ask for."""
        return [type_ for type_ in self._known.values() if type_ is not None]


#: The supported types, by their names in Table Schema.
TYPES = _Types(_MODULES)


def type_of(field: JsonObject) -> FieldType:
    """A field as its type; as a string if its type is not supported."""
    return TYPES.get(kind(field)[0], String)(field)


def is_supported(field: JsonObject) -> bool:
    """Whether a field's type is supported, and the type has the field's format."""
    if kind(field)[0] not in TYPES:
        return False
    try:
        return bool(type_of(field).form)
    except KeyError:
        return False
