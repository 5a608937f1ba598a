"""A package as an SQLite database: typed tables with keys, and views that the caller hands in."""

from __future__ import annotations

import csv
import errno
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from ..engine.sql import identifier, literal, without_words
from ..engine.storage import cannot_write, full
from ..findings import CannotRun
from ..jsontext import JsonObject, LongNumber, dumps
from ..package import Package, Resource
from ..package.schema import constraints, fields_of
from ..sources.parts import lines_of
from ..sources.plain import as_csv
from ..types import FieldType, type_of
from . import ddl
from .plain import descriptor_with
from .rows import Row, check_readable, rows

#: The table that holds the whole descriptor, in one row.
DESCRIPTION = "_package"

#: The first SQLite with STRICT tables.
_OLDEST = (3, 37)


@dataclass(frozen=True, slots=True)
class Views:
    """Views to add if the tables and columns that they read exist, and one table that they need."""

    #: The SELECT of each view, by its name.
    selects: Mapping[str, str] = field(default_factory=dict)
    #: The name of the table, "" if there is none, and the statements that make and fill it.
    table: str = ""
    statements: Sequence[str] = ()
    #: The view that uses the table; without this view the table is left out.
    main: str = ""


def open_database(
    package: Package, only: Collection[str] | None = None, views: Views | None = None
) -> sqlite3.Connection:
    """The tables of a package (or `only` some of them) in a new database, with types and keys.

    The database is private and temporary. Raises CannotRun if the data do not fit their schemas.
    """
    taken = [res for res in package.resources if only is None or res.name in only]
    schemas = {resource.name: resource.schema for resource in taken}
    connection = connect()
    try:
        create(connection, schemas, {table.name: partial(rows, table) for table in taken})
        for resource in taken:
            load(connection, resource)
        finish(connection, schemas, package, views)
    except OSError as error:
        connection.close()
        raise full(error) or error from error
    except BaseException:
        connection.close()
        raise
    return connection


def connect(path: str = "") -> sqlite3.Connection:
    """A new database, temporary if no path is given, in a transaction that `finish` ends."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise CannotRun(
            f"this Python has SQLite {sqlite3.sqlite_version}, which has no STRICT tables",
            f"SQLite {'.'.join(map(str, _OLDEST))} or newer is needed.",
        )
    connection = sqlite3.connect(path, isolation_level=None)
    # No journal is needed: a file is moved to its place only when it is complete.
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    return connection


def create(
    connection: sqlite3.Connection,
    schemas: Mapping[str, JsonObject],
    rows: Mapping[str, Callable[[], Iterator[Row]]] = MappingProxyType({}),
) -> None:
    """Make an empty table for each schema. `rows` gives what they are made for.

    Where a number of these rows is rounded, a limit that excludes its own value becomes one that
    allows it: the two can be the same double.
    """
    for name in schemas:
        unknown = ddl.unknown_fields(schemas[name])
        if unknown:
            message = (
                f'a key of the table "{name}" names a field that it does not have: {unknown[0]}'
            )
            raise CannotRun(message, "Correct the key in the schema.")
        try:
            statement = ddl.create_table(name, schemas, _inexact(schemas[name], rows.get(name)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CannotRun(
                f'the schema of "{name}" has faults', "Run `shieldtalks validate` to see where."
            ) from error
        _run(connection, statement, name)


def _inexact(schema: JsonObject, rows: Callable[[], Iterator[Row]] | None) -> set[str]:
    """The fields with an exclusive limit and with numbers that a double cannot hold exactly."""
    limited = [
        field["name"]
        for field in fields_of(schema)
        if type_of(field).binds
        and {"exclusiveMinimum", "exclusiveMaximum"} & constraints(field).keys()
    ]
    if rows is None or not limited:
        return set()
    return {name for row in rows() for name in limited if type(row[name]) is LongNumber}


def load(connection: sqlite3.Connection, resource: Resource) -> set[str]:
    """Fill a table from its file; the fields with numbers that a double cannot hold exactly."""
    check_readable(resource)
    resource = as_csv(resource)
    values = ", ".join(map(_converted, resource.fields, resource.missing))
    rounded: set[int] = set()
    try:
        reader = csv.reader(lines_of(resource), delimiter=resource.dialect.delimiter)
        next(reader, None)
        insert(connection, resource.name, values, _bound(resource, reader, rounded))
    except UnicodeError as error:
        raise CannotRun(
            f'the table "{resource.name}" cannot be read: {resource.path} is not valid '
            f"{resource.encoding}",
            "Run `shieldtalks validate` to see where.",
        ) from error
    return {resource.field_names[place] for place in rounded}


def _bound(
    resource: Resource, rows: Iterable[list[str]], rounded: set[int]
) -> Iterable[Sequence[Any]]:
    """Rows for `insert`: texts, but values where SQLite would read a text as another value."""
    types = [type_of(field) for field in resource.fields]
    bound = [n for n, type_ in enumerate(types) if type_.binds]
    if not bound:
        return rows
    readers = [(n, types[n], types[n].reader, frozenset(resource.missing[n])) for n in bound]
    return (_with_values(row, readers, rounded) for row in rows)


def _with_values(
    row: list[Any],
    readers: Sequence[tuple[int, FieldType, Callable[[str], Any] | None, frozenset[str]]],
    rounded: set[int],
) -> list[Any]:
    for place, type_, read, missing in readers:
        if place < len(row) and row[place] in missing:
            row[place] = None
        elif place < len(row) and read is not None:
            with suppress(ValueError):  # STRICT tables refuse a text that is no number
                value = read(row[place])
                if type(value) is LongNumber:
                    rounded.add(place)
                row[place] = type_.bound_value(value)
    return row


def insert(
    connection: sqlite3.Connection, name: str, values: str, rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows to a table; `values` is the SQL for the values of one row."""
    try:
        connection.executemany(f"INSERT INTO {identifier(name)} VALUES ({values})", rows)
    except (sqlite3.Error, OverflowError, csv.Error) as error:
        _check_room(error)
        raise _unfit(name, error) from error


def insert_values(
    connection: sqlite3.Connection, name: str, many: int, rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows of typed values to a table, `many` values per row; None is a missing value."""
    # SQLite would turn NaN into NULL; the text "NaN" is refused instead.
    proper = (["NaN" if value != value else value for value in row] for row in rows)
    insert(connection, name, ", ".join("?" * many), proper)


def finish(
    connection: sqlite3.Connection,
    schemas: Mapping[str, JsonObject],
    package: Package,
    views: Views | None = None,
) -> None:
    """Add indexes, views and the descriptor, check the foreign keys and commit."""
    taken = {name.lower() for name in (*schemas, DESCRIPTION)}
    for name in schemas:
        for statement in ddl.create_indexes(name, schemas, taken):
            _run(connection, statement, name)
    _describe(connection, schemas, package)
    if views is not None:
        _add_views(connection, views)
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise _unfit(str(dangling[0]), f"row {dangling[1]} refers to no row of {dangling[2]}")
    _run(connection, "COMMIT", package.name)


def has_view(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the database has a view of this name."""
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = ?", [name]
    )
    return found.fetchone() is not None


def _converted(field: JsonObject, missing: Sequence[str]) -> str:
    """SQL for a cell as its column takes it: NULL if it is missing, 1 and 0 for true and false."""
    type_ = type_of(field)
    stored = type_.stores_as("v")
    if type_.binds:  # `_with_values` makes the value
        return "?"
    if stored == "v" and len(missing) < 2:
        return f"nullif(?, {literal(missing[0])})" if missing else "?"
    # The parameter is written only once: one with a number is deprecated in some Python 3.12.
    value = f"(SELECT {without_words('w', missing)} AS v FROM (SELECT ? AS w))"
    return f"(SELECT {stored} FROM {value})"


def _run(connection: sqlite3.Connection, statement: str, name: str) -> None:
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        _check_room(error)
        raise CannotRun(f'SQLite cannot hold the table "{name}": {error}') from error


def _check_room(error: Exception) -> None:
    """Raise OSError if an error means that the disk is full."""
    if cannot_write(error):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


def _unfit(name: str, why: object) -> CannotRun:
    if "number of bindings" in str(why):
        why = "a row has more or fewer cells than the table has fields"
    return CannotRun(
        f'"{name}" does not fit into SQLite as its schema has it: {why}',
        "Run `shieldtalks validate` to see where. If it finds nothing, SQLite cannot hold a value: it has no "
        "NaN, no integer of more than 64 bits, and about 16 digits of other numbers. Export json or csv.",
    )


def description_of(tables: Iterable[str]) -> str:
    """The name of the table that holds the descriptor, beside tables with these names."""
    taken, name = {table.lower() for table in tables}, DESCRIPTION
    while name in taken:
        name += "_"
    return name


def _describe(
    connection: sqlite3.Connection, schemas: Mapping[str, JsonObject], package: Package
) -> None:
    """Add the descriptor with all schemas, so that the file describes itself."""
    whole, table = dumps(descriptor_with(package, schemas)), description_of(schemas)
    _run(
        connection,
        f"CREATE TABLE {identifier(table)} "
        "(name TEXT NOT NULL, version TEXT, descriptor TEXT NOT NULL) STRICT",
        table,
    )
    connection.execute(
        f"INSERT INTO {identifier(table)} VALUES (?, ?, ?)",
        [package.name, package.version, whole],
    )


def _add_views(connection: sqlite3.Connection, views: Views) -> None:
    """Add each view whose tables and columns exist, and the table that the main view needs."""
    names = {name.lower() for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if names & {views.table.lower(), *map(str.lower, views.selects)}:
        return  # the package has tables of its own with these names
    for statement in views.statements:
        connection.execute(statement)
    for name, select in views.selects.items():
        connection.execute(f"CREATE VIEW {name} AS\n{select}")
    _drop_broken(connection, views.selects)
    if views.table and not has_view(connection, views.main):
        connection.execute(f"DROP TABLE {views.table}")
        _drop_broken(connection, [name for name in views.selects if has_view(connection, name)])


def _drop_broken(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Drop the views that do not work, with those that read them."""
    for name in [name for name in names if not _works(connection, name)]:
        connection.execute(f"DROP VIEW {name}")


def _works(connection: sqlite3.Connection, view: str) -> bool:
    """Whether a view reads only what exists.

    To list its columns, SQLite looks up every name in it and in the views that it reads. It makes no plan,
    which takes a hundred times as long.
    """
    try:
        connection.execute(f"PRAGMA table_info({identifier(view)})")
    except sqlite3.OperationalError:
        return False
    return True
