"""The files of a new collection: a valid package without rows."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from ...tabular.formatting import as_json
from ...tabular.jsontext import JsonObject
from ...tabular.package import DESCRIPTOR, read
from .. import vocabulary
from ..installed import ROOT
from ..models import RECORDS, Code, Record
from ..profile import PROFILE
from ..schemas import extras, table_schema

#: The vocabularies that each collection writes for itself.
OWN = frozenset({"measure", "topic"})

_HERE = Path(__file__).parent

#: The files of this folder, each with its path in the collection. `{name}` and other placeholders in
#: the files are filled in.
_TEXTS = {
    "README.md": "README.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "releases.md": "releases/README.md",
    "gitattributes": ".gitattributes",
    "validate.yml": ".github/workflows/validate.yml",
}


def files(name: str, title: str, created: str) -> dict[str, bytes]:
    """The files of a new collection, by path.

    `name` is the name of the package (lower case, no blanks). `created` is an ISO date.
    """
    codes = general_codes()
    tables = {record.table.name: _table(record, codes) for record in RECORDS}
    vocabularies = vocabulary.parse(io.StringIO(tables["codes"].decode("utf-8"), newline=""))
    contents = {DESCRIPTOR: as_json(_descriptor(name, title, created, tables))}
    contents |= {_path(table): content for table, content in tables.items()}
    for record in RECORDS:
        contents[_schema_path(record.table.name)] = as_json(table_schema(record, vocabularies))
    return contents | dict(_texts(name, title, created))


def general_codes() -> list[dict[str, str]]:
    """The codes of the vocabularies that every collection needs."""
    with (ROOT / "data" / "codes.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["scheme"] in general_schemes()]


def general_schemes() -> set[str]:
    """The vocabularies that every collection needs. Some rules of the profile use them."""
    fields = [info for record in RECORDS for info in record.model_fields.values()]
    named = {extras(info).get("vocabulary") for info in fields}
    return {scheme for scheme in named if isinstance(scheme, str)} - OWN


def _table(record: type[Record], codes: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(record.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(codes if record is Code else [])
    return text.getvalue().encode("utf-8")


def _path(table: str) -> str:
    return f"data/{table}.csv"


def _schema_path(table: str) -> str:
    return f"schemas/tables/{table}.json"


def _descriptor(name: str, title: str, created: str, tables: dict[str, bytes]) -> JsonObject:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "tabular-data-package",
        "conformsTo": PROFILE,
        "name": name,
        "title": title,
        "description": "What was proposed, how it was answered and what was claimed. Each row is linked "
        "to the passage where it is printed.",
        "version": "0.1.0",
        "created": f"{created}T00:00:00Z",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "contributors": [{"title": f"{title} contributors", "roles": ["creator"]}],
        "bibliographicCitation": f"{title} contributors. {title}. Data package.",
        "resources": [resource_entry(record, tables[record.table.name]) for record in RECORDS],
    }


def resource_entry(record: type[Record], content: bytes) -> JsonObject:
    """The entry of a table in the descriptor of a collection, given the content of its file."""
    return {
        "name": record.table.name,
        "title": record.table.title,
        "path": _path(record.table.name),
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": _schema_path(record.table.name),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "bytes": len(content),
    }


def _texts(name: str, title: str, created: str) -> Iterator[tuple[str, bytes]]:
    facts = {"name": name, "title": title, "created": created, "version": str(read(ROOT).version)}
    for file, target in _TEXTS.items():
        text = (_HERE / file).read_text(encoding="utf-8")
        for word, fact in facts.items():
            text = text.replace(f"{{{word}}}", fact)
        yield target, text.encode("utf-8")
