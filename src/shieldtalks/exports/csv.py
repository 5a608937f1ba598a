"""CSV: the tables, copied byte by byte, with a descriptor, so that they are a package again."""

from __future__ import annotations

import copy
import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..tabular.files import STDOUT, whole_file, whole_folder, write_text
from ..tabular.findings import CannotRun
from ..tabular.formatting import as_json
from ..tabular.jsontext import JsonObject
from ..tabular.package import DESCRIPTOR, DataFile, Resource
from ..tabular.package.archive import same_entry
from ..tabular.package.profile import without_profile
from ..tabular.package.schema import missing_values, without_foreign_keys
from ..tabular.sources.parts import lines_of
from ..tabular.types import type_of
from .job import Job, Table, own_file

_CHUNK = 1 << 20


def write(job: Job) -> None:
    """Write a folder, or a zip if the name ends in .zip. A single table can be written to `-`."""
    if job.target == STDOUT:
        if len(job.tables) != 1:
            raise CannotRun(
                "only one table can be written to standard output",
                "Choose one with --table, or write to a folder.",
            )
        write_text(_text(job.tables[0]), job.target, job.force)
    elif job.target.suffix.lower() == ".zip":
        with whole_file(job.target, force=job.force) as file:
            write_zip(job, file)
    else:
        _write_folder(job)


def write_zip(job: Job, file: IO[bytes]) -> None:
    """Write a zip with the tables and their descriptor to a binary file."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in _texts(job):
            archive.writestr(same_entry(name), content)
        for table in job.tables:
            job.tell(f"writing {table.name}")
            for part in table.resource.parts if table.resource else ():
                with (
                    archive.open(same_entry(part.path), "w") as out,
                    part.file.open("rb") as source,
                ):
                    shutil.copyfileobj(source, out, _CHUNK)
            if not table.resource:
                with archive.open(same_entry(_own_path(table)), "w") as out:
                    for line in _text(table):
                        out.write(line.encode("utf-8"))
        for path, file_of in {other.path: other.file for other in _others(job)}.items():
            with archive.open(same_entry(path), "w") as out, file_of.open("rb") as source:
                shutil.copyfileobj(source, out, _CHUNK)


def _others(job: Job) -> list[Resource | DataFile]:
    """The files of a whole package that are not among the tables of the job: copied as they are."""
    if not job.is_whole:
        return []
    return [*(part for table in job.package.bare for part in table.parts), *job.package.files]


def _write_folder(job: Job) -> None:
    with whole_folder(job.target, force=job.force) as folder:
        for name, content in _texts(job):
            _new(folder / name).write_bytes(content)
        for table in job.tables:
            job.tell(f"writing {table.name}")
            for part in table.resource.parts if table.resource else ():
                shutil.copyfile(part.file, _new(folder / part.path))
            if not table.resource:
                path = _new(folder / _own_path(table))
                with path.open("w", encoding="utf-8", newline="") as out:
                    out.writelines(_text(table))
        for other in _others(job):
            shutil.copyfile(other.file, _new(folder / other.path))


def _new(file: Path) -> Path:
    """The path of a new file, for which the folder is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _text(table: Table) -> Iterator[str]:
    """The lines of a table."""
    if table.resource:
        yield from lines_of(table.resource)
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field["name"] for field in table.fields])
    missing = [missing_values(table.schema, field) for field in table.fields]
    empty = ["" if "" in texts else next(iter(texts), "") for texts in missing]
    types = [type_of(field) for field in table.fields]
    for row in table.rows():
        cells = zip(row.values(), types, empty, strict=True)
        writer.writerow([text if v is None else type_.write(v) for v, type_, text in cells])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _own_path(table: Table) -> str:
    """The path of the file of a table that the package does not have."""
    return f"data/{own_file(table, '.csv')}"


def _texts(job: Job) -> Iterator[tuple[str, bytes]]:
    """The descriptor and the schema files for the chosen tables, with their paths."""
    descriptor = copy.deepcopy(job.package.descriptor)
    entries = {entry.get("name"): entry for entry in descriptor["resources"]}
    schemas: dict[str, JsonObject] = {}
    if not job.is_whole:
        descriptor = without_profile(descriptor)
    descriptor["resources"] = [
        entries[table.name] if table.resource else _entry(table) for table in job.tables
    ]
    kept = {table.name for table in job.tables}
    others = {other.name: entries[other.name] for other in _others(job)}
    for table, entry in zip(job.tables, descriptor["resources"], strict=True):
        schema = without_foreign_keys(copy.deepcopy(table.schema), table.name, kept)
        if table.resource is None or table.resource.schema_path is None:
            entry["schema"] = schema
        else:
            schemas[table.resource.schema_path] = schema
    descriptor["resources"] += others.values()
    yield DESCRIPTOR, as_json(descriptor)
    for path, schema in schemas.items():
        yield path, as_json(schema)


def _entry(table: Table) -> JsonObject:
    """The entry for a table that is not in the package's own descriptor."""
    return {
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": _own_path(table),
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
    }
