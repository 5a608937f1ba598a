"""A quick check of a document against a JSON Schema that uses few keywords.

The import of jsonschema takes longer than everything else. If a document is valid, this check makes
the import unnecessary. It answers yes, no or "not sure"; jsonschema then finds the faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..jsontext import JsonObject


class _Unsure(Exception):
    """A keyword, or a value of it, that only jsonschema can check."""


def holds(contract: JsonObject, value: Any) -> bool | None:
    """Whether a document follows a JSON Schema; None if this check is not sure."""
    try:
        return _holds(contract, value, contract)
    except (_Unsure, RecursionError):
        return None


def _holds(part: Any, value: Any, root: JsonObject) -> bool:
    if not isinstance(part, dict):
        raise _Unsure
    return all(
        _keeps(keyword, wanted, part, value, root)
        for keyword, wanted in part.items()
        if keyword not in _NOTES
    )


def _keeps(keyword: str, wanted: Any, part: JsonObject, value: Any, root: JsonObject) -> bool:
    """Whether a value follows one keyword of a part of a JSON Schema."""
    if keyword in _OF_PARTS:
        return _OF_PARTS[keyword](wanted, part, value, root)
    if keyword not in _OF_VALUES:
        raise _Unsure
    kind, keeps = _OF_VALUES[keyword]
    return not _is(kind, value) or keeps(wanted, value)


def _is(kind: Any, value: Any) -> bool:
    if kind not in _TYPES or (isinstance(value, float) and kind == "number"):
        raise _Unsure
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _equals(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, str):
        raise _Unsure  # in Python, True equals 1
    return bool(wanted == value)


def _unique(wanted: Any, value: list[Any]) -> bool:
    if wanted is not True or not all(isinstance(item, str) for item in value):
        raise _Unsure
    return len(set(value)) == len(value)


def _referred(wanted: Any, value: Any, root: JsonObject) -> bool:
    name = str(wanted).removeprefix("#/$defs/")
    if name not in root.get("$defs", {}) or f"#/$defs/{name}" != wanted:
        raise _Unsure
    return _holds(root["$defs"][name], value, root)


def _conditional(wanted: Any, part: JsonObject, value: Any, root: JsonObject) -> bool:
    return not _holds(wanted, value, root) or _holds(part.get("then", {}), value, root)


#: Keywords that do not restrict a value by themselves.
_NOTES = {"$schema", "$id", "$defs", "title", "description", "then"}

_TYPES: dict[Any, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": int,
}

#: Keywords about values of one type: the type, and the test.
_OF_VALUES: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "required": ("object", lambda wanted, value: all(name in value for name in wanted)),
    "minProperties": ("object", lambda wanted, value: len(value) >= wanted),
    "minItems": ("array", lambda wanted, value: len(value) >= wanted),
    "maxItems": ("array", lambda wanted, value: len(value) <= wanted),
    "uniqueItems": ("array", _unique),
    "minLength": ("string", lambda wanted, value: len(value) >= wanted),
    "maxLength": ("string", lambda wanted, value: len(value) <= wanted),
    "pattern": ("string", lambda wanted, value: re.search(wanted, value) is not None),
    "minimum": ("number", lambda wanted, value: bool(value >= wanted)),
}

#: Keywords that contain other parts of the JSON Schema, or that apply to values of any type.
_OF_PARTS: dict[str, Callable[[Any, JsonObject, Any, JsonObject], bool]] = {
    "type": lambda wanted, _part, value, _root: any(
        _is(kind, value) for kind in (wanted if isinstance(wanted, list) else [wanted])
    ),
    "const": lambda wanted, _part, value, _root: _equals(wanted, value),
    "enum": lambda wanted, _part, value, _root: any(_equals(known, value) for known in wanted),
    "$ref": lambda wanted, _part, value, root: _referred(wanted, value, root),
    "not": lambda wanted, _part, value, root: not _holds(wanted, value, root),
    "if": _conditional,
    "allOf": lambda wanted, _part, value, root: all(_holds(one, value, root) for one in wanted),
    "anyOf": lambda wanted, _part, value, root: any(_holds(one, value, root) for one in wanted),
    "items": lambda wanted, _part, value, root: (
        not isinstance(value, list) or all(_holds(wanted, item, root) for item in value)
    ),
    "contains": lambda wanted, _part, value, root: (
        not isinstance(value, list) or any(_holds(wanted, item, root) for item in value)
    ),
    "properties": lambda wanted, _part, value, root: (
        not isinstance(value, dict)
        or all(_holds(one, value[name], root) for name, one in wanted.items() if name in value)
    ),
}
