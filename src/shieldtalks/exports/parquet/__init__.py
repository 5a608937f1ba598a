"""Parquet: one typed file per table, with the descriptor in the footer.

With a field to partition by, a table that has this field is several files (see `partitions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import methodcaller
from typing import IO

import pyarrow as pa
from pyarrow import parquet

from ...tabular.files import whole_file, whole_folder
from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject, dumps
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
    if job.partition_by is not None:
        from .partitions import write_parts

        write_parts(job, job.partition_by)
        return
    names = file_names([table.name for table in job.tables])
    if job.target.suffix.lower() == ENDING:
        if len(job.tables) != 1:
            raise CannotRun(
                "a Parquet file holds only one table",
                "Choose one with --table, or write to a folder.",
            )
        with whole_file(job.target, force=job.force) as file:
            (path,) = names.values()
            write_table(job, job.tables[0], path + ENDING, file)
        return
    for name, stem in names.items():
        if name != stem:
            job.note(f'the file of the table "{name}" is called {stem}{ENDING}')
    with whole_folder(job.target, force=job.force) as folder:
        for table in job.tables:
            path = names[table.name] + ENDING
            with (folder / path).open("xb") as file:
                write_table(job, table, path, file)


def write_table(job: Job, table: Table, path: str, file: IO[bytes]) -> None:
    """Write a table to one file, which the descriptor in its footer calls `path`."""
    form = described(job, table, path)

    def restart() -> None:
        file.seek(0)
        file.truncate()

    read_by_either(
        job, table, form, lambda batches: write_rows(job, table, file, form, batches), restart
    )


def described(job: Job, table: Table, path: str) -> pa.Schema:
    """The Arrow schema of a file of a table, with the descriptor for the footer."""
    descriptor = without_profile(about(job.package)) | {"resources": [entry_of(table, path)]}
    return schema(table, {FOOTER: dumps(descriptor)})


def read_by_either(
    job: Job,
    table: Table,
    form: pa.Schema,
    take: Callable[[Iterator[pa.RecordBatch]], None],
    restart: Callable[[], None],
) -> None:
    """Give the rows of a table to `take`: from Arrow's own reader or, after `restart`, from the other."""
    if table.resource is not None:
        check_readable(table.resource)
    rounded: set[str] = set()
    try:
        take(plain_batches(table, form, rounded))
    except NotPlain:
        restart()
        take(row_batches(table, form, rounded))
    job.note_rounded(table, rounded, "Parquet")


class _Writer(parquet.ParquetWriter):  # type: ignore[misc]
    """A writer. If its file was closed first, because the command was ended, nothing is left to close."""

    def __del__(self) -> None:
        with suppress(ValueError):
            super().__del__()


def write_rows(
    job: Job,
    table: Table,
    file: IO[bytes],
    form: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    before: int = 0,
) -> None:
    """Write rows to a Parquet file. `before` rows of the table are in other files."""
    with _Writer(file, form, compression="zstd", compression_level=3) as writer:
        for number, group in enumerate(groups(batches, form)):
            job.tell_rows(table, before + number * ROWS)
            writer.write_table(group, row_group_size=ROWS)


def groups(batches: Iterator[pa.RecordBatch], form: pa.Schema) -> Iterator[pa.Table]:
    """The rows in groups of one size, so that the same rows give the same bytes for any batches."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        while count >= ROWS:
            rows = pa.Table.from_batches(waiting, form)
            yield rows.slice(0, ROWS).combine_chunks()
            waiting = rows.slice(ROWS).to_batches()
            count -= ROWS
    if count:
        yield pa.Table.from_batches(waiting, form).combine_chunks()


def _schema(table: Table) -> JsonObject:
    """The schema of the file: values have their default forms, and points are pairs of numbers."""
    return plain_schema(plain_schema(table.schema), methodcaller("arrow_field"))


def entry_of(table: Table, path: str | list[str]) -> JsonObject:
    """The entry of a table in a descriptor; its schema is in the descriptor."""
    stated = table.resource.descriptor if table.resource else {"title": table.title}
    left_out = (*OF_THE_FILE, "schema", "profile", "name")
    return {
        "name": table.name,
        **{name: value for name, value in stated.items() if name not in left_out},
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(table),
    }
