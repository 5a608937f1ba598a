"""JSON Lines: one row of one table a line, with the name of the table."""

from __future__ import annotations

from collections.abc import Iterator

from .job import Job
from .output import json_row, write_text


def write(job: Job) -> None:
    """Write the lines to the target."""
    write_text(_lines(job), job.target, job.force)


def _lines(job: Job) -> Iterator[str]:
    for table in job.tables:
        job.tell(f"writing {table.name}")
        for row in table.rows():
            yield json_row({"table": table.name} | row) + "\n"
