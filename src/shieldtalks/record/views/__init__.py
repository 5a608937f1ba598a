"""The SQL views of a record: one file with a SELECT for each view."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path

from ...tabular.package import Package
from ...tabular.tables.database import Views, open_database

_HERE = Path(__file__).parent

#: The folders with the SELECTs, one file for each view.
_FOLDERS = (_HERE, _HERE.parent / "ledger", _HERE.parent / "positions")

#: The table with the two dates of the ledger and the positions, in one row. It takes only days, not
#: months or years.
_CLOCK = """CREATE TABLE clock (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  as_of TEXT CHECK (date(as_of, '+0 days') IS as_of),
  known_by TEXT CHECK (date(known_by, '+0 days') IS known_by)
) STRICT"""


def selects() -> dict[str, str]:
    """The SELECT of each view, by the name of the view."""
    files = sorted((file for folder in _FOLDERS for file in folder.glob("*.sql")), key=_name)
    return {_name(file): file.read_text(encoding="utf-8").rstrip() for file in files}


def record_views(view: str | None = None) -> Views:
    """The views of a record, with the table `clock` that the ledger and the positions need.

    If a view is named, it comes with those that it reads, and no others.
    """
    found = selects() if view is None else _below(view, selects())
    statements = (_CLOCK, "INSERT INTO clock (number) VALUES (1)")
    return Views(found, "clock", statements, main=view or "ledger")


def open_record(
    package: Package, only: Collection[str] | None = None, view: str | None = None
) -> sqlite3.Connection:
    """The tables of a package in a new database, with the views of a record (see `open_database`)."""
    return open_database(package, only, record_views(view))


def _below(view: str, known: dict[str, str]) -> dict[str, str]:
    """A view and all views whose names are in its SELECT, or in theirs."""
    found: dict[str, str] = {}
    waiting = [view]
    while waiting:
        name = waiting.pop()
        found[name] = known[name]
        waiting += [other for other in known if other in known[name] and other not in found]
    return found


def _name(file: Path) -> str:
    return file.stem
