"""A delimited text in an unusual dialect, or with its columns in another order, written as a usual one.

Validation reads such a file as it is (see `exact_rows`). Whatever reads only rows (exports, frames,
`diff`) reads the copy that is made here: UTF-8, commas, RFC 4180, one header with the names of the fields
in the order of the schema.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..jsontext import dumps
from ..package import Resource
from ..package.schema import fields_match
from ..reading import state_of
from .exact_rows import ExactRows
from .fault import Fault
from .kept import Home, Kept
from .parts import first_record, headed

#: Properties of a resource that describe its own file, not the copy.
_OF_THE_FILE = frozenset({"format", "mediatype", "encoding", "dialect", "hash", "bytes"})

#: What stands for bytes that are no text, so that they are no text in the copy, too.
_NO_TEXT = "\udcff"


def is_standard(resource: Resource) -> bool:
    """Whether a reader that knows the delimiter finds the fields of a CSV file, each in its column."""
    if not resource.fields:
        return True
    dialect = resource.dialect
    if not dialect.is_usual:
        return False
    if fields_match(resource.schema) == "exact" and not dialect.ignores_case:
        return True
    names = resource.field_names
    return all(first_record(part) == names for part in resource.parts)


def standard(resource: Resource) -> Resource:
    """A CSV file that every reader reads: the table itself, or a temporary copy of it.

    Raises OSError or TooLarge if a file cannot be read.
    """
    if is_standard(resource):
        return resource
    stated = dumps(
        [resource.descriptor, resource.declared_dialect, resource.schema], sort_keys=True
    )
    key = (tuple((file, state_of(file)) for file in resource.files), stated)
    return _kept.get(key, lambda home: _copied(home, resource))


#: The copies.
_kept: Kept[Resource] = Kept(lambda copy: copy.files)


@dataclass(slots=True)
class _Noted:
    """Takes the faults of a table, and keeps those of the row that is read."""

    resource: Resource
    absent: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)

    def note(self, row: int | None, fault: Fault) -> None:
        """Note a fault of the structure."""
        del row
        self.rules.add(fault.rule)


def _copied(home: Home, resource: Resource) -> Resource:
    """The copy of a table, in one file."""
    file = home.path / "copy.csv"
    noted = _Noted(resource)
    _write(file, resource, noted)
    kept = {name: v for name, v in resource.descriptor.items() if name not in _OF_THE_FILE}
    described = kept | {"format": "csv", "encoding": "utf-8", "compression": "no"}
    # A field without a column has empty cells, which are no value whatever the schema says.
    fields = [
        entry | {"missingValues": [*words, ""]}
        if entry["name"] in noted.left_out and not words
        else entry
        for entry, words in zip(resource.fields, resource.missing, strict=True)
    ]
    schema = {name: value for name, value in resource.schema.items() if name != "fieldsMatch"}
    return replace(
        resource,
        file=file,
        more=(),
        descriptor=described,
        schema=schema | {"fields": fields},
        held=home,
        dialect_path=None,
    )


def _write(file: Path, resource: Resource, noted: _Noted) -> None:
    with file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(resource.field_names)
        writer.writerows(_without_null(resource, rows_of(resource, noted)))


def _without_null(resource: Resource, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows, with an empty cell for the `nullSequence` of the dialect where that has no value."""
    null = resource.dialect.null_sequence
    if not null:
        return rows
    empty = ["" if "" in words else null for words in resource.missing] + [null]
    return (
        [empty[min(n, len(empty) - 1)] if cell == null else cell for n, cell in enumerate(row)]
        for row in rows
    )


def rows_of(resource: Resource, noted: _Noted | None = None) -> Iterator[list[str]]:
    """The rows of all files, in any dialect. A fault that a reader of the copy must see stays one."""
    noted = noted or _Noted(resource)
    exact, before = ExactRows(noted), 0
    is_headed = headed(resource) if resource.more else [resource.dialect.has_header]
    for part, has_header in zip(resource.parts, is_headed, strict=True):
        noted.rules.clear()
        for cells in exact.rows(part, before=before, is_headed=has_header):
            if "encoding" in noted.rules:
                cells = [cell.replace("\ufffd", _NO_TEXT) for cell in cells]
            if "extra-cell" in noted.rules:
                cells.append("")
            noted.rules.clear()
            yield cells
        before += exact.starts.rows
