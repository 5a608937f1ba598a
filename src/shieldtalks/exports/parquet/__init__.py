"""Parquet: one typed file per table, with the descriptor in the footer."""

from __future__ import annotations

from collections.abc import Iterator
from operator import methodcaller
from typing import IO

import pyarrow as pa
from pyarrow import parquet

from ...tabular.files import whole_file, whole_folder
from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject, dumps
from ...tabular.package import Package
from ...tabular.package.profile import without_profile
from ...tabular.sources.forms import OF_THE_FILE
from ...tabular.tables.plain import plain_schema
from ...tabular.tables.rows import check_readable
from ..job import Job, Table, about
from ..names import file_names
from .arrow import NotPlain, plain_batches, row_batches, schema

ENDING = ".parquet"

#: The rows of a row group, which are in memory at the same time.
ROWS = 1 << 16
#: The key of the descriptor in the footer.
FOOTER = "datapackage"


def write(job: Job) -> None:
    """Write a folder with one file per table, or one table to a file that ends in .parquet."""
    names = file_names([table.name for table in job.tables])
    if job.target.suffix.lower() == ENDING:
        if len(job.tables) != 1:
            raise CannotRun(
                "a Parquet file holds only one table",
                "Choose one with --table, or write to a folder.",
            )
        with whole_file(job.target, force=job.force) as file:
            (path,) = names.values()
            _write_table(job, job.tables[0], path + ENDING, file)
        return
    for name, stem in names.items():
        if name != stem:
            job.note(f'the file of the table "{name}" is called {stem}{ENDING}')
    with whole_folder(job.target, force=job.force) as folder:
        for table in job.tables:
            path = names[table.name] + ENDING
            with (folder / path).open("xb") as file:
                _write_table(job, table, path, file)


def _write_table(job: Job, table: Table, path: str, file: IO[bytes]) -> None:
    if table.resource is not None:
        check_readable(table.resource)
    rounded: set[str] = set()
    descriptor = dumps(_descriptor(job.package, table, path))
    arrow_schema = schema(table, {FOOTER: descriptor})

    def write_batches(batches: Iterator[pa.RecordBatch]) -> None:
        with parquet.ParquetWriter(
            file, arrow_schema, compression="zstd", compression_level=3
        ) as writer:
            for number, group in enumerate(_groups(batches, arrow_schema)):
                job.tell_rows(table, number * ROWS)
                writer.write_table(group, row_group_size=ROWS)

    try:
        write_batches(plain_batches(table, arrow_schema, rounded))
    except NotPlain:
        file.seek(0)
        file.truncate()
        write_batches(row_batches(table, arrow_schema, rounded))
    job.note_rounded(table, rounded, "Parquet")


def _groups(batches: Iterator[pa.RecordBatch], arrow_schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in groups of one size, so that the same rows give the same bytes for any batches."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        while count >= ROWS:
            rows = pa.Table.from_batches(waiting, arrow_schema)
            yield rows.slice(0, ROWS).combine_chunks()
            waiting = rows.slice(ROWS).to_batches()
            count -= ROWS
    if count:
        yield pa.Table.from_batches(waiting, arrow_schema).combine_chunks()


def _schema(table: Table) -> JsonObject:
    """The schema of the file: values have their default forms, and points are pairs of numbers."""
    return plain_schema(plain_schema(table.schema), methodcaller("arrow_field"))


def _descriptor(package: Package, table: Table, path: str) -> JsonObject:
    """A descriptor of the package with only this table; its schema is in the descriptor."""
    stated = table.resource.descriptor if table.resource else {"title": table.title}
    left_out = (*OF_THE_FILE, "schema", "profile", "name")
    entry: JsonObject = {
        "name": table.name,
        **{name: value for name, value in stated.items() if name not in left_out},
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(table),
    }
    return without_profile(about(package)) | {"resources": [entry]}
