"""The canonical form of a package: row order, quoting, line ends, date bounds, code lists, seals."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..record import edtf, vocabulary
from .checks import file as octet_checks
from .checks.descriptor import profile_of
from .checks.scope import check_resource
from .engine.compile import kind
from .engine.sql import ROW, identifier
from .engine.sqlite import Sqlite
from .findings import CannotRun, Finding
from .package.package import JsonObject, Package, Resource
from .sources.csv import LoadedTable, dialect, load

#: Faults of a file that rewriting it mends; any other fault leaves the file as it is.
MENDED = frozenset({"bom", "line-end", "blank-row"})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file that is not in canonical form: its path, its canonical bytes, what differs."""

    path: str
    content: bytes
    what: str


@dataclass(slots=True)
class Plan:
    """What `fmt` would do: the files to rewrite, and the faults that it cannot mend."""

    changes: list[Rewrite] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(package: Package) -> Plan:
    """What has to change for a package to be in canonical form. Raises CannotRun for bad use."""
    result = Plan(findings=list(package.faults))
    contents: dict[str, bytes] = {}
    for resource in package.resources:
        content = _table(package, resource, result)
        if content is not None:
            contents[resource.name] = content
    _schemas(package, contents, result)
    _descriptor(package, contents, result)
    return result


def _table(package: Package, resource: Resource, result: Plan) -> bytes | None:
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
    bounded = _bound_dates(resource, rows)
    ordered = _sort(resource, bounded)
    content = _write(resource, ordered)
    if content != before:
        what = []
        if bounded != rows:
            what.append("date bounds")
        if ordered != bounded:
            what.append("row order")
        result.changes.append(
            Rewrite(resource.path, content, ", ".join(what) or "quoting or line ends")
        )
    return content


def _rows(resource: Resource) -> tuple[list[list[str]], list[Finding]]:
    engine = Sqlite()
    try:
        table: LoadedTable = load(resource, engine)
        faults = [f for f in octet_checks.check(table) if f.rule not in MENDED]
        columns = ", ".join(map(identifier, resource.field_names))
        sql = f"SELECT {columns} FROM {identifier(resource.name)} ORDER BY {ROW}"
        rows = [["" if cell is None else cell for cell in row] for row in engine.query(sql)]
    finally:
        engine.close()
    return rows, faults


def _bound_dates(resource: Resource, rows: list[list[str]]) -> list[list[str]]:
    names = resource.field_names
    triples = [
        (names.index(name), names.index(f"{stem}_earliest"), names.index(f"{stem}_latest"))
        for name in names
        if name.endswith("_edtf")
        and f"{(stem := name[:-5])}_earliest" in names
        and f"{stem}_latest" in names
    ]
    bounded = [list(row) for row in rows]
    for row in bounded:
        for date, earliest, latest in triples:
            try:
                first, last = edtf.bounds(row[date]) if row[date] else (None, None)
            except ValueError:
                continue  # validation says what is wrong with it
            row[earliest] = first.isoformat() if first else ""
            row[latest] = last.isoformat() if last else ""
    return bounded


def _sort(resource: Resource, rows: list[list[str]]) -> list[list[str]]:
    names = resource.field_names
    places = [names.index(name) for name in resource.primary_key if name in names]
    numeric = {i for i, entry in enumerate(resource.fields) if kind(entry)[0] == "integer"}

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


def _write(resource: Resource, rows: list[list[str]]) -> bytes:
    form = dialect(resource)
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=form["delimiter"], lineterminator=form["lineTerminator"] or "\n"
    )
    writer.writerow(resource.field_names)
    writer.writerows(rows)
    return text.getvalue().encode(resource.encoding)


def _schemas(package: Package, contents: dict[str, bytes], result: Plan) -> None:
    """Code lists of the schema files, from the package's own table of codes."""
    if profile_of(package) is None or "codes" not in contents:
        return
    vocabularies = vocabulary.parse(io.StringIO(contents["codes"].decode("utf-8"), newline=""))
    for resource in package.resources:
        if resource.schema_path is None:
            continue
        schema = copy.deepcopy(resource.schema)
        vocabulary.fill(schema, vocabularies)
        if schema != resource.schema:
            result.changes.append(Rewrite(resource.schema_path, as_json(schema), "code lists"))


def _descriptor(package: Package, contents: dict[str, bytes], result: Plan) -> None:
    """Hash and size of each table: all of them where the profile asks for it, else those stated."""
    descriptor = copy.deepcopy(package.descriptor)
    always = profile_of(package) is not None
    sealed = []
    for entry in descriptor["resources"]:
        content = contents.get(entry.get("name"))
        if content is None:
            continue
        for name, value in _seal(content):
            if (always or name in entry) and entry.get(name) != value:
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
