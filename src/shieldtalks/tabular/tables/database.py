"""A package as a SQLite database: typed tables with their keys, and the views of a record of our kind."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..engine.compile import kind
from ..engine.sql import identifier, literal
from ..findings import CannotRun
from ..package.package import JsonObject, Package, Resource
from ..sources.csv import dialect, missing_values
from . import ddl

#: The SELECT of each view, one file a view.
VIEWS = Path(__file__).resolve().parents[2] / "record" / "ledger"

#: The table of one row that holds the whole descriptor.
DESCRIPTION = "_package"

#: The one row that says when the ledger is asked; a month or year is refused, for which day is meant?
_CLOCK = """CREATE TABLE clock (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  as_of TEXT CHECK (date(as_of, '+0 days') IS as_of),
  known_by TEXT CHECK (date(known_by, '+0 days') IS known_by)
) STRICT"""

#: The first SQLite with STRICT tables.
_OLDEST = (3, 37)


#: What cells of a type are in SQLite, where it would not read them so by itself.
_CASES = {
    "boolean": (
        "WHEN 'true' THEN 1 WHEN 'True' THEN 1 WHEN 'TRUE' THEN 1 "
        "WHEN 'false' THEN 0 WHEN 'False' THEN 0 WHEN 'FALSE' THEN 0"
    ),
    "number": "WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999",
}


def open_database(package: Package, only: Collection[str] | None = None) -> sqlite3.Connection:
    """The tables of a package (`only` these, where given) in a new database, typed, with keys.

    Where the package is a record of proposals and answers, the views are there too. The database is
    private and temporary. Raises CannotRun where the data do not fit their schemas.
    """
    taken = [res for res in package.resources if only is None or res.name in only]
    schemas = {resource.name: resource.schema for resource in taken}
    connection = connect()
    try:
        create(connection, schemas)
        for resource in taken:
            load(connection, resource)
        finish(connection, schemas, package)
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: str = "") -> sqlite3.Connection:
    """A new database, temporary where no path is given, ready to be filled at once or never."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise CannotRun(
            f"this Python has SQLite {sqlite3.sqlite_version}, which has no STRICT tables",
            f"SQLite {'.'.join(map(str, _OLDEST))} or newer is needed.",
        )
    connection = sqlite3.connect(path, isolation_level=None)
    # Whoever writes a file puts it in its place only when it is whole: no journal is needed.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    return connection


def create(connection: sqlite3.Connection, schemas: Mapping[str, JsonObject]) -> None:
    """Make the empty tables with these schemas."""
    for name in schemas:
        try:
            statement = ddl.create_table(name, schemas)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CannotRun(
                f'the schema of "{name}" makes no sense', "Run `shieldtalks validate` to see where."
            ) from error
        _run(connection, statement, name)


def load(connection: sqlite3.Connection, resource: Resource) -> None:
    """Fill a table from its file."""
    values = ", ".join(
        _converted(field, missing_values(resource.schema, field)) for field in resource.fields
    )
    with resource.file.open(encoding=resource.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=dialect(resource)["delimiter"])
        next(reader, None)
        insert(connection, resource.name, values, reader)


def insert(
    connection: sqlite3.Connection, name: str, values: str, rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows to a table; `values` is the SQL for the cells of one."""
    try:
        connection.executemany(f"INSERT INTO {identifier(name)} VALUES ({values})", rows)
    except (sqlite3.Error, OverflowError, UnicodeError, csv.Error) as error:
        raise _unfit(name, error) from error


def insert_values(
    connection: sqlite3.Connection, name: str, many: int, rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows of so `many` values of their types, missing = None, to a table."""
    # SQLite would take what is no number for missing; as a text it does not fit.
    proper = (["NaN" if value != value else value for value in row] for row in rows)
    insert(connection, name, ", ".join("?" * many), proper)


def finish(
    connection: sqlite3.Connection, schemas: Mapping[str, JsonObject], package: Package
) -> None:
    """Add indexes, views and the description of the package; check the keys; end the work."""
    for name in schemas:
        for statement in ddl.create_indexes(name, schemas):
            _run(connection, statement, name)
    _describe(connection, schemas, package)
    _add_views(connection)
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise _unfit(str(dangling[0]), f"row {dangling[1]} refers to no row of {dangling[2]}")
    connection.execute("COMMIT")


def has_view(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the database has this view."""
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?", [name]
    )
    return found.fetchone() is not None


def _converted(field: JsonObject, missing: Sequence[str]) -> str:
    """SQL for a cell as its column takes it: missing as NULL, true and false as 1 and 0."""
    value = "?"  # once only: a parameter with a number is deprecated in some Python 3.12
    for word in missing:
        value = f"nullif({value}, {literal(word)})"
    cases = _CASES.get(kind(field)[0])
    return f"(SELECT CASE v {cases} ELSE v END FROM (SELECT {value} AS v))" if cases else value


def _run(connection: sqlite3.Connection, statement: str, name: str) -> None:
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        raise CannotRun(f'SQLite cannot hold the table "{name}": {error}') from error


def _unfit(name: str, why: object) -> CannotRun:
    return CannotRun(
        f'"{name}" does not fit into SQLite as its schema has it: {why}',
        "`shieldtalks validate` says where the data are at fault. If they are not: SQLite has no NaN, "
        "and no integer of more than 64 bits.",
    )


def _describe(
    connection: sqlite3.Connection, schemas: Mapping[str, JsonObject], package: Package
) -> None:
    """The descriptor of these tables with their schemas, so that nothing is needed beside."""
    stated = {resource.name: resource.descriptor for resource in package.resources}
    resources = [
        {"name": name} | stated.get(name, {}) | {"schema": schema}
        for name, schema in schemas.items()
    ]
    descriptor = package.descriptor | {"resources": resources}
    if not stated.keys() <= schemas.keys():
        descriptor.pop("conformsTo", None)  # a part of a package does not follow the profile
    whole = json.dumps(descriptor, ensure_ascii=False)
    _run(
        connection,
        f"CREATE TABLE {identifier(DESCRIPTION)} "
        "(name TEXT NOT NULL, version TEXT, descriptor TEXT NOT NULL) STRICT",
        DESCRIPTION,
    )
    connection.execute(
        f"INSERT INTO {identifier(DESCRIPTION)} VALUES (?, ?, ?)",
        [package.name, package.version, whole],
    )


def _add_views(connection: sqlite3.Connection) -> None:
    """Add each view whose tables and columns are there, and the clock where the ledger is."""
    names = {name.lower() for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    files = {file.stem: file for file in sorted(VIEWS.glob("*.sql"))}
    if names & {"clock", *files}:
        return  # a package that has such tables of its own is of another kind
    connection.execute(_CLOCK)
    connection.execute("INSERT INTO clock (number) VALUES (1)")
    for name, file in files.items():
        text = file.read_text(encoding="utf-8").rstrip()
        connection.execute(f"CREATE VIEW {name} AS\n{text}")
    _drop_broken(connection, list(files))
    if not has_view(connection, "ledger"):
        connection.execute("DROP TABLE clock")
        _drop_broken(connection, [name for name in files if has_view(connection, name)])


def _drop_broken(connection: sqlite3.Connection, views: list[str]) -> None:
    """Drop the views that read what is not there, and those that read them."""
    broken = [name for name in views if not _works(connection, name)]
    for name in broken:
        connection.execute(f"DROP VIEW {name}")
    if broken:
        _drop_broken(connection, [name for name in views if name not in broken])


def _works(connection: sqlite3.Connection, view: str) -> bool:
    try:
        connection.execute(f"SELECT * FROM {view} LIMIT 0")
    except sqlite3.OperationalError:
        return False
    return True
