"""The JSON Schemas of what the commands print: closed objects, described field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..tabular.jsontext import JsonObject
from .schemas import DIALECT_2020_12

#: Fields in order: JSON type, whether it may be null, meaning.
Fields = Mapping[str, tuple[str, bool, str]]


def object_schema(fields: Fields) -> JsonObject:
    """The JSON Schema of an object with these fields."""
    return {
        "type": "object",
        "properties": {
            name: {"type": [kind, "null"] if null else kind, "description": meaning}
            for name, (kind, null, meaning) in fields.items()
        },
        "required": list(fields),
        "additionalProperties": False,
    }


def output_schema(
    facts: Mapping[str, str], properties: Mapping[str, Any], definitions: Mapping[str, Any]
) -> JsonObject:
    """The JSON Schema of a whole output; all its properties are required.

    `facts` are its `$id`, its title and, if there is one, its description.
    """
    return {
        "$schema": DIALECT_2020_12,
        **facts,
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(definitions),
    }


def list_of(definition: str, description: str = "") -> JsonObject:
    """The JSON Schema of a list whose items are as one of the definitions says."""
    words = {"description": description} if description else {}
    return {"type": "array", **words, "items": {"$ref": f"#/$defs/{definition}"}}
