"""Tables and their rows as Python values; a missing value is None."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..findings import CannotRun
from ..jsontext import JsonObject
from ..package import Resource
from ..package.dialect import clashes
from ..package.schema import missing_values
from ..reading import next_step, open_regular
from ..sources.forms import is_plain
from ..sources.parts import lines_of
from ..sources.plain import as_csv
from ..types import type_of

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package, unchanged, or one made from several tables."""

    name: str
    #: One line that says what a row is; "" if not stated.
    title: str
    #: Its Table Schema.
    schema: JsonObject
    #: Its rows in order: the Python value of each field by its name, None if it is missing.
    rows: Callable[[], Iterator[Row]]
    #: The table of the package with the same values; None if the table was made.
    resource: Resource | None = None

    @property
    def fields(self) -> list[JsonObject]:
        """The fields of the schema, in order."""
        return list(self.schema.get("fields", []))


#: What reading faulty files lost so far: rows with cells too many, and bytes that are no text.
_LOST: Counter[str] = Counter()


def _replace(error: UnicodeError) -> tuple[str, int]:
    _LOST["bytes"] += 1
    return "\ufffd", getattr(error, "end", 0)


#: As "replace", but counted.
_REPLACE = "shieldtalks.replace"
codecs.register_error(_REPLACE, _replace)


def lost() -> dict[str, int]:
    """How many rows with `cells` too many, and sequences of `bytes` that are no text, were read so far.

    The cells were left out, and each sequence became U+FFFD.
    """
    return dict(_LOST)


def rows(resource: Resource) -> Iterator[Row]:
    """The rows in order: value by field name. A value that does not fit its type stays text.

    Missing cells are empty. What is lost of a faulty file is counted (see `lost`).
    """
    check_readable(resource)
    resource = as_csv(resource)
    columns = [(field["name"], _convert(resource, field)) for field in resource.fields]
    reader = csv.reader(lines_of(resource, errors=_REPLACE), delimiter=resource.dialect.delimiter)
    next(reader, None)
    for cells in reader:
        padded = cells + [""] * (len(columns) - len(cells))
        if len(cells) > len(columns):
            _LOST["cells"] += 1
        yield {name: convert(cell) for (name, convert), cell in zip(columns, padded, strict=False)}


def check_readable(resource: Resource) -> None:
    """Raise CannotRun if a file, its encoding or its delimiter cannot be used."""
    check_file(resource)
    if not is_plain(resource):
        return
    declared, hint = resource.declared_dialect, "Run `shieldtalks validate` to see where."
    if isinstance(declared, dict) and list(clashes(declared, resource.dialect)):
        raise CannotRun(f'the table "{resource.name}" cannot be read: wrong dialect', hint)
    try:
        "".encode(resource.encoding)
    except (LookupError, ValueError) as error:
        message = f'the table "{resource.name}" cannot be read: there is no encoding "{resource.encoding}"'
        raise CannotRun(message, hint) from error


def check_file(resource: Resource) -> None:
    """Raise CannotRun if a file of a table does not exist or is no regular file."""
    for part in resource.parts:
        try:
            open_regular(part.file).close()
        except OSError as error:
            absent = isinstance(error, FileNotFoundError)
            why = "it does not exist" if absent else error.strerror
            message = f'the table "{resource.name}" cannot be read: {part.path} ({why})'
            raise CannotRun(message, next_step(error)) from error


def unchanged(resource: Resource) -> Table:
    """A table of a package, unchanged."""
    title = str(resource.descriptor.get("title") or resource.descriptor.get("description") or "")
    return Table(resource.name, title, resource.schema, partial(rows, resource), resource)


def _convert(resource: Resource, field: JsonObject) -> Callable[[str], Any]:
    missing = frozenset(missing_values(resource.schema, field))
    read = type_of(field).reader

    def convert(cell: str) -> Any:
        if cell in missing:
            return None
        if read is None:
            return cell
        try:
            return read(cell)
        except (ValueError, KeyError):
            return cell

    return convert
