"""JSON Lines: one row per line, with the name of its table.

If DuckDB is installed, it writes large tables: faster, and the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ..tabular import temporary
from ..tabular.engine import is_bulk
from ..tabular.engine.sql import identifier, literal
from ..tabular.files import STDOUT, write_bytes
from ..tabular.jsontext import JsonObject
from ..tabular.package import Resource
from ..tabular.sources.csv import inspect, may_be_bulk
from ..tabular.sources.plain import as_csv
from ..tabular.tables.json import json_row
from ..tabular.types import type_of
from .job import Job, Row, Table

_CHUNK = 1 << 20

#: The key of the name of the table in each line.
KEY = "table"


def write(job: Job) -> None:
    """Write the lines to the target."""
    write_bytes(_parts(job), job.target, job.force)


def _parts(job: Job) -> Iterator[bytes]:
    beside = None if job.target == STDOUT else job.target
    key = _key(job)
    with temporary.folder(beside) as folder:
        for table in job.tables:
            job.tell(f"writing {table.name}")
            file = folder / "lines"
            if _write_bulk(table, key, file):
                with file.open("rb") as lines:
                    while chunk := lines.read(_CHUNK):
                        yield chunk
            else:
                yield from _lines(key, table.name, job.rows(table))


def _key(job: Job) -> str:
    """The key of the table's name in each line: `table`, if no field of the tables has this name."""
    # Some readers take upper and lower case for the same.
    names = {field["name"].casefold() for table in job.tables for field in table.fields}
    key = KEY
    while key in names:
        key = f"_{key}"
    if key != KEY:
        job.note(f'the name of the table is under "{key}", because a field is called "{KEY}"')
    return key


def _lines(key: str, name: str, rows: Iterator[Row]) -> Iterator[bytes]:
    for row in rows:
        yield (json_row({key: name} | row) + "\n").encode("utf-8")


def _write_bulk(table: Table, key: str, file: Path) -> bool:
    """Write a large table by DuckDB; False if that is not possible or would give other lines."""
    if table.resource is None:
        return False
    resource = as_csv(table.resource)
    if resource.more or not is_bulk([resource]):
        return False
    line = _line(resource, key)
    try:
        return line is not None and _copy(resource, line, file)
    except ValueError:  # the table is too large to inspect, or DuckDB failed
        return False


def _copy(resource: Resource, line: str, file: Path) -> bool:
    facts = inspect(resource, hashed=False)
    if not may_be_bulk(resource, facts):
        return False
    from ..tabular.engine.duckdb import DuckDb

    with closing(DuckDb([], lean=False)) as engine:
        delimiter = resource.dialect.delimiter
        rows = engine.write_lines(resource, resource.missing, delimiter, line, file)
    return facts.records == 1 + rows


def _line(resource: Resource, key: str) -> str | None:
    """DuckDB's SQL for the line of a row; None if Python would write another line."""
    parts = [literal(f'{{"{key}": ' + json.dumps(resource.name, ensure_ascii=False))]
    for field in resource.fields:
        value = _value(field)
        if value is None:
            return None
        name = json.dumps(field["name"], ensure_ascii=False)
        parts += [literal(f", {name}: "), f"coalesce({value}, 'null')"]
    return f"concat({', '.join(parts)}, '}}')"


def _value(field: JsonObject) -> str | None:
    """DuckDB's SQL for a value as JSON; None if only Python writes it right.

    The SQL fails if a value is not written as JSON writes it.
    """
    column, type_ = identifier(field["name"]), type_of(field)
    if not type_.is_plain:
        return None
    if type_.json == "string":
        return f"CAST(to_json({column}) AS VARCHAR)"
    if type_.json == "integer":
        plain = f"TRY_CAST({column} AS BIGINT)::VARCHAR IS NOT DISTINCT FROM {column}"
        return f"CASE WHEN {plain} THEN {column} ELSE error('not plain') END"
    if type_.words:
        cases = " ".join(
            f"WHEN {literal(word)} THEN '{json.dumps(value)}'"
            for word, value in type_.words.items()
        )
        known = f"CASE {column} {cases} ELSE error('not plain') END"
        return f"CASE WHEN {column} IS NOT NULL THEN {known} END"
    return None  # DuckDB writes some numbers differently
