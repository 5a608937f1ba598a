"""How the rows of a table differ that are matched by their primary key.

A large table waits in temporary files, so that only rows of one file are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple

from .. import temporary
from .change import Change
from .sides import Sides, added, changed, gone
from .table_rows import Column, Texts
from .waiting import COUNT, Numbered, read_part, write_parts

#: The most rows of the old table that are in memory.
MOST_ROWS = 100_000

#: Where a change comes among all: those of the new table first, in its order.
_Place = tuple[int, int, int]


class Keyed(NamedTuple):
    """Two tables with the same primary key."""

    #: The name of the new table.
    table: str
    sides: Sides
    #: The names of the key's fields in the new table.
    key: list[str]
    #: Whether the key is an identifier, and what became of identifiers that were withdrawn.
    identified: bool
    fates: Mapping[str, str]

    @property
    def own(self) -> list[str]:
        """The names of the key's fields in the old table."""
        return [self.sides.shared[name] for name in self.key]

    def identity(self, row: Texts, side: dict[str, Column], fields: list[str]) -> tuple[Any, ...]:
        """What is equal for rows with the same key."""
        retyped = self.sides.retyped
        if not retyped and len(fields) == 1:
            return (side[fields[0]].value(row[fields[0]]),)
        return tuple(
            row[field] if name in retyped else side[field].value(row[field])
            for name, field in zip(self.key, fields, strict=True)
        )


def by_key(tables: Keyed, old: Iterable[Texts], new: Iterable[Texts]) -> Iterator[Change]:
    """The changes of rows: in the order of the new table, then the rows that only the old one has."""
    rest = iter(old)
    first = list(islice(rest, MOST_ROWS + 1))
    if len(first) <= MOST_ROWS:
        for _, change in _matched(tables, enumerate(first), enumerate(new)):
            yield change
        return
    found: list[tuple[_Place, Change]] = []
    sides, own = tables.sides, tables.own
    with temporary.folder() as folder:
        before, after = folder / "old", folder / "new"
        rows = chain(first, rest)
        del first
        was = write_parts(rows, lambda row: tables.identity(row, sides.old, own), before)
        now = write_parts(new, lambda row: tables.identity(row, sides.new, tables.key), after)
        for part in range(COUNT):
            found += _matched(tables, read_part(before, part, was), read_part(after, part, now))
    found.sort(key=lambda placed: placed[0])
    for _, change in found:
        yield change


def _matched(
    tables: Keyed, old: Iterable[Numbered], new: Iterable[Numbered]
) -> Iterator[tuple[_Place, Change]]:
    """The changes of some rows, each with its place. Rows with the same key must be among the same ones."""
    table, sides, key, identified, fates = tables
    own = tables.own
    # A table that is not valid can have two rows with one key.
    before: dict[tuple[Any, ...], list[Numbered]] = {}
    firsts: dict[tuple[Any, ...], int] = {}
    for number, row in old:
        name = tables.identity(row, sides.old, own)
        before.setdefault(name, []).append((number, row))
        if len(before[name]) > 1:
            firsts.setdefault(name, before[name][0][0])
    for number, row in new:
        was = before.get(tables.identity(row, sides.new, key))
        if not was:
            place = (0, number, 0)
            yield place, added(table, sides.name_of(row, sides.new, key), row, sides.new)
        elif cells := sides.changed_cells(was.pop(0)[1], row):
            place = (0, number, 0)
            yield place, changed(table, sides.name_of(row, sides.new, key), cells)
    for identity, rows in before.items():
        for number, row in rows:
            name_shown = sides.name_of(row, sides.old, own)
            change = gone(table, name_shown, row, sides.old, identified=identified, fates=fates)
            yield (1, firsts.get(identity, number), number), change
