"""Which records of a file are its header, its comments and its rows, by the rows that a dialect names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Generic, TypeVar

from ..package.dialect import CsvDialect

#: A record of a text file, or a row of another source.
Record = TypeVar("Record")


class Sections(Generic[Record]):
    """The records of one file, divided. `skip` is called with each record that is no header and no row.

    `headerRows` and `commentRows` are numbers of records, from 1. If a header row is a comment,
    `headerRows` counts only the records that are no comments: so the default, [1], is the first of them.
    """

    def __init__(
        self,
        numbered: Iterator[tuple[int, Record]],
        dialect: CsvDialect,
        is_comment: Callable[[Record], bool],
        skip: Callable[[Record], None] = lambda _: None,
    ) -> None:
        self._numbered, self._dialect = numbered, dialect
        self._is_marked, self._skip = is_comment, skip

    def header(self) -> list[Record]:
        """The records of the header, in order; fewer than the dialect names if the file ends before."""
        wanted = set(self._dialect.header_rows)
        last = max(wanted, default=0)
        by_file: dict[int, Record] = {}
        by_rest: dict[int, Record] = {}
        number, rest, counts_rest = 0, 0, wanted == {1}
        while (rest if counts_rest else number) < last:
            pair = next(self._numbered, None)
            if pair is None:
                break
            number, record = pair
            if self._is_comment(number, record):
                counts_rest = counts_rest or number in wanted
                self._skip(record)
                continue
            rest += 1
            if number in wanted:
                by_file[number] = record
            if rest in wanted:
                by_rest[rest] = record
            if not {number, rest} & wanted:
                self._skip(record)
        found = by_rest if counts_rest else by_file
        return [found[number] for number in sorted(found)]

    def rows(self) -> Iterator[Record]:
        """The records after the header, without comments."""
        for number, record in self._numbered:
            if self._is_comment(number, record):
                self._skip(record)
            else:
                yield record

    def _is_comment(self, number: int, record: Record) -> bool:
        return self._is_marked(record) or number in self._dialect.comment_rows


def joined(rows: Sequence[Sequence[str]], dialect: CsvDialect, want: Sequence[str]) -> list[str]:
    """The names of a header in several rows.

    A cell of an upper row holds for the empty or missing cells to its right, too (Table Dialect,
    `headerJoin`). A part that is empty, or that repeats the part above it, is left out. If other usual
    ways to join give the names `want`, these are the names.
    """
    if len(rows) < 2:
        return list(rows[0]) if rows else []
    width = max(map(len, rows))
    filled = [_filled(row, width) for row in rows[:-1]] + [_padded(rows[-1], width)]
    plain = [_padded(row, width) for row in rows]
    ways = (
        [_parts(column, repeats=False) for column in zip(*filled, strict=True)],
        [_parts(column, repeats=False) for column in zip(*plain, strict=True)],
        [_parts(column, repeats=True) for column in zip(*filled, strict=True)],
        [_parts(column, repeats=True) for column in zip(*plain, strict=True)],
        [list(column) for column in zip(*plain, strict=True)],
    )
    names = [[dialect.header_join.join(parts) for parts in way] for way in ways]
    fields = set(want)
    return max(names, key=lambda way: sum(name in fields for name in way))


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [cell for cell, _ in zip_longest(row, range(width), fillvalue="")]


def _filled(row: Sequence[str], width: int) -> list[str]:
    """A row in which each empty cell has the text of the cell before it."""
    cells: list[str] = []
    for cell in _padded(row, width):
        cells.append(cell or (cells[-1] if cells else ""))
    return cells


def _parts(column: Sequence[str], *, repeats: bool) -> list[str]:
    """The parts of a name that are not empty."""
    parts: list[str] = []
    for cell in column:
        if cell and (repeats or not parts or parts[-1] != cell):
            parts.append(cell)
    return parts
