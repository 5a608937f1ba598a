"""Descriptions as JSON, and the JSON Schema of this output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from ...tabular.package import Package
from ..output_schemas import list_of, output_schema
from .shape import Description


def json_value(package: Package, described: Sequence[Description]) -> dict[str, Any]:
    """The JSON value of `show --format json`: name and version of the package, and the descriptions."""
    return {
        "package": {"name": package.name, "version": package.version},
        "records": [asdict(one) for one in described],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of `show --format json`."""
    record = TypeAdapter(Description).json_schema()
    shapes = record.pop("$defs")
    text = {"type": ["string", "null"]}
    properties = {
        "package": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "version": text},
            "required": ["name", "version"],
            "additionalProperties": False,
        },
        "records": list_of("Description"),
    }
    facts = {
        "$id": "urn:shieldtalks:schema:show:2",
        "title": "Records in words, from shieldtalks show",
    }
    definitions = {
        name: shape | {"additionalProperties": False}
        for name, shape in sorted((shapes | {"Description": record}).items())
    }
    return output_schema(facts, properties, definitions)
