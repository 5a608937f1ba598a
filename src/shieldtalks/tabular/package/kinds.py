"""What a resource of a package is: a table in one of several forms, or a file of any other kind."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..jsontext import JsonObject

#: The form of rows that are in the descriptor itself.
INLINE = "inline"

#: The forms of tables, by the words that `format` has for them, in small letters.
_FORMATS = {
    "csv": "csv",
    "tsv": "tsv",
    "json": "json",
    "geojson": "json",
    "topojson": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "jsonlines": "jsonl",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
    "parquet": "parquet",
    "parq": "parquet",
}

#: The same by media type.
_MEDIA_TYPES = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "text/json": "json",
    "application/geo+json": "json",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/x-jsonlines": "jsonl",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
}

#: Endings of files beside the formats.
_ENDINGS = {f".{word}": form for word, form in _FORMATS.items()} | {".txt": "csv"}

#: How a file is compressed, by its ending and by the words of `compression`.
_COMPRESSIONS = {".gz": "gz", ".gzip": "gz", ".zip": "zip"}
_COMPRESSION_WORDS = {"gz": "gz", "gzip": "gz", "zip": "zip"}

#: Endings of files that are compressed in a way that is not read.
OTHER_COMPRESSIONS = frozenset({".bz2", ".xz", ".zst", ".7z", ".tar", ".tgz"})

#: The formats and media types by which a resource without a schema is known as a table.
_TABLES = {"csv", "tsv"}


class DataFile(NamedTuple):
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
    if {"schema", "dialect"} & entry.keys() or entry.get("type") == "table":
        return True
    if is_inline(entry) and isinstance(entry["data"], list):
        return True
    if entry.get("type") is not None:
        return False
    if {"tabular-data-resource", "tabular-data-package"} & {
        str(given.get("profile")) for given in (entry, package)
    }:
        return True
    if isinstance(entry.get("format"), str):
        return str(entry["format"]).lower() in _TABLES
    return _media_form(entry) in _TABLES or any(
        _ENDINGS.get(_suffix(inner_name(entry, str(path)))) in _TABLES
        and not str(path).lower().endswith(".txt")
        for path in paths_of(entry)
    )


def paths_of(entry: JsonObject) -> list[Any]:
    """The paths of a resource: one, or several.

    The standard has a list of paths, and takes the `url` of version 0 for a path. frictionless-py writes
    the first path as `path` and the others as `extrapaths`.
    """
    path = entry.get(_key_of_path(entry))
    paths = path if isinstance(path, list) else [] if path is None else [path]
    more = entry.get("extrapaths")
    if not paths or not isinstance(more, list):
        return paths
    return [*paths, *(one for one in more if isinstance(one, str))]


def place_of_path(entry: JsonObject, number: int) -> tuple[str | int, ...]:
    """The place in a resource of one of its paths, counted from 0."""
    key = _key_of_path(entry)
    path = entry.get(key)
    own = len(path) if isinstance(path, list) else 1
    if number >= own:
        return ("extrapaths", number - own)
    return (key, number) if isinstance(path, list) else (key,)


def _key_of_path(entry: JsonObject) -> str:
    """The property with the path of a resource."""
    has_url = isinstance(entry.get("url"), str) and not {"path", "data"} & entry.keys()
    return "url" if has_url else "path"


def is_inline(entry: JsonObject) -> bool:
    """Whether the rows of a resource are in the descriptor."""
    return "data" in entry and not paths_of(entry)


def form_of(entry: JsonObject, path: str) -> str:
    """The form of the rows in one file of a table, such as `csv` or `xlsx`; "" if it is not known.

    The format decides, otherwise the ending of the file, otherwise the media type.
    """
    if is_inline(entry):
        return INLINE
    form = entry.get("format")
    if isinstance(form, str):
        return _FORMATS.get(form.lower(), "")
    suffix = _suffix(inner_name(entry, path))
    return _ENDINGS.get(suffix) or _media_form(entry)


def _media_form(entry: JsonObject) -> str:
    """The form that the media type of a resource states, whatever its parameters; "" if none is known."""
    stated = str(entry.get("mediatype")).partition(";")[0]
    return _MEDIA_TYPES.get(stated.strip().lower(), "")


def compression_of(entry: JsonObject, path: str) -> str:
    """How one file of a table is compressed: `gz`, `zip`, "" if it is not, else what it says."""
    if is_inline(entry):
        return ""
    stated = entry.get("compression")
    if isinstance(stated, str) and stated:
        word = stated.lower()
        return "" if word in ("no", "none") else _COMPRESSION_WORDS.get(word, word)
    suffix = _suffix(path)
    return suffix[1:] if suffix in OTHER_COMPRESSIONS else _COMPRESSIONS.get(suffix, "")


def inner_name(entry: JsonObject, path: str) -> str:
    """The name of a file by which its form is known: of the file in a zip, or without `.gz`."""
    inner = entry.get("innerpath")
    if isinstance(inner, str) and inner:
        return inner
    suffix = _suffix(path)
    return path[: -len(suffix)] if suffix in _COMPRESSIONS else path


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
