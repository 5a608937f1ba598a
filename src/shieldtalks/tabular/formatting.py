"""The canonical form of a package: row order, quoting, line endings, hash and size of each file.

The caller passes in what else can be computed for its kind of package: cells and schemas.
"""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .checks import file as file_checks
from .checks.scope import check_resource
from .engine.sql import ROW, identifier
from .engine.sqlite import Sqlite
from .findings import CannotRun, Finding
from .jsontext import JsonObject
from .package import Package, Resource
from .sources.csv import LoadedTable, load
from .types import type_of

#: Faults that rewriting a file fixes. A file with any other fault is not rewritten.
FIXABLE = frozenset({"bom", "line-end", "blank-row"})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file that is not in canonical form: its path, its canonical content, and what differs."""

    path: str
    content: bytes
    what: str


#: The cells of a table as text, row by row.
Cells = list[list[str]]


def _same_cells(resource: Resource, rows: Cells) -> Cells:
    del resource
    return rows


def _no_schemas(
    package: Package, contents: Mapping[str, bytes]
) -> Iterator[tuple[Resource, JsonObject]]:
    del package, contents
    return iter(())


@dataclass(frozen=True, slots=True)
class Additions:
    """What is computed for a kind of package: cells and schemas, with a name for each."""

    #: The rows of a table with the computed cells filled in.
    cells: Callable[[Resource, Cells], Cells] = _same_cells
    cells_words: str = ""
    #: Each table with the schema that it should have, computed from the content of all tables.
    schemas: Callable[[Package, Mapping[str, bytes]], Iterator[tuple[Resource, JsonObject]]] = (
        _no_schemas
    )
    schemas_words: str = ""
    #: Whether each table gets a hash and a size, even if the descriptor has none.
    seals_all: bool = False


@dataclass(slots=True)
class Plan:
    """What `fmt` would do: the files to rewrite, and the faults that it cannot fix."""

    changes: list[Rewrite] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(package: Package, additions: Additions | None = None) -> Plan:
    """The changes that bring a package into canonical form. Raises CannotRun if a file is unreadable."""
    chosen = additions or Additions()
    result = Plan(findings=list(package.faults))
    contents: dict[str, bytes] = {}
    for resource in package.resources:
        content = _table(package, resource, result, chosen)
        if content is not None:
            contents[resource.name] = content
    _schemas(package, contents, result, chosen)
    _descriptor(package, contents, result, seals_all=chosen.seals_all)
    return result


def _table(
    package: Package, resource: Resource, result: Plan, additions: Additions
) -> bytes | None:
    """The canonical content of one table; None if a fault prevents it."""
    faults = list(check_resource(package, resource))
    if not faults:
        try:
            rows, faults = _rows(resource)
        except OSError as error:
            raise CannotRun(
                f"the file {resource.file} cannot be read ({error.strerror})"
            ) from error
    if faults:
        result.findings += faults
        return None
    before = resource.file.read_bytes()
    filled = additions.cells(resource, rows)
    ordered = _sort(resource, filled)
    content = _write(resource, ordered)
    if content != before:
        what = []
        if filled != rows:
            what.append(additions.cells_words)
        if ordered != filled:
            what.append("row order")
        result.changes.append(
            Rewrite(resource.path, content, ", ".join(what) or "quoting or line endings")
        )
    return content


def _rows(resource: Resource) -> tuple[Cells, list[Finding]]:
    engine = Sqlite()
    try:
        table: LoadedTable = load(resource, engine)
        faults = [f for f in file_checks.check(table) if f.rule not in FIXABLE]
        columns = ", ".join(map(identifier, resource.field_names))
        sql = f"SELECT {columns} FROM {identifier(resource.name)} ORDER BY {ROW}"
        rows = [["" if cell is None else cell for cell in row] for row in engine.query(sql)]
    finally:
        engine.close()
    return rows, faults


def _sort(resource: Resource, rows: Cells) -> Cells:
    names = resource.field_names
    places = [names.index(name) for name in resource.primary_key if name in names]
    numeric = {i for i, entry in enumerate(resource.fields) if type_of(entry).sorts_as_number}

    def key(row: list[str]) -> list[tuple[int, int, str]]:
        return [_sort_key(row[place], number=place in numeric) for place in places]

    return sorted(rows, key=key) if places else rows


def _sort_key(cell: str, *, number: bool) -> tuple[int, int, str]:
    if number:
        try:
            return 0, int(cell), cell
        except ValueError:
            pass
    return 1, 0, cell


def _write(resource: Resource, rows: Cells) -> bytes:
    dialect = resource.dialect
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=dialect.delimiter, lineterminator=dialect.line_terminator or "\n"
    )
    writer.writerow(resource.field_names)
    writer.writerows(rows)
    return text.getvalue().encode(resource.encoding)


def _schemas(
    package: Package, contents: dict[str, bytes], result: Plan, additions: Additions
) -> None:
    """Plan a rewrite of each schema file that differs from the computed schema."""
    for resource, schema in additions.schemas(package, contents):
        if resource.schema_path is not None and schema != resource.schema:
            result.changes.append(
                Rewrite(resource.schema_path, as_json(schema), additions.schemas_words)
            )


def _descriptor(
    package: Package, contents: dict[str, bytes], result: Plan, *, seals_all: bool
) -> None:
    """Plan new hashes and sizes in the descriptor: for all tables, or only where it has them already."""
    descriptor = copy.deepcopy(package.descriptor)
    updated = []
    for entry in descriptor["resources"]:
        content = contents.get(entry.get("name"))
        if content is None:
            continue
        for name, value in _hash_and_size(content):
            if (seals_all or name in entry) and entry.get(name) != value:
                entry[name] = value
                updated.append(entry["name"])
    if updated:
        names = ", ".join(dict.fromkeys(updated))
        result.changes.append(
            Rewrite(package.file.name, as_json(descriptor), f"hash and size of {names}")
        )


def _hash_and_size(content: bytes) -> Iterator[tuple[str, Any]]:
    yield "hash", f"sha256:{hashlib.sha256(content).hexdigest()}"
    yield "bytes", len(content)


def as_json(value: JsonObject) -> bytes:
    """A descriptor or a schema as the content of its file."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
