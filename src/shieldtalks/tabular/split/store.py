"""The bad rows of a package with what is wrong in them, on the disk, so that memory is bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ..findings import Finding, Further
from ..reports.location import words

#: Rows that are written at once, and the most findings that a row shows.
_AT_ONCE, _MOST_OF_A_ROW = 5_000, 20

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE bad (name TEXT, row INTEGER, rule TEXT, message TEXT);
CREATE INDEX by_row ON bad (name, row);
CREATE TABLE again (name TEXT, row INTEGER, rule TEXT, message TEXT);
CREATE TABLE moved (name TEXT, row INTEGER, rule TEXT, message TEXT);
CREATE INDEX again_by_row ON again (name, row);
"""


#: The end of the message of a row that is bad only because other rows are gone.
AFTER = "(after the bad rows were taken out)"


class BadRow(NamedTuple):
    """A row with its faults: each with its rule and its message, or None for the message."""

    row: int
    faults: list[tuple[str, str | None]]


class Store:
    """Findings by table and row. `again` are those of the good rows, by their numbers among them."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "rows.sqlite", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._waiting: list[tuple[str, int, str, str | None]] = []
        self._into = "bad"

    @property
    def database(self) -> sqlite3.Connection:
        """The database, in which everything that was added is stored."""
        self._flush()
        return self._database

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, found: Finding | Further) -> None:
        """Note a finding, if it has a row."""
        if found.table is None or not found.row:
            return
        message = words(found) if isinstance(found, Finding) else None
        self._waiting.append((found.table, found.row, found.rule, message))
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def begin_again(self) -> None:
        """From now on, findings are those of the good rows."""
        self._flush()
        self._database.execute("DELETE FROM again")
        self._into = "again"

    def rows(self, name: str) -> Iterator[BadRow]:
        """The bad rows of a table, in order."""
        self._flush()
        found = self._database.execute(
            "SELECT row, rule, message FROM bad WHERE name = ? ORDER BY row, rule, message",
            (name,),
        )
        for row, faults in groupby(found, key=lambda one: one[0]):
            kept = list(dict.fromkeys((rule, message) for _, rule, message in faults))
            if len(kept) > _MOST_OF_A_ROW:
                more = f"and {len(kept) - _MOST_OF_A_ROW} more"
                kept = [*kept[:_MOST_OF_A_ROW], (kept[_MOST_OF_A_ROW][0], more)]
            yield BadRow(row, kept)

    def merge_again(self) -> set[str]:
        """Count the good rows with findings among the bad rows. The tables that have such rows."""
        self._flush()
        names = [name for (name,) in self._database.execute("SELECT DISTINCT name FROM again")]
        for name in names:
            self._database.execute("BEGIN")
            self._database.executemany(
                "INSERT INTO moved VALUES (?, ?, ?, ?)", self._renumbered(name)
            )
            self._database.execute("INSERT INTO bad SELECT * FROM moved")
            self._database.execute("DELETE FROM moved")
            self._database.execute("COMMIT")
        return set(names)

    def _renumbered(self, name: str) -> Iterator[tuple[str, int, str, str | None]]:
        """The findings of the good rows of a table, with the numbers of the rows in the whole table."""
        bad = self._database.execute(
            "SELECT DISTINCT row FROM bad WHERE name = ? ORDER BY row", (name,)
        )
        again = self._database.execute(
            "SELECT row, rule, message FROM again WHERE name = ? ORDER BY row, rowid", (name,)
        )
        before, following = 0, next(bad, None)
        for row, rule, message in again:
            while following is not None and following[0] <= row + before:
                before, following = before + 1, next(bad, None)
            yield name, row + before, rule, message

    def _flush(self) -> None:
        if self._waiting:
            self._database.execute("BEGIN")
            self._database.executemany(
                f"INSERT INTO {self._into} VALUES (?, ?, ?, ?)", self._waiting
            )
            self._database.execute("COMMIT")
            self._waiting.clear()
