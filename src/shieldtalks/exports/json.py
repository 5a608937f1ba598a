"""JSON: `{"package": {...}, "tables": {"events": [{...}]}}`, one row per line, written row by row."""

from __future__ import annotations

from collections.abc import Iterator

from ..tabular.files import write_text
from ..tabular.jsontext import dumps
from ..tabular.tables.json import json_row
from .job import Job, about


def write(job: Job) -> None:
    """Write the document to the target."""
    write_text(document(job), job.target, job.force)


def document(job: Job) -> Iterator[str]:
    """The document, in parts."""
    yield f'{{"package": {dumps(about(job.package))},\n"tables": {{'
    for number, table in enumerate(job.tables):
        yield f"{',' if number else ''}\n{dumps(table.name)}: ["
        for index, row in enumerate(job.rows(table)):
            yield f"{',' if index else ''}\n{json_row(row)}"
        yield "]"
    yield "\n}}\n"
