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


def record_views() -> Views:
    """The views of a record, with the table `clock` that the ledger and the positions need."""
    return Views(
        selects(), "clock", (_CLOCK, "INSERT INTO clock (number) VALUES (1)"), main="ledger"
    )


def open_record(package: Package, only: Collection[str] | None = None) -> sqlite3.Connection:
    """The tables of a package in a new database, with the views of a record (see `open_database`)."""
    return open_database(package, only, record_views())


def _name(file: Path) -> str:
    return file.stem
