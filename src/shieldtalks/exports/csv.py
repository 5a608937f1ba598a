"""CSV: the tables, copied byte by byte, with a descriptor, so that they are a package again.

A table in any other form, such as JSON or a workbook, becomes a CSV file.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from ..tabular.files import STDOUT, whole_file, whole_folder, write_text
from ..tabular.findings import CannotRun
from ..tabular.formatting import as_json
from ..tabular.jsontext import JsonObject
from ..tabular.package import DESCRIPTOR, DataFile, Resource
from ..tabular.package.archive import same_entry
from ..tabular.package.kinds import is_inline
from ..tabular.package.own_files import files_beside, named_paths
from ..tabular.package.profile import without_profile
from ..tabular.package.schema import missing_values, without_foreign_keys
from ..tabular.reading import copy_to
from ..tabular.sources.forms import is_plain
from ..tabular.sources.parts import lines_of
from ..tabular.sources.plain import as_csv
from ..tabular.tables.rows import check_file
from ..tabular.types import type_of
from .job import Job, Table
from .names import file_names


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


class _Archive(zipfile.ZipFile):
    """A zip. If its file was closed first, because the command was ended, nothing is left to close."""

    def __del__(self) -> None:
        with suppress(ValueError):
            super().__del__()


def write_zip(job: Job, file: IO[bytes]) -> None:
    """Write a zip with the files of the package to a binary file."""
    with _Archive(file, "w") as archive:
        for path, content in _contents(job).items():
            with archive.open(same_entry(path), "w") as out:
                _copy(content, out)


def _write_folder(job: Job) -> None:
    with whole_folder(job.target, force=job.force) as folder:
        for path, content in _contents(job).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            # On some disks two names that differ in upper and lower case are one file.
            with (folder / path).open("xb") as out:
                _copy(content, out)


#: What becomes a file: its bytes, the file to copy, or the table to write.
_Content = bytes | Path | Table


def _copy(content: _Content, out: IO[bytes]) -> None:
    if isinstance(content, bytes):
        out.write(content)
    elif isinstance(content, Path):
        copy_to(content, out)
    else:
        for line in _text(content):
            out.write(line.encode("utf-8"))


def _contents(job: Job) -> dict[str, _Content]:
    """All files of the export, each by its path. Several tables can be in one file."""
    package, own = job.package, _own_paths(job)
    entries = _entries(job, own)
    descriptor = package.descriptor if job.is_whole else without_profile(package.descriptor)
    descriptor = descriptor | {"resources": [entry for entry, _ in entries]}
    contents: dict[str, _Content] = {DESCRIPTOR: as_json(descriptor)}
    contents |= {path: as_json(schema) for _, schemas in entries for path, schema in schemas}
    for table in job.tables:
        job.tell(f"writing {table.name}")
        if table.resource is None or table.name in own:
            contents[own[table.name]] = table
        else:
            check_file(table.resource)
            contents |= {part.path: part.file for part in table.resource.parts}
    others = [other for other in _others(job) if not is_inline(other.descriptor)]
    contents |= {other.path: other.file for other in others}
    for path in files_beside(package.root, descriptor):
        contents.setdefault(path, package.root / path)
    return contents


def _others(job: Job) -> list[Resource | DataFile]:
    """The files of a whole package that are not among the tables of the job: copied as they are."""
    if not job.is_whole:
        return []
    return [*(part for table in job.package.bare for part in table.parts), *job.package.files]


def _text(table: Table) -> Iterator[str]:
    """The lines of a table."""
    if table.resource:
        yield from lines_of(as_csv(table.resource))
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


def _own_paths(job: Job) -> dict[str, str]:
    """The path of the file of each table that is not a CSV file of the package."""
    named = map(PurePosixPath, named_paths(job.package.descriptor))
    taken = [path.stem for path in named if path.suffix == ".csv" and path.parts[:-1] == ("data",)]
    copied = [table.name for table in job.tables if _is_copied(table)]
    new = [table.name for table in job.tables if table.name not in copied]
    made = file_names(new, taken if copied or job.is_whole else ())
    return {name: f"data/{stem}.csv" for name, stem in made.items()}


def _is_copied(table: Table) -> bool:
    """Whether the file of a table is copied as it is."""
    return table.resource is not None and is_plain(table.resource)


#: The entry of a resource in the descriptor, and the schemas that become files, with their paths.
_Entry = tuple[JsonObject, list[tuple[str, JsonObject]]]


def _entries(job: Job, own: dict[str, str]) -> list[_Entry]:
    """The entries of the descriptor: those of the tables and, for a whole package, of all its files."""
    if not job.is_whole:
        return [_entry(job, table, own) for table in job.tables]
    # Several files can have one entry.
    found: dict[int, _Entry] = {
        int(job.package.place_of(other)[1]): (other.descriptor, []) for other in _others(job)
    }
    for table, resource in zip(job.tables, job.package.resources, strict=True):
        found[int(job.package.place_of(resource)[1])] = _entry(job, table, own)
    return [found[place] for place in sorted(found)]


def _entry(job: Job, table: Table, own: dict[str, str]) -> _Entry:
    """The entry of a table. Its schema stays as it is, unless foreign keys are left out."""
    kept = {other.name for other in job.tables}
    schema = without_foreign_keys(table.schema, table.name, kept)
    resource = table.resource
    if resource is None:
        return _new_entry(table, own[table.name]) | {"schema": schema}, []
    if table.name in own:
        return _as_csv_entry(resource, own[table.name], kept), []
    if schema == table.schema:
        return resource.descriptor, []
    if resource.schema_path is None:
        return resource.descriptor | {"schema": schema}, []
    return resource.descriptor, [(resource.schema_path, schema)]


def _as_csv_entry(resource: Resource, path: str, kept: set[str]) -> JsonObject:
    """The entry of a table that was no CSV file. Its schema stays as it is if it can."""
    read = as_csv(resource)
    schema = without_foreign_keys(read.schema, resource.name, kept)
    is_same = schema == resource.schema
    left_out = ("compression", "innerpath", "extrapaths", "hash", "bytes")
    entry = {name: value for name, value in read.descriptor.items() if name not in left_out}
    return (
        {"dialect": {"delimiter": ","}, "mediatype": "text/csv"}
        | entry
        | {
            "path": path,
            "encoding": "utf-8",
            "schema": resource.descriptor["schema"] if is_same else schema,
        }
    )


def _new_entry(table: Table, path: str) -> JsonObject:
    """The entry for a table that is not in the package's own descriptor."""
    return {
        "name": table.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
    }
