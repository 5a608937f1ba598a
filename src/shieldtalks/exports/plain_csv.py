"""A table as a CSV file that every reader understands: comma, UTF-8, empty for missing."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from ..tabular.package.schema import missing_values
from ..tabular.reading import copy_file
from ..tabular.sources.forms import is_plain
from ..tabular.sources.standard import is_standard
from ..tabular.types import type_of
from .job import Job, Table


def write_csv(job: Job, table: Table, path: Path) -> None:
    """Write the file of a table. A file that already has this form is copied byte by byte."""
    if table.resource and _is_plain(table):
        job.tell_rows(table, 0)
        copy_file(table.resource.file, path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field["name"] for field in table.fields])
        types = [type_of(field) for field in table.fields]
        for row in job.rows(table):
            pairs = zip(row.values(), types, strict=True)
            writer.writerow(["" if v is None else type_.write(v) for v, type_ in pairs])


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file that was written, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _is_plain(table: Table) -> bool:
    """Whether every reader can read the file as it is; if not, it is written anew."""
    resource = table.resource
    if resource is None or resource.more or not (is_plain(resource) and is_standard(resource)):
        return False
    return (
        resource.encoding.lower() in ("utf-8", "utf8", "ascii", "us-ascii")
        and resource.dialect.delimiter == ","
        and all(type_.is_plain or type_.is_nested for type_ in map(type_of, table.fields))
        and all(list(missing_values(table.schema, field)) == [""] for field in table.fields)
    )
