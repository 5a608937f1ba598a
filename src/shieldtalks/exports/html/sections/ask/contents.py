"""What the database of the page has: its statements, its rows, and its tables and views in words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .....tabular.package import Package
from .....tabular.package.schema import fields_of
from .....tabular.tables.database import DESCRIPTION


class Listed(NamedTuple):
    """A table or a view: its name as SQL, what a row of it is, its number of rows, its columns in words."""

    name: str
    sql: str
    kind: str
    about: str
    rows: int
    #: For each column its name, its name as SQL and its description ("" if there is none).
    columns: tuple[tuple[str, str, str], ...]


def schema(database: sqlite3.Connection, tables: set[str]) -> dict[str, Any]:
    """The statements that make the database, what is in its other tables, and all columns."""
    listed = database.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view')"
        " AND name <> ? AND name NOT LIKE 'sqlite_%' ORDER BY type, rowid",
        (DESCRIPTION,),
    ).fetchall()
    others = [name for name, kind, _ in listed if kind == "table" and name not in tables]
    return {
        "tables": [sql for _, kind, sql in listed if kind == "table"],
        "views": [sql for _, kind, sql in listed if kind == "view"],
        "rows": {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in others},
        "columns": {name: _columns(database, name) for name, _, _ in listed if name not in others},
    }


def _columns(database: sqlite3.Connection, name: str) -> list[str]:
    rows = database.execute("SELECT name FROM pragma_table_info(?)", (name,))
    return [column for (column,) in rows]


def listing(
    database: sqlite3.Connection,
    package: Package,
    views: Mapping[str, str],
    columns: Mapping[str, list[str]],
) -> Iterator[Listed]:
    """The tables, then the views, each with what it says of itself."""
    resources = {resource.name: resource for resource in package.resources}
    for name in sorted(columns, key=lambda name: (name in views, name)):
        resource = resources.get(name)
        fields = fields_of(resource.schema) if resource else ()
        told = {str(field.get("name")): str(field.get("description") or "") for field in fields}
        about = str(resource.descriptor.get("title") or "") if resource else _comment(views[name])
        number = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        yield Listed(
            name,
            _as_sql(database, name),
            "table" if resource else "view",
            about,
            int(number),
            tuple((one, _as_sql(database, one), told.get(one, "")) for one in columns[name]),
        )


def _comment(select: str) -> str:
    """The first sentence of the comment at the head of a view."""
    lines = re.match(r"(?:-- .*\n)*", select)
    words = " ".join(line.removeprefix("-- ") for line in (lines[0] if lines else "").splitlines())
    return re.split(r"(?<=\.)\s", words, maxsplit=1)[0].rstrip(".")


def _as_sql(database: sqlite3.Connection, name: str) -> str:
    """A name as SQL: in quotes only if it needs them."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        try:
            database.execute(f"SELECT 1 AS {name}")
        except sqlite3.Error:
            pass
        else:
            return name
    return '"' + name.replace('"', '""') + '"'
