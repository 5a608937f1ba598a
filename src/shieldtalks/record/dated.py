"""What the ledger and the positions share: both show rows as of a date and as known by a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..tabular.jsontext import JsonObject, visible
from ..tabular.package import Package
from .output_schemas import list_of, output_schema


def shown_dates(as_of: str | None, known_by: str | None) -> list[str]:
    """The dates in words; none for a date that does not limit anything."""
    dates = [f"as of {as_of}"] if as_of else []
    return [*dates, *([f"known by {known_by}"] if known_by else [])]


def values(row: object, fields: Iterable[str]) -> JsonObject:
    """The values of these fields of a row."""
    return {name: getattr(row, name) for name in fields}


def document(
    package: Package,
    as_of: str | None,
    known_by: str | None,
    name: str,
    rows: Iterable[JsonObject],
) -> str:
    """The JSON document of the rows; the dates are ISO days, or None for no limit."""
    head = {
        "package": {"name": package.name, "version": package.version},
        "as_of": as_of,
        "known_by": known_by,
    }
    return visible(head | {name: list(rows)}) + "\n"


def document_schema(
    facts: Mapping[str, str], done: str, name: str, definitions: Mapping[str, Any], row: str
) -> JsonObject:
    """The JSON Schema of such a document.

    `facts` are its `$id`, title and description; `done` is what must be done by the first date; the
    rows are under `name`, and each is as `row` among the definitions says.
    """
    day = {"type": ["string", "null"], "format": "date"}
    package = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "version": {"type": ["string", "null"]}},
        "required": ["name", "version"],
    }
    properties = {
        "package": package,
        "as_of": day | {"description": f"What had been {done} by this day counts; null: no limit."},
        "known_by": day
        | {"description": "What had been published by this day counts; null: no limit."},
        name: list_of(row),
    }
    return output_schema(facts, properties, definitions)
