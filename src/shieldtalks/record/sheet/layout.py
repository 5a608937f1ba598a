"""The layout of a coding sheet as a JSON Schema, for editors that check and complete TOML files."""

from __future__ import annotations

from typing import Any

from ...tabular.jsontext import JsonObject
from ..schemas import DIALECT_2020_12
from .model import Sheet


def schema() -> JsonObject:
    """The JSON Schema of a coding sheet."""
    made: JsonObject = _plain(Sheet.model_json_schema(by_alias=True))
    return {
        "$schema": DIALECT_2020_12,
        "$id": "urn:shieldtalks:schema:sheet:1",
        "title": "A coding sheet",
        **made,
    }


def _plain(value: Any, *, names: bool = False) -> Any:
    """A schema without what says nothing about TOML: titles, and null, which TOML does not have.

    With `names`, the keys of the value are names of properties or definitions.
    """
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if names:
        return {name: _plain(one) for name, one in value.items()}
    kept = {
        name: _plain(one, names=name in ("properties", "$defs"))
        for name, one in value.items()
        if name != "title" and not (name == "default" and one is None)
    }
    kinds = [one for one in kept.get("anyOf", []) if one != {"type": "null"}]
    if len(kinds) == 1:
        del kept["anyOf"]
        return {**kinds[0], **kept}
    return {**kept, "anyOf": kinds} if kinds else kept
