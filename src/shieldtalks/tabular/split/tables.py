"""The two files of a table: its good rows, and its bad rows with what is wrong in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from ..findings import CannotRun
from ..package import Resource
from ..reports.rules import sentence
from ..sources.loaded import LoadedTable
from ..sources.stream import stream, with_header
from .store import BadRow, Store

#: The columns that a file of bad rows has after those of the table.
ADDED = ("_line", "_rule", "_message")


def added_columns(names: Sequence[str]) -> list[str]:
    """The names of the added columns, with more underscores if the table has such names."""
    taken = {name.casefold() for name in names}
    prefix = ""
    while any(f"{prefix}{name}" in taken for name in ADDED):
        prefix += "_"
    return [f"{prefix}{name}" for name in ADDED]


class TableFiles:
    """Writes the rows of one table into the file of the good or of the bad ones."""

    def __init__(self, table: LoadedTable, store: Store, sentences: dict[str, str]) -> None:
        resource = with_header(table.resource)
        if resource is None or not all(name.strip() for name in resource.field_names):
            message = f"the rows of {table.resource.path} cannot be split: its header lacks a name"
            raise CannotRun(f"{message}, or has one twice", "Correct the header first.")
        self.resource: Resource = resource
        self.good = self.bad = 0
        self._table, self._store, self._sentences = table, store, sentences
        #: The columns to write, by their numbers; None if all fields have one (see `fieldsMatch`).
        self._columns = _written(resource.field_names, table.left_out)
        #: If the header is wrong, no row can be trusted.
        self._header: list[str | None] = [fault.message for fault in table.header_faults]

    @property
    def has_all_columns(self) -> bool:
        """Whether each field of the schema has a column."""
        return self._columns is None

    def write(self, good: Path, bad: Path) -> None:
        """Write both files."""
        names, columns = self.resource.field_names, self._columns
        if columns is not None:
            names = [names[number] for number in columns]
        with _opened(good) as good_file, _opened(bad) as bad_file:
            to_good, to_bad = _Writer(good_file), _Writer(bad_file)
            following: list[BadRow | None] = [None]
            rows: list[Iterator[BadRow]] = [iter(())]

            def start() -> None:
                self.good = self.bad = 0
                for file in (good_file, bad_file):
                    file.seek(0)
                    file.truncate()
                to_good.row(names)
                to_bad.row([*names, *added_columns(names)])
                rows[0] = self._store.rows(self._table.resource.name)
                following[0] = next(rows[0], None)

            def take(number: int, cells: Sequence[str]) -> None:
                if columns is not None:
                    cells = [cells[place] for place in columns]
                found = following[0]
                if found is not None and found.row == number:
                    following[0] = next(rows[0], None)
                elif not self._header:
                    self.good += 1
                    to_good.row(cells)
                    return
                else:
                    found = BadRow(number, [])
                self.bad += 1
                to_bad.row([*cells, *self._about(found)])

            start()
            stream(self.resource, take, start)

    def _about(self, found: BadRow) -> list[str]:
        """The line of a row, the rules that it breaks, and the messages."""
        table = self._table
        line = table.shown_place(found.row) or str(table.line(found.row))
        if table.resource.more:
            line = f"{table.part(found.row).path}:{line}"
        faults = [*(("header", message) for message in self._header), *found.faults]
        rules = dict.fromkeys(rule for rule, _ in faults)
        messages = [message or sentence(rule, self._sentences) for rule, message in faults]
        return [line, "; ".join(rules), " | ".join(messages)]


def _written(names: Sequence[str], left_out: set[str]) -> list[int] | None:
    """The numbers of the fields that have a column; None if all have one."""
    if not left_out:
        return None
    return [number for number, name in enumerate(names) if name not in left_out]


class _Writer:
    """Writes rows as RFC 4180 with LF."""

    def __init__(self, file: IO[str]) -> None:
        self._usual: Any = csv.writer(file, lineterminator="\n")
        self._quoted: Any = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def row(self, cells: Sequence[str]) -> None:
        """Write one row. A cell with a carriage return is quoted, which some Pythons forget."""
        if any("\r" in cell for cell in cells):
            self._quoted.writerow(cells)
        else:
            self._usual.writerow(cells)


def _opened(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", errors="replace", newline="")
