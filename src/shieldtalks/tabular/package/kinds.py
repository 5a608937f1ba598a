"""What a resource of a package is: a table, or a file of any other kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..jsontext import JsonObject

#: The formats, media types and endings by which a resource is known as a table.
_FORMATS = {"csv", "tsv"}
_MEDIA_TYPES = {"text/csv", "text/tab-separated-values"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a package that is no table, such as a text, a picture or a map."""

    name: str
    #: The path in the descriptor, relative to the package's folder.
    path: str
    file: Path
    descriptor: JsonObject
    #: Whether the resource consists of this file only.
    alone: bool = True


def is_table(entry: JsonObject, package: JsonObject) -> bool:
    """Whether an entry of `resources` is a table.

    A resource without `type` is a file of no specific kind (Data Resource, v2), unless it has a schema
    or a dialect, or its profile (v1), format, media type or path is that of a table.
    """
    if {"schema", "dialect", "data"} & entry.keys() or entry.get("type") == "table":
        return True
    if entry.get("type") is not None:
        return False
    if {"tabular-data-resource", "tabular-data-package"} & {
        str(given.get("profile")) for given in (entry, package)
    }:
        return True
    if isinstance(entry.get("format"), str):
        return str(entry["format"]).lower() in _FORMATS
    return entry.get("mediatype") in _MEDIA_TYPES or any(
        str(path).lower().endswith((".csv", ".tsv")) for path in paths_of(entry)
    )


def paths_of(entry: JsonObject) -> list[Any]:
    """The paths of a resource: one, or several."""
    path = entry.get("path")
    return path if isinstance(path, list) else [] if path is None else [path]
