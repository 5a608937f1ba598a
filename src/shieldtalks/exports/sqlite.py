"""SQLite: one file with typed tables, their keys and indexes, the views, and the descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

from ..record.profile import is_ours
from ..record.views import record_views
from ..tabular.files import whole_path
from ..tabular.tables.database import (
    DESCRIPTION,
    connect,
    create,
    description_of,
    finish,
    insert_values,
    load,
)
from .job import Job, Row, long_numbers

#: This marks the file as one of Shieldtalks ("SHLD"); `user_version` is the version of the data.
APPLICATION_ID = 0x53484C44


def write(job: Job) -> None:
    """Write the file."""
    schemas = {table.name: table.schema for table in job.tables}
    described = description_of(schemas)
    if described != DESCRIPTION:
        job.note(f'the descriptor is in "{described}", because a table is called "{DESCRIPTION}"')
    views = record_views()
    names = {views.table.lower(), *map(str.lower, views.selects)}
    taken = sorted(table.name for table in job.tables if table.name.lower() in names)
    if taken and is_ours(job.package):
        job.note(f"the views are left out, because a table has the name of one of them: {taken[0]}")
    with whole_path(job.target, force=job.force) as path, closing(connect(str(path))) as database:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {_number(job.package.version)}")
        create(database, schemas, {table.name: table.rows for table in job.tables})
        for table in job.tables:
            job.tell(f"writing {table.name}")
            if table.resource:
                rounded = load(database, table.resource)
            else:
                rounded = set()
                rows = (list(row.values()) for row in _seen(table.rows(), rounded))
                insert_values(database, table.name, len(table.fields), rows)
            job.note_rounded(table, rounded, "SQLite")
        job.tell("making indexes")
        finish(database, schemas, job.package, views)


def _seen(rows: Iterator[Row], rounded: set[str]) -> Iterator[Row]:
    for row in rows:
        rounded.update(long_numbers(row))
        yield row


def _number(version: str | None) -> int:
    """A version as one number: 1002003 for 1.2.3; 0 for any other text."""
    match = re.fullmatch(r"([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})", version or "", re.ASCII)
    return int("".join(part.zfill(3) for part in match.groups())) if match else 0
