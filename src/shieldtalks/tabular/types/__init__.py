"""The types of Table Schema: one module for each says all that the program knows about the type.

To add a type, write a module with a subclass of `FieldType`, called `TYPE`, and add its name here.
"""

from __future__ import annotations

from importlib import import_module

from ..jsontext import JsonObject
from ..package.schema import kind
from .base import FieldType
from .string import String

__all__ = ["TYPES", "FieldType", "is_supported", "type_of"]

#: The module of each type.
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

#: The supported types, by their names in Table Schema.
TYPES: dict[str, type[FieldType]] = {
    module.TYPE.name: module.TYPE
    for module in (import_module(f"{__name__}.{name}") for name in _MODULES)
}


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
