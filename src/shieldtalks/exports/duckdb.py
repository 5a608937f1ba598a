"""DuckDB: one file with typed tables, their keys and comments, the views, and the descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ..record.views import record_views
from ..tabular.engine.sql import identifier, literal
from ..tabular.files import whole_path
from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject, dumps
from ..tabular.package.schema import (
    ForeignKey,
    codes,
    foreign_keys,
    other_keys,
    primary_key,
    required_fields,
)
from ..tabular.tables.database import Views, description_of
from ..tabular.tables.plain import descriptor_with
from ..tabular.types import type_of
from .job import Job, Table, long_numbers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The type of a column for each type of Arrow; any other is text.
_TYPES = {"int64": "BIGINT", "float64": "DOUBLE", "bool_": "BOOLEAN", "date32": "DATE"}

#: What stands for a missing value in the file that DuckDB reads; all other cells are quoted.
_MISSING = r"\N"

#: The longest line that DuckDB reads if it is not told of a longer one.
_LONGEST = 2 << 20

#: The rows of a view that are in memory at the same time.
_ROWS = 8192

#: The dates of the ledger, as in the SQLite file; in DuckDB they are dates.
_CLOCK = (
    "CREATE TABLE clock (number INTEGER PRIMARY KEY CHECK (number = 1), as_of DATE, known_by DATE)"
)


def write(job: Job) -> None:
    """Write the file."""
    import duckdb

    schemas = {table.name: table.schema for table in job.tables}
    order = _order(schemas)
    with (
        whole_path(job.target, force=job.force) as path,
        TemporaryDirectory(prefix="shieldtalks-") as scratch,
    ):
        path.unlink(missing_ok=True)  # DuckDB makes the file itself
        settings: dict[str, Any] = {
            "autoinstall_known_extensions": "false",
            "temp_directory": scratch,
        }
        try:
            left_out: list[str] = []
            with closing(duckdb.connect(str(path), config=settings)) as database:
                database.execute("BEGIN")
                for table in sorted(job.tables, key=lambda table: order.index(table.name)):
                    left_out += _add_table(database, job, table, schemas, order, Path(scratch))
                _describe(database, job, schemas)
                database.execute("COMMIT")
                _add_views(database, job, record_views())
        except duckdb.IOException as error:
            raise OSError(str(error)) from error
    if left_out:
        job.note(f"left out, because DuckDB cannot hold these foreign keys: {', '.join(left_out)}")


def _order(schemas: Mapping[str, JsonObject]) -> list[str]:
    """The tables in an order in which each comes after those that it refers to, if there is one."""
    ahead = {
        name: {key.table for key in foreign_keys(schema, name)} & set(schemas) - {name}
        for name, schema in schemas.items()
    }
    while True:
        try:
            return list(TopologicalSorter(ahead).static_order())
        except CycleError as error:
            later, first = error.args[1][:2]
            ahead[first] = ahead[first] - {later}


def _add_table(
    database: DuckDBPyConnection,
    job: Job,
    table: Table,
    schemas: Mapping[str, JsonObject],
    order: list[str],
    scratch: Path,
) -> list[str]:
    """Make a table and fill it; the foreign keys that it lacks. Raises CannotRun if the rows do not fit."""
    import duckdb

    try:
        kept = [key for key in foreign_keys(table.schema, table.name) if key.table in schemas]
        held = [key for key in kept if _holds(key, table.name, schemas, order)]
        database.execute(_create_table(table, held))
        file = scratch / "rows.csv"
        rounded: set[str] = set()
        longest = _write_rows(job, table, file, rounded)
        database.execute(_copy(table, file, longest))
        for statement in _comments(table):
            database.execute(statement)
    except (duckdb.IOException, duckdb.OutOfMemoryException):
        raise
    except (duckdb.Error, AttributeError, KeyError, TypeError, ValueError) as error:
        why = str(error).partition("\n")[0]
        raise CannotRun(
            f'"{table.name}" does not fit into DuckDB as its schema has it: {why}',
            "Run `shieldtalks validate` to see where. If it finds nothing, DuckDB cannot hold a value or a "
            "name: an integer has at most 64 bits here, and names cannot differ only in case. Export json "
            "or csv.",
        ) from error
    job.note_rounded(table, rounded, "DuckDB")
    return [f"{table.name}.{', '.join(k.fields)} -> {k.table}" for k in kept if k not in held]


def _create_table(table: Table, held: list[ForeignKey]) -> str:
    """The statement that makes a table, with its own keys and these foreign keys."""
    required = {*required_fields(table.schema), *primary_key(table.schema)}
    parts = [_column(field, is_required=field["name"] in required) for field in table.fields]
    if key := primary_key(table.schema):
        parts.append(f"PRIMARY KEY ({_names(key)})")
    parts += [f"UNIQUE ({_names(fields)})" for fields in other_keys(table.schema) if fields != key]
    for one in held:
        target = f"{identifier(one.table)} ({_names(one.columns)})"
        parts.append(f"FOREIGN KEY ({_names(one.fields)}) REFERENCES {target}")
    return f"CREATE TABLE {identifier(table.name)} (" + ", ".join(parts) + ")"


def _holds(key: ForeignKey, name: str, schemas: Mapping[str, JsonObject], order: list[str]) -> bool:
    """Whether DuckDB can hold a foreign key.

    It refers to a key of a table that is already there, with columns of the same types. DuckDB checks
    each row when it is added, so a table cannot refer to itself.
    """
    if key.table == name or order.index(key.table) > order.index(name):
        return False
    there = schemas[key.table]
    if key.columns not in [primary_key(there), *other_keys(there)]:
        return False
    here = _types(schemas[name])
    types = _types(there)
    return all(here[a] == types[b] for a, b in zip(key.fields, key.columns, strict=True))


def _types(schema: JsonObject) -> dict[str, str]:
    return {field["name"]: _type(field) for field in schema["fields"]}


def _type(field: JsonObject) -> str:
    return _TYPES.get(type_of(field).arrow, "VARCHAR")


def _column(field: JsonObject, *, is_required: bool) -> str:
    name = identifier(field["name"])
    words = [name, _type(field)]
    if is_required:
        words.append("NOT NULL")
    if known := codes(field):
        words.append(f"CHECK ({name} IN ({', '.join(map(literal, known))}))")
    return " ".join(words)


def _names(fields: list[str]) -> str:
    return ", ".join(map(identifier, fields))


def _write_rows(job: Job, table: Table, path: Path, rounded: set[str]) -> int:
    """Write the rows for DuckDB to read; the bytes of the longest one."""
    types = [type_of(field) for field in table.fields]
    longest = 0
    with path.open("wb") as file:
        for row in job.rows(table):
            rounded.update(long_numbers(row))
            cells = (
                _MISSING if value is None else _quoted(type_.write(value))
                for value, type_ in zip(row.values(), types, strict=True)
            )
            longest = max(longest, file.write(f"{','.join(cells)}\n".encode()))
    return longest


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _copy(table: Table, file: Path, longest: int) -> str:
    """The statement that fills a table from a file."""
    columns = ", ".join(
        f"{literal(field['name'])}: {literal(_type(field))}" for field in table.fields
    )
    return (
        f"INSERT INTO {identifier(table.name)} SELECT * FROM read_csv({literal(str(file))}, "
        "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
        f"new_line = '\\n', nullstr = {literal(_MISSING)}, allow_quoted_nulls = false, "
        f"max_line_size = {max(longest + 1, _LONGEST)}, parallel = false, columns = {{{columns}}})"
    )


def _comments(table: Table) -> Iterator[str]:
    """The statements that say what a table and its fields mean, in the words of the schema."""
    name = identifier(table.name)
    about = table.schema.get("description") or table.title
    if about:
        yield f"COMMENT ON TABLE {name} IS {literal(str(about))}"
    for field in table.fields:
        words = field.get("description") or field.get("title")
        if words:
            yield f"COMMENT ON COLUMN {name}.{identifier(field['name'])} IS {literal(str(words))}"


def _describe(database: DuckDBPyConnection, job: Job, schemas: Mapping[str, JsonObject]) -> None:
    """Add the descriptor with all schemas, as in the SQLite file."""
    package = job.package
    table = identifier(description_of(schemas))
    database.execute(
        f"CREATE TABLE {table} (name VARCHAR NOT NULL, version VARCHAR, descriptor VARCHAR NOT NULL)"
    )
    row: list[Any] = [package.name, package.version, dumps(descriptor_with(package, schemas))]
    database.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", row)


def _add_views(database: DuckDBPyConnection, job: Job, views: Views) -> None:
    """Add the views of the record whose tables and columns exist, unless a name is taken."""
    import duckdb

    taken = {table.name.lower() for table in job.tables}
    if taken & {views.table, *views.selects}:
        return
    database.execute(_CLOCK)
    database.execute("INSERT INTO clock (number) VALUES (1)")
    waiting, added = dict(views.selects), set[str]()
    while waiting:
        working = []
        for name, select in waiting.items():
            try:
                database.execute(f"CREATE VIEW {identifier(name)} AS\n{_in_duckdb(select)}")
            except duckdb.Error:
                continue
            try:
                _run_through(database, f"SELECT * FROM {identifier(name)}")
                working.append(name)
            except duckdb.Error:
                database.execute(f"DROP VIEW {identifier(name)}")
        if not working:
            break
        added.update(working)
        waiting = {name: select for name, select in waiting.items() if name not in added}
    if not any(views.table in views.selects[name] for name in added):
        database.execute("DROP TABLE clock")


def _in_duckdb(select: str) -> str:
    """A SELECT of the SQLite file for DuckDB. Before 3.39, SQLite knows only the short word for this."""
    return re.sub(r"\bIS (?=\w+\.\w)", "IS NOT DISTINCT FROM ", select)


def _run_through(database: DuckDBPyConnection, query: str) -> None:
    """Run a query to its end, with few rows in memory."""
    result = database.execute(query)
    while result.fetchmany(_ROWS):
        pass
