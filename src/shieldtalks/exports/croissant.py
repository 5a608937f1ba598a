"""Croissant 1.1: a folder of plain CSV files with a croissant.json that describes them."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..citation import citation
from ..engine.compile import kind
from ..engine.reader import dialect, missing_values
from ..files import whole_folder
from ..package import JsonObject, Package, as_list
from .job import Job, Table

#: The file that describes the others.
METADATA = "croissant.json"

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"

#: The terms of Croissant that stand without a prefix; the readers expect each of them.
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

#: What a type of Table Schema is here. Everything else, EDTF dates among it, is text.
_TYPES = {
    "integer": "cr:Int64",
    "year": "cr:Int64",
    "number": "cr:Float64",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}


def write(job: Job) -> None:
    """Write the folder."""
    with whole_folder(job.target, force=job.force) as folder:
        (folder / "data").mkdir()
        files = []
        for table in job.tables:
            job.tell(f"writing {table.name}")
            files.append(_file(table, folder))
        metadata = _metadata(job.package, job.tables, files)
        text = json.dumps(metadata, indent=2, ensure_ascii=False) + "\n"
        (folder / METADATA).write_bytes(text.encode("utf-8"))


def _file(table: Table, folder: Path) -> JsonObject:
    """Write the file of a table, and say which it is."""
    path = folder / "data" / f"{table.name}.csv"
    if table.resource and _is_plain(table):
        shutil.copyfile(table.resource.file, path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([field["name"] for field in table.fields])
            writer.writerows(_cells(table))
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "@type": "cr:FileObject",
        "@id": f"data/{table.name}.csv",
        "name": f"{table.name}.csv",
        "contentUrl": f"data/{table.name}.csv",
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "text/csv",
        "sha256": sha256,
    }


def _is_plain(table: Table) -> bool:
    """Whether the file stands as every reader expects it; else it is written anew."""
    resource = table.resource
    if resource is None:
        return False
    encoding = str(resource.descriptor.get("encoding") or "utf-8").lower()
    return (
        encoding in ("utf-8", "utf8", "ascii", "us-ascii")
        and dialect(resource)["delimiter"] == ","
        and all(list(missing_values(table.schema, field)) == [""] for field in table.fields)
    )


def _cells(table: Table) -> Iterator[list[Any]]:
    for row in table.rows():
        yield ["" if value is None else value for value in row.values()]


def _metadata(package: Package, tables: list[Table], files: list[JsonObject]) -> JsonObject:
    """The description, without a statement that the package's own descriptor does not make."""
    descriptor = package.descriptor
    created = str(descriptor.get("created") or "")[:10]
    stated: JsonObject = {
        "name": package.name,
        "alternateName": descriptor.get("title"),
        "description": descriptor.get("description") or descriptor.get("title"),
        "conformsTo": CONFORMS_TO,
        "version": package.version,
        "license": [
            entry.get("path") or entry["name"] for entry in descriptor.get("licenses") or []
        ],
        "creator": [
            {"@type": "Organization", "name": entry["title"]}
            for entry in descriptor.get("contributors") or []
            if "title" in entry
        ],
        "citeAs": citation(package),
        "keywords": descriptor.get("keywords"),
        "url": descriptor.get("homepage") or descriptor.get("id"),
        "datePublished": created,
        "distribution": files,
        "recordSet": [_record_set(table, tables) for table in tables],
    }
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        **{name: value for name, value in stated.items() if value},
    }


def _record_set(table: Table, tables: list[Table]) -> JsonObject:
    lead_back = _lead_back(table, {other.name: other for other in tables})
    references = {
        fields[0]: f"{target}/{as_list(key['reference']['fields'])[0]}"
        for key in table.schema.get("foreignKeys") or []
        if len(fields := as_list(key["fields"])) == 1
        and (target := _target(table, key)) not in lead_back
    }
    record_set: JsonObject = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title or table.schema.get("description"),
        "key": [
            {"@id": f"{table.name}/{name}"} for name in as_list(table.schema.get("primaryKey"))
        ],
        "field": [_field(table, field, references.get(field["name"])) for field in table.fields],
    }
    return {name: value for name, value in record_set.items() if value}


def _lead_back(table: Table, tables: dict[str, Table]) -> set[str]:
    """The tables a reference to which would lead in a circle, or nowhere.

    Readers join along references, and refuse a circle, if only of a table to itself.
    """

    def reached(name: str) -> set[str]:
        found, open_ends = {name}, [name]
        while open_ends:
            other = tables[open_ends.pop()]
            ahead = {_target(other, key) for key in other.schema.get("foreignKeys") or []}
            open_ends += (ahead & set(tables)) - found
            found |= ahead & set(tables)
        return found

    targets = {_target(table, key) for key in table.schema.get("foreignKeys") or []}
    return {name for name in targets if name not in tables or table.name in reached(name)}


def _target(table: Table, key: JsonObject) -> str:
    return str(key["reference"].get("resource") or table.name)


def _field(table: Table, field: JsonObject, references: str | None) -> JsonObject:
    described: JsonObject = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field['name']}",
        "name": field["name"],
        "description": field.get("description") or field.get("title"),
        "dataType": _type(field),
        "source": {
            "fileObject": {"@id": f"data/{table.name}.csv"},
            "extract": {"column": field["name"]},
        },
    }
    if references:
        described["references"] = {"field": {"@id": references}}
    return {name: value for name, value in described.items() if value}


def _type(field: JsonObject) -> str:
    name, form = kind(field)
    return _TYPES.get(name, "sc:Text") if form == "default" else "sc:Text"
