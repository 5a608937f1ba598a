"""JSON Lines: one row of one table a line, with the name of the table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .job import Job
from .output import write_text


def write(job: Job) -> None:
    """Write the lines to the target."""
    write_text(_lines(job), job.target, job.force)


def _lines(job: Job) -> Iterator[str]:
    for table in job.tables:
        job.tell(f"writing {table.name}")
        for row in table.rows():
            line = {"table": table.name} | row
            yield json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"
