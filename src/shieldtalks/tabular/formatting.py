"""The canonical form of a package: row order, quoting, line ends, hash and size of each file.

What a kind of package derives beyond that (cells, schemas) is handed in by the caller.
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

#: Faults of a file that rewriting it mends; any other fault leaves the file as it is.
MENDED = frozenset({"bom", "line-end", "blank-row"})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file that is not in canonical form: its path, its canonical bytes, what differs."""

    path: str
    content: bytes
    what: str


#: The cells of a table, row by row, as text.
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
    """What a kind of package derives: cells of a table, schemas; and the words for each."""

    #: The rows of a table with the derived cells filled in.
    cells: Callable[[Resource, Cells], Cells] = _same_cells
    cells_words: str = ""
    #: Each table with the schema that it should have, from the canonical bytes of all tables.
    schemas: Callable[[Package, Mapping[str, bytes]], Iterator[tuple[Resource, JsonObject]]] = (
        _no_schemas
    )
    schemas_words: str = ""
    #: Whether every table gets a hash and a size, also where the descriptor states none.
    seals_all: bool = False


@dataclass(slots=True)
class Plan:
    """What `fmt` would do: the files to rewrite, and the faults that it cannot mend."""

    changes: list[Rewrite] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(package: Package, additions: Additions | None = None) -> Plan:
    """What has to change for a package to be in canonical form. Raises CannotRun for bad use."""
    more = additions or Additions()
    result = Plan(findings=list(package.faults))
    contents: dict[str, bytes] = {}
    for resource in package.resources:
        content = _table(package, resource, result, more)
        if content is not None:
            contents[resource.name] = content
    _schemas(package, contents, result, more)
    _descriptor(package, contents, result, seals_all=more.seals_all)
    return result


def _table(
    package: Package, resource: Resource, result: Plan, additions: Additions
) -> bytes | None:
    """The canonical bytes of one table; None where a fault keeps it from being rewritten."""
    faults = list(check_resource(package, resource))
    if not faults:
        try:
            rows, faults = _rows(resource)
        except OSError as error:
            raise CannotRun(f"{resource.file}: cannot be read ({error.strerror})") from error
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
            Rewrite(resource.path, content, ", ".join(what) or "quoting or line ends")
        )
    return content


def _rows(resource: Resource) -> tuple[Cells, list[Finding]]:
    engine = Sqlite()
    try:
        table: LoadedTable = load(resource, engine)
        faults = [f for f in file_checks.check(table) if f.rule not in MENDED]
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
    form = resource.dialect
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=form.delimiter, lineterminator=form.line_terminator or "\n")
    writer.writerow(resource.field_names)
    writer.writerows(rows)
    return text.getvalue().encode(resource.encoding)


def _schemas(
    package: Package, contents: dict[str, bytes], result: Plan, additions: Additions
) -> None:
    """The schema files that are not as they should be."""
    for resource, schema in additions.schemas(package, contents):
        if resource.schema_path is not None and schema != resource.schema:
            result.changes.append(
                Rewrite(resource.schema_path, as_json(schema), additions.schemas_words)
            )


def _descriptor(
    package: Package, contents: dict[str, bytes], result: Plan, *, seals_all: bool
) -> None:
    """Hash and size of each table: of all where `seals_all` says so, else those that are stated."""
    descriptor = copy.deepcopy(package.descriptor)
    sealed = []
    for entry in descriptor["resources"]:
        content = contents.get(entry.get("name"))
        if content is None:
            continue
        for name, value in _seal(content):
            if (seals_all or name in entry) and entry.get(name) != value:
                entry[name] = value
                sealed.append(entry["name"])
    if sealed:
        names = ", ".join(dict.fromkeys(sealed))
        result.changes.append(
            Rewrite(package.file.name, as_json(descriptor), f"hash and bytes of {names}")
        )


def _seal(content: bytes) -> Iterator[tuple[str, Any]]:
    yield "hash", f"sha256:{hashlib.sha256(content).hexdigest()}"
    yield "bytes", len(content)


def as_json(value: JsonObject) -> bytes:
    """A descriptor or a schema as it stands in a file."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
