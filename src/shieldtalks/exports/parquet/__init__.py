"""Parquet: one file a table, typed, with the descriptor in the footer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

import pyarrow as pa
from pyarrow import parquet

from ...tabular.files import whole_file, whole_folder
from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.package.profile import without_profile
from ..job import Job, Table, about, own_file
from .arrow import NotPlain, plain_batches, row_batches, schema

ENDING = ".parquet"

#: Rows of a row group: what is held in memory at a time.
ROWS = 1 << 16
#: The key of the footer under which the descriptor stands.
FOOTER = "datapackage"


def write(job: Job) -> None:
    """Write a folder with one file a table, or one table as a file that ends in .parquet."""
    if job.target.suffix.lower() == ENDING:
        if len(job.tables) != 1:
            raise CannotRun(
                "several tables do not fit in one Parquet file",
                "Choose one with --table, or name a folder.",
            )
        with whole_file(job.target, force=job.force) as file:
            _write_table(job, job.tables[0], file)
        return
    with whole_folder(job.target, force=job.force) as folder:
        for table in job.tables:
            path = folder / own_file(table, ENDING)
            if path.exists():
                raise CannotRun(f'two tables are called "{table.name}"', "Rename one.")
            with path.open("wb") as file:
                _write_table(job, table, file)


def _write_table(job: Job, table: Table, file: IO[bytes]) -> None:
    form = schema(table, {FOOTER: json.dumps(_descriptor(job.package, table), ensure_ascii=False)})

    def write_batches(batches: Iterator[pa.RecordBatch]) -> None:
        with parquet.ParquetWriter(file, form, compression="zstd", compression_level=3) as writer:
            for number, group in enumerate(_groups(batches, form)):
                job.tell_rows(table, number * ROWS)
                writer.write_table(group, row_group_size=ROWS)

    try:
        write_batches(plain_batches(table, form))
    except NotPlain:
        file.seek(0)
        file.truncate()
        write_batches(row_batches(table, form))


def _groups(batches: Iterator[pa.RecordBatch], form: pa.Schema) -> Iterator[pa.Table]:
    """The rows again in groups of one size, whatever the batches: the same rows, the same bytes."""
    held: list[pa.RecordBatch] = []
    many = 0
    for batch in batches:
        held.append(batch)
        many += batch.num_rows
        while many >= ROWS:
            rows = pa.Table.from_batches(held, form)
            yield rows.slice(0, ROWS).combine_chunks()
            held = rows.slice(ROWS).to_batches()
            many -= ROWS
    if many:
        yield pa.Table.from_batches(held, form).combine_chunks()


def _descriptor(package: Package, table: Table) -> JsonObject:
    """The package with this one table, its schema written out: a descriptor of its own."""
    stated = table.resource.descriptor if table.resource else {"title": table.title}
    # These are of the CSV file.
    of_csv = ("path", "schema", "dialect", "encoding", "bytes", "hash", "profile")
    entry: JsonObject = {
        "name": table.name,
        **{name: value for name, value in stated.items() if name not in (*of_csv, "name")},
        "path": table.name + ENDING,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": table.schema,
    }
    return without_profile(about(package)) | {"resources": [entry]}
