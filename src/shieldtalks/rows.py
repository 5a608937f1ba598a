"""The rows of a table with their values: integers and numbers as such, missing = None."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any

from .engine.compile import kind
from .engine.reader import dialect, missing_values
from .package import JsonObject, Resource


def rows(resource: Resource) -> Iterator[dict[str, Any]]:
    """Each row in order: value by field name. A value that does not fit its type stays text."""
    encoding = str(resource.descriptor.get("encoding") or "utf-8")
    columns = [(field["name"], _convert(resource, field)) for field in resource.fields]
    with resource.file.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=dialect(resource)["delimiter"])
        next(reader, None)
        for cells in reader:
            padded = cells + [""] * (len(columns) - len(cells))
            yield {
                name: convert(cell) for (name, convert), cell in zip(columns, padded, strict=False)
            }


def _convert(resource: Resource, field: JsonObject) -> Callable[[str], Any]:
    missing = frozenset(missing_values(resource.schema, field))
    make = _MAKERS.get(kind(field)[0])

    def convert(cell: str) -> Any:
        if cell in missing:
            return None
        if make is None:
            return cell
        try:
            return make(cell)
        except (ValueError, KeyError):
            return cell

    return convert


_BOOLEANS = dict.fromkeys(("true", "True", "TRUE", "1"), True) | dict.fromkeys(
    ("false", "False", "FALSE", "0"), False
)

_MAKERS: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "year": int,
    "number": float,
    "boolean": _BOOLEANS.__getitem__,
}
