"""The canonical form of a package: row order, quoting, line endings, hash and size of each file.

The form changes, the content never: a table that cannot be rewritten without a loss stays as it is.
The caller passes in what else can be computed for its kind of package: cells and schemas.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO

from .checks import descriptor as descriptor_checks
from .checks import file as file_checks
from .checks.refused import fatal
from .checks.scope import check_resource
from .engine.sql import ROW, identifier
from .engine.sqlite import Sqlite
from .findings import Finding, Severity
from .jsontext import LARGEST_JSON, JsonObject, dumps
from .package import DataFile, Package, Resource
from .package.kinds import INLINE, is_inline
from .reading import next_step, read_bytes
from .rewriting import Cells as Cells
from .rewriting import NotLossless, cells_of, is_ordinary, same_cells, written
from .sources.csv import load
from .sources.forms import is_plain
from .sources.octets import LARGEST_ODD
from .types import type_of

#: Faults that rewriting a file fixes. A file with any other fault is not rewritten.
FIXABLE = frozenset({"bom", "line-end", "blank-row"})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file that is not in canonical form: its path, its canonical content, and what differs."""

    path: str
    content: bytes
    what: str


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
    #: What is left as it is although it has no fault, one sentence for each.
    notes: list[str] = field(default_factory=list)


def plan(package: Package, additions: Additions | None = None) -> Plan:
    """The changes that bring a package into canonical form.

    A table is left alone if validation would not read it: its meaning is not certain.
    """
    chosen = additions or Additions()
    result = Plan(findings=[*package.faults, *descriptor_checks.check(package)])
    for table in (table for table in package.bare if table.ambiguous):
        result.findings += check_resource(package, table)
    contents: dict[str, bytes] = {}
    sound = tuple(_sound(package, result.findings))
    for resource in sound:
        content = _table(package, resource, result, chosen)
        if content is not None:
            contents[resource.name] = content
    for resource, schema in chosen.schemas(replace(package, resources=sound), contents):
        if resource.schema_path is not None and schema != resource.schema:
            result.changes.append(
                Rewrite(resource.schema_path, as_json(schema), chosen.schemas_words)
            )
    _descriptor(package, contents, result, seals_all=chosen.seals_all)
    return result


def _sound(package: Package, findings: list[Finding]) -> Iterator[Resource]:
    """The tables whose descriptor can be trusted, with a name and a file of their own."""
    refused = {finding.table for finding in findings if finding.severity is Severity.FATAL}
    names = Counter(resource.name.casefold() for resource in package.resources)
    written = [table for table in package.resources if is_plain(table)]
    files = Counter(file.resolve() for table in written for file in table.files)
    for resource in package.resources:
        if resource.name in refused or names[resource.name.casefold()] > 1:
            continue
        if any(files[file.resolve()] > 1 for file in resource.files):
            message = "fmt does not rewrite a file that several tables share"
            findings.append(
                fatal(resource, "unsupported", message, "Give each table a file of its own.")
            )
            continue
        yield resource


def _table(
    package: Package, resource: Resource, result: Plan, additions: Additions
) -> bytes | None:
    """The canonical content of one table; None if a fault prevents it."""
    faults = list(check_resource(package, resource))
    result.findings += (fault for fault in faults if fault.severity is not Severity.WARNING)
    if any(fault.severity is Severity.FATAL for fault in faults):
        return None
    if resource.form == INLINE:
        result.notes.append(
            f'the table "{resource.name}" has its rows in the descriptor: they stay as they are'
        )
        return None
    if resource.more:
        files = ", ".join(part.path for part in resource.parts)
        result.notes.append(
            f'the table "{resource.name}" is in several files: {files} stay as they are'
        )
        return None
    try:
        return _canonical(resource, result, additions)
    except (OSError, ValueError) as error:
        result.findings.append(_not_rewritten(resource, error))
        return None


def _canonical(resource: Resource, result: Plan, additions: Additions) -> bytes | None:
    """The canonical content of a file; None if it has faults that rewriting does not fix.

    Raises OSError or ValueError if the file cannot be read, and NotLossless if it cannot be rewritten.
    """
    before = read_bytes(resource.file, LARGEST_ODD)
    if not is_ordinary(resource):
        if is_plain(resource):
            why = "is in a dialect of its own, or its columns are in another order"
            kept = f"{resource.path} stays as it is"
            result.notes.append(f'the table "{resource.name}" {why}: {kept}')
        return before
    rows, faults = _rows(resource, before)
    if faults:
        result.findings += faults
        return None
    filled = additions.cells(resource, rows)
    ordered = _sort(resource, filled)
    content = written(resource, ordered)
    if content != before:
        what = [additions.cells_words] if filled != rows else []
        what += ["row order"] if ordered != filled else []
        words = ", ".join(what) or "quoting or line endings"
        result.changes.append(Rewrite(resource.path, content, words))
    return content


def _not_rewritten(resource: Resource, error: OSError | ValueError) -> Finding:
    """The finding for a table that cannot be read, or not be rewritten without a loss."""
    if isinstance(error, OSError):
        message = f"the file cannot be read ({error.strerror or error})"
        return fatal(resource, "file", message, next_step(error))
    if isinstance(error, NotLossless):
        message = f"fmt cannot rewrite the table without a loss: {error}"
        hint = "Run `shieldtalks validate` to see its faults. The file was left as it is."
    else:
        message = f"the table cannot be read: {error}"
        hint = "Fix the file with another tool, or split it."
    return fatal(resource, "unsupported", message, hint)


def _rows(resource: Resource, content: bytes) -> tuple[Cells, list[Finding]]:
    """The cells of a table as they are written, and the faults that rewriting does not fix."""
    fields = [{**entry, "missingValues": []} for entry in resource.fields]
    raw = replace(resource, schema={**resource.schema, "fields": fields})
    # In a table with one column, a blank line may be meant as a row without a value.
    fixable = FIXABLE - {"blank-row"} if len(fields) == 1 else FIXABLE
    engine = Sqlite()
    try:
        table = load(raw, engine)
        found = file_checks.check(table)
        faults = [f for f in found if isinstance(f, Finding) and f.rule not in fixable]
        if faults:
            return [], faults
        columns = ", ".join(map(identifier, resource.field_names))
        sql = f"SELECT {columns} FROM {identifier(resource.name)} ORDER BY {ROW}"
        loaded = [list(row) for row in engine.query(sql)]
    finally:
        engine.close()
    rows = cells_of(resource, content)
    if not same_cells(rows, loaded):
        raise NotLossless("it can be read in more than one way")
    return rows, []


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


def _descriptor(
    package: Package, contents: dict[str, bytes], result: Plan, *, seals_all: bool
) -> None:
    """Plan new hashes and sizes in the descriptor: for all tables, or only where it has them already."""
    new: dict[int, JsonObject] = {}
    for resource in package.resources:
        content = contents.get(resource.name)
        if content is not None:
            entry = resource.descriptor
            values = {"hash": _hash(entry, io.BytesIO(content)), "bytes": len(content)}
            new[int(package.place_of(resource)[1])] = {
                name: value
                for name, value in values.items()
                if (seals_all or name in entry) and entry.get(name) != value
            }
    new |= _seals_of_files(package, result)
    new = {place: values for place, values in sorted(new.items()) if values}
    entries = [package.descriptor["resources"][place] for place in new]
    if entries:
        names = ", ".join(entry["name"] for entry in entries)
        content = _edited(read_bytes(package.file, LARGEST_JSON).decode("utf-8"), new)
        result.changes.append(Rewrite(package.file.name, content, f"hash and size of {names}"))


def _seals_of_files(package: Package, result: Plan) -> dict[int, JsonObject]:
    """New hashes and sizes of the files that are copied as they are, where the descriptor has them."""
    # A file can belong to a table, too, and be rewritten for it.
    rewritten = {(package.root / one.path).resolve(): one.content for one in result.changes}
    new: dict[int, JsonObject] = {}
    files: list[Resource | DataFile] = [*package.bare]
    files += [file for file in package.files if file.alone]
    for one in files:
        entry = one.descriptor
        if is_inline(entry) or not {"hash", "bytes"} & entry.keys():
            continue
        if not one.file.is_file():
            hint = "Restore the file, or correct its path in the descriptor."
            result.findings.append(fatal(one, "file", "the file does not exist", hint))
            continue
        after = rewritten.get(one.file.resolve())
        with one.file.open("rb") if after is None else io.BytesIO(after) as content:
            size = one.file.stat().st_size if after is None else len(after)
            values = {"hash": _hash(entry, content), "bytes": size}
        new[int(package.place_of(one)[1])] = {
            name: value for name, value in values.items() if name in entry and entry[name] != value
        }
    return new


_HEX_DIGITS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


def _hash(entry: JsonObject, content: IO[bytes]) -> str:
    """The hash of a file with the algorithm that its resource declares; SHA-256 if it declares none."""
    declared = entry.get("hash")
    prefix, colon, digest = declared.rpartition(":") if isinstance(declared, str) else ("", "", "")
    algorithm = prefix or _HEX_DIGITS.get(len(digest), "")
    if algorithm not in _HEX_DIGITS.values():
        prefix, colon, algorithm = "sha256", ":", "sha256"
    new = hashlib.file_digest(
        content,  # type: ignore[arg-type]
        lambda: hashlib.new(algorithm, usedforsecurity=False),
    ).hexdigest()
    return str(declared) if digest.lower() == new else f"{prefix}{colon}{new}"


def _edited(text: str, new: Mapping[int, JsonObject]) -> bytes:
    """A descriptor in canonical form, with new values in its resources. Numbers stay as written."""
    mark = "\ue000"
    while mark in as_json(json.loads(text)).decode("utf-8"):
        mark += "\ue000"
    numbers: dict[str, Callable[[str], str]] = dict.fromkeys(
        ("parse_int", "parse_float"), lambda number: f"{mark}{number}"
    )
    descriptor = json.loads(text, **numbers)  # type: ignore[arg-type]
    for place, values in new.items():
        descriptor["resources"][place] |= values
    shown = as_json(descriptor).decode("utf-8")
    return re.sub(f'"{mark}([^"\ue000]*)"', r"\1", shown).encode("utf-8")


def as_json(value: JsonObject) -> bytes:
    """A descriptor or a schema as the content of its file."""
    return (dumps(value, indent=2) + "\n").encode("utf-8")
