"""Croissant 1.1: a folder of plain CSV files with a croissant.json that describes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from ..tabular.files import whole_folder
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package import Package
from ..tabular.package.citation import citation
from ..tabular.package.contributors import as_agent, by_property, creators_of, publisher_of
from ..tabular.package.schema import as_objects, foreign_keys, primary_key
from ..tabular.package.stated import keywords_of, languages_of
from ..tabular.types import is_supported, type_of
from .job import Job, Table
from .names import distinct, file_names
from .plain_csv import sha256_of, write_csv
from .responsible_ai import CONFORMS_TO as RESPONSIBLE_AI
from .responsible_ai import responsible_ai

#: The name of the file that describes the others.
METADATA = "croissant.json"

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"

#: The terms of Croissant that are written without a prefix; readers expect all of them.
_TERMS = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset"),
    *("jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS},
}


def write(job: Job) -> None:
    """Write the folder."""
    with whole_folder(job.target, force=job.force) as folder:
        (folder / "data").mkdir()
        ids = _Ids(job.tables)
        files = [_file(job, table, folder, ids.file(table.name)) for table in job.tables]
        filled = {one.name: _filled(one, folder / ids.file(one.name)) for one in job.tables}
        metadata = _metadata(job.package, job.tables, files, ids, filled)
        text = dumps(metadata, indent=2) + "\n"
        (folder / METADATA).write_bytes(text.encode("utf-8"))


def _filled(table: Table, file: Path) -> set[str]:
    """The fields of a table that can be read along references: its keys, and references with a value.

    mlcroissant joins tables along references. It cannot do so with a table without rows, or with a
    column without values.
    """
    names = [field["name"] for field in table.fields]
    keys = foreign_keys(table.schema, table.name)
    waiting = {names.index(key.fields[0]) for key in keys if key.fields[0] in names}
    found = {name for place, name in enumerate(names) if place not in waiting}
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = csv.reader(lines)
        next(rows, None)
        row = next(rows, None)
        if row is None:
            return set()
        while row is not None and waiting:
            seen = {place for place in waiting if any(row[place : place + 1])}  # a row may be short
            found |= {names[place] for place in seen}
            waiting -= seen
            row = next(rows, None)
    return found


class _Ids:
    """The identifiers of tables and fields: their names, changed if a name cannot be one.

    An identifier has only letters, digits, `_` and `-`, because it is part of an address and, for a
    table, of a file name.
    """

    def __init__(self, tables: list[Table]) -> None:
        files = file_names([table.name for table in tables])
        plain = distinct(list(files.values()), _identifier)
        self._tables = {name: plain[file] for name, file in files.items()}
        self._fields = {
            table.name: distinct([field["name"] for field in table.fields], _identifier)
            for table in tables
        }

    def table(self, name: str) -> str:
        return self._tables[name]

    def file(self, table: str) -> str:
        return f"data/{self._tables[table]}.csv"

    def field(self, table: str, name: str) -> str:
        return f"{self._tables[table]}/{self._fields[table][name]}"


def _identifier(name: str) -> str:
    return re.sub(r"[^\w-]+", "_", name) or "_"


def _file(job: Job, table: Table, folder: Path, name: str) -> JsonObject:
    """Write the file of a table; the description of the file."""
    path = folder / name
    write_csv(job, table, path)
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": path.name,
        "contentUrl": name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "text/csv",
        "sha256": sha256_of(path),
    }


def _metadata(
    package: Package,
    tables: list[Table],
    files: list[JsonObject],
    ids: _Ids,
    filled: Mapping[str, set[str]],
) -> JsonObject:
    """The description; it says nothing that the package's own descriptor does not."""
    descriptor = package.descriptor
    created = str(descriptor.get("created") or "")[:10]
    responsible = responsible_ai(package)
    publisher = publisher_of(descriptor)
    stated: JsonObject = {
        "name": package.name,
        "alternateName": descriptor.get("title"),
        "description": descriptor.get("description") or descriptor.get("title"),
        "conformsTo": [CONFORMS_TO, RESPONSIBLE_AI] if responsible else CONFORMS_TO,
        "version": package.version,
        "license": [_licence(entry) for entry in as_objects(descriptor.get("licenses"))],
        "creator": [as_agent(entry) for entry in creators_of(descriptor)],
        **{
            name: [as_agent(entry) for entry in some]
            for name, some in by_property(descriptor).items()
        },
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "citeAs": citation(package),
        "keywords": keywords_of(descriptor),
        "inLanguage": languages_of(descriptor),
        "url": descriptor.get("homepage"),
        "datePublished": created,
        **responsible,
        "distribution": files,
        "recordSet": [_record_set(table, tables, ids, filled) for table in tables],
    }
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        **{name: value for name, value in stated.items() if value},
    }


def _licence(entry: JsonObject) -> object:
    """The address of a licence or, without one, its name. A path in the package is no address."""
    path = entry.get("path")
    is_address = isinstance(path, str) and path.startswith(("https://", "http://"))
    return path if is_address else entry.get("name") or entry.get("title") or path


def _record_set(
    table: Table, tables: list[Table], ids: _Ids, filled: Mapping[str, set[str]]
) -> JsonObject:
    lead_back = _lead_back(table, {other.name: other for other in tables})
    names = {other.name: [field["name"] for field in other.fields] for other in tables}
    references = {
        key.fields[0]: ids.field(key.table, key.columns[0])
        for key in foreign_keys(table.schema, table.name)
        if len(key.fields) == len(key.columns) == 1
        and key.table not in lead_back
        and key.fields[0] in filled[table.name]
        and key.columns[0] in filled[key.table]
        and key.columns[0] in names[key.table]
    }
    key = [name for name in primary_key(table.schema) if name in names[table.name]]
    record_set: JsonObject = {
        "@type": "cr:RecordSet",
        "@id": ids.table(table.name),
        "name": table.name,
        "description": table.title or table.schema.get("description"),
        "key": [{"@id": ids.field(table.name, name)} for name in key],
        "field": [_field(table, field, references, ids) for field in table.fields],
    }
    return {name: value for name, value in record_set.items() if value}


def _lead_back(table: Table, tables: dict[str, Table]) -> set[str]:
    """The tables to which a reference would make a circle, and those that are not exported.

    Readers join tables along references. They refuse circles, even of a table with itself.
    """

    def reached(name: str) -> set[str]:
        found, open_ends = {name}, [name]
        while open_ends:
            other = tables[open_ends.pop()]
            ahead = {key.table for key in foreign_keys(other.schema, other.name)}
            open_ends += (ahead & set(tables)) - found
            found |= ahead & set(tables)
        return found

    targets = {key.table for key in foreign_keys(table.schema, table.name)}
    return {name for name in targets if name not in tables or table.name in reached(name)}


def _field(table: Table, field: JsonObject, references: dict[str, str], ids: _Ids) -> JsonObject:
    name = field["name"]
    described: JsonObject = {
        "@type": "cr:Field",
        "@id": ids.field(table.name, name),
        "name": name,
        "description": field.get("description") or field.get("title"),
        "dataType": _type(field),
        "source": {
            "fileObject": {"@id": ids.file(table.name)},
            "extract": {"column": name},
        },
    }
    if name in references:
        described["references"] = {"field": {"@id": references[name]}}
    return {name: value for name, value in described.items() if value}


def _type(field: JsonObject) -> str:
    return type_of(field).croissant if is_supported(field) else "sc:Text"
