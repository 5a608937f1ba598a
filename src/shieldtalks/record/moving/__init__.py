"""Move a collection of profile 1 to profile 2, as far as a machine can."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass

from ...tabular.findings import CannotRun
from ...tabular.formatting import as_json
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package, Resource
from ...tabular.sources.parts import lines_of
from ...tabular.sources.plain import as_csv
from .. import vocabulary
from ..installed import ROOT
from ..models import BY_TABLE, RECORDS, Record
from ..schemas import table_schema
from ..starter import general_schemes, resource_entry
from . import claims, proposals
from .claims import Left, Row

__all__ = ["AFTER", "BEFORE", "Left", "Moved", "move"]

#: The two profiles.
BEFORE = "urn:shieldtalks:profile:1"
AFTER = "urn:shieldtalks:profile:2"

#: What profile 2 does not have any more: tables, fields by table, vocabularies.
_TABLES = ("oppositions",)
_FIELDS = {"claims": frozenset(claims.MOVED)}
_SCHEMES = ("opposition-kind",)

#: The fields of profile 1 that are read, by table.
_READ = {
    "claims": ("claim_id", "text", "factuality", *claims.MOVED),
    "codes": ("code_id", "scheme"),
    "events": ("event_id", "status", "announced_in_id"),
    "evidence": ("evidence_id", "claim_id", "field"),
    "oppositions": ("claim_id", "other_id", "kind"),
    "proposals": ("proposal_id", "kind", "combination"),
    "references": ("reference_id", "citation"),
    "responses": ("response_id", "proposal_id", "move"),
}

_LONGEST_TITLE = 298

#: The rows of each table, by the name of the table.
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A collection of profile 2: the content of its files by path, and what is left to people."""

    files: Mapping[str, bytes]
    left: tuple[Left, ...]


def move(package: Package) -> Moved:
    """The files of a collection of profile 1, moved to profile 2. Nothing is written.

    Raises CannotRun if the package does not follow profile 1, or if a table cannot be read.
    """
    if package.descriptor.get("conformsTo") != BEFORE:
        raise CannotRun(
            f'{package.file} does not declare "conformsTo": "{BEFORE}"',
            f"Only a package of profile 1 can be moved to {AFTER}.",
        )
    _refuse(package)
    old = {table: [*_rows(package, table)] for table in (*BY_TABLE, *_TABLES)}
    new, left = _moved(old)
    text = io.StringIO(_text([*_fields(package, "codes")], new["codes"]), newline="")
    vocabularies = vocabulary.parse(text)
    files: dict[str, bytes] = {}
    entries = []
    for record in RECORDS:
        name = record.table.name
        resource = package.resource(name)
        content = _text([*_fields(package, name)], new[name]).encode("utf-8")
        schema = _schema(record, vocabularies, resource)
        entry = _entry(record, content, resource)
        files[entry["path"]] = content
        if isinstance(entry["schema"], str):
            files[entry["schema"]] = as_json(schema)
        else:
            entry["schema"] = schema
        entries.append(entry)
    known = {*BY_TABLE, *_TABLES}
    others = [one for one in package.descriptor["resources"] if one.get("name") not in known]
    descriptor = package.descriptor | {"conformsTo": AFTER, "resources": [*entries, *others]}
    files[package.file.name] = as_json(descriptor)
    return Moved(files, tuple(left))


def _refuse(package: Package) -> None:
    """Raise CannotRun if the package is not whole, or if it was moved in part."""
    claims_table = package.resource("claims")
    paths = [res.descriptor.get("path") for res in package.resources]
    if package.faults or claims_table is None or not all(isinstance(path, str) for path in paths):
        raise CannotRun(
            f"{package.file} has faults", "Correct them with the version that it was made for."
        )
    with claims_table.file.open(encoding="utf-8", errors="replace") as lines:
        if "proposition_id" in lines.readline():
            raise CannotRun(
                f"{claims_table.file} was moved before, but the descriptor was not",
                "Restore the folder as it was, and run the command again.",
            )


def _moved(old: Tables) -> tuple[Tables, list[Left]]:
    """The rows of each table, moved, and what is left to people."""
    parts = claims.moved(old["claims"], old["oppositions"])
    left = [*parts.left, *proposals.left(old["events"], old["proposals"], old["responses"])]
    references = []
    for row in old["references"]:
        references.append(row | {"title": row.get("title") or _title(row["citation"])})
        left.append(Left("references", row["reference_id"], "give its title, publisher and date"))
    for row in old["evidence"]:
        if row["claim_id"] and row["field"] in claims.MOVED:
            left.append(
                Left("evidence", row["evidence_id"], f"a claim has no field {row['field']}")
            )
    new = old | {
        "propositions": parts.propositions,
        "claims": parts.claims,
        "relations": parts.relations,
        "references": references,
        "codes": _codes(old["codes"]),
    }
    return new, left


def _title(citation: str) -> str:
    """An old citation as a title of our own: in square brackets."""
    return f"[{citation[:_LONGEST_TITLE].rstrip('. ')}]"


def _codes(rows: list[Row]) -> list[Row]:
    """The codes with the new terms and fields of the vocabularies that every collection needs."""
    general = general_schemes()
    with (ROOT / "data" / "codes.csv").open(encoding="utf-8", newline="") as lines:
        ours = {row["code_id"]: row for row in csv.DictReader(lines) if row["scheme"] in general}
    gone = set(_SCHEMES) - general
    # A field that the collection has keeps its value; a field that it does not have gets ours.
    theirs = {
        row["code_id"]: ours.get(row["code_id"], {}) | row
        for row in rows
        if row["scheme"] not in gone
    }
    return [row for _, row in sorted((ours | theirs).items())]


def _rows(package: Package, table: str) -> Iterator[Row]:
    resource = package.resource(table)
    if resource is None:
        return
    resource = as_csv(resource)
    try:
        with closing(_without_mark(lines_of(resource))) as lines:
            reader = csv.DictReader(lines, delimiter=resource.dialect.delimiter)
            names = reader.fieldnames or ()
            for name in _READ.get(table, ()):
                if name not in names:
                    raise ValueError(f"it has no field {name}")
            for row in reader:
                if None in row or None in row.values():
                    raise ValueError(f"line {reader.line_num}: too many or too few cells")
                yield row
    except (OSError, ValueError, LookupError, csv.Error) as error:
        raise CannotRun(
            f"{resource.file} cannot be read ({error})",
            "Correct it with the version that the package was made for.",
        ) from error


def _without_mark(lines: Iterator[str]) -> Generator[str, None, None]:
    """The lines of a file without a byte order mark."""
    first = next(lines, None)
    if first is not None:
        yield first.removeprefix("\ufeff")
        yield from lines


def _fields(package: Package, table: str) -> Iterator[str]:
    """The fields of a table of profile 2, and after them the fields of the collection's own."""
    record = BY_TABLE[table]
    yield from record.model_fields
    resource = package.resource(table)
    gone = _FIELDS.get(table, frozenset())
    for name in resource.field_names if resource else ():
        if name not in record.model_fields and name not in gone:
            yield name


def _text(fields: list[str], rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fields, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _schema(
    record: type[Record], vocabularies: vocabulary.Vocabularies, resource: Resource | None
) -> JsonObject:
    schema = table_schema(record, vocabularies)
    gone = _FIELDS.get(record.table.name, frozenset())
    schema["fields"] += [
        field
        for field in (resource.fields if resource else ())
        if field["name"] not in record.model_fields and field["name"] not in gone
    ]
    return schema


def _entry(record: type[Record], content: bytes, resource: Resource | None) -> JsonObject:
    """The entry of a table in the descriptor. What the collection states about it stays."""
    entry = resource_entry(record, content)
    if resource is None:
        return entry
    old = deepcopy(resource.descriptor) | {"hash": entry["hash"], "bytes": entry["bytes"]}
    old["dialect"], old["encoding"] = entry["dialect"], "utf-8"
    return old
