"""A difference as text: one line per change, with the bump that it allows and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ..findings import counted
from ..jsontext import dumps
from . import Difference
from .change import Cell, Change, Level

#: The most rows that a line lists, and the most characters of a value that it shows.
MOST_ROWS = 20
LONGEST = 80

#: Kinds of change that share one line per table.
_TOGETHER = frozenset({"row-added", "row-removed", "row-retired", "detail-removed"})

#: Kinds of change for which the old and new value are shown below the line.
DETAILED = frozenset({"row-changed", "wording-changed", "schema-changed", "metadata-changed"})


def lines(difference: Difference) -> Iterator[str]:
    """One line for each change, then the result."""
    for changes in grouped(difference.changes):
        first = changes[0]
        words = of_row(first) if first.row is not None else first.words
        if first.kind in _TOGETHER:
            words = together(changes, MOST_ROWS)
        place = ".".join(part for part in (first.table, first.field) if part) or "package"
        yield f"{first.level.name:<5} {place}: {words} ({first.why})"
        if first.kind in DETAILED:
            for cell in first.cells:
                yield f"        {cell.field}: {' -> '.join(pair(cell))}"
    yield verdict(difference)


def grouped(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes in order, in groups that share one line."""

    def group(numbered: tuple[int, Change]) -> tuple[str, str | None] | int:
        number, change = numbered
        return (change.kind, change.table) if change.kind in _TOGETHER else number

    for _, numbered in groupby(enumerate(changes), group):
        yield [change for _, change in numbered]


def together(changes: list[Change], most: int) -> str:
    """A description of rows with the same kind of change. At most `most` rows are named."""
    words = changes[0].words
    if len(changes) == 1:
        return of_row(changes[0])
    words = f"{len(changes)} rows {words.replace('is', 'are', 1)}"
    named = ", ".join(_row_name(change) for change in changes[:most])
    more = f" and {len(changes) - most} more" if len(changes) > most else ""
    return f"{words}: {named}{more}"


def of_row(change: Change) -> str:
    """What happened to a row: its name and the words of the change."""
    return f"{_row_name(change)} {change.words}"


def _row_name(change: Change) -> str:
    """The key of a row; in quotes if the ends of it could not be seen otherwise."""
    row = change.row or ""
    return row if row.strip() == row and row else _quoted(row)


def pair(cell: Cell) -> tuple[str, str]:
    """The old and the new value of a cell, each as a short text that shows where they differ."""
    old, new = ("empty" if side is None else _quoted(side) for side in (cell.old, cell.new))
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    shorter = min(len(old), len(new))
    first_difference = next(
        (place for place in range(shorter) if old[place] != new[place]), shorter
    )
    start = max(0, first_difference - LONGEST // 4)
    return _cut(old, start), _cut(new, start)


def _quoted(value: Any) -> str:
    return dumps(value)


def _cut(shown: str, start: int) -> str:
    end = start + LONGEST
    return f"{'…' if start else ''}{shown[start:end]}{'…' if len(shown) > end else ''}"


def verdict(difference: Difference) -> str:
    """The number of changes, the smallest bump allowed, and whether the new version is high enough."""
    words = _result(difference)
    if not difference.not_compared:
        return words
    tables = ", ".join(difference.not_compared)
    return f"{words}; the rows of these tables were not compared: {tables}"


def _result(difference: Difference) -> str:
    count = len(difference.changes)
    changes = counted(count, "change") if count else "no changes"
    if not count and difference.not_compared:
        changes = "no changes in what was compared"
    bump = f"{changes}; smallest bump allowed: {difference.level.name}"
    if difference.level is Level.NONE:
        bump = changes
    if difference.meets is None:
        return f"{bump}; the versions are not of the form 1.2.3 and cannot be compared"
    versions = f"{difference.new.version} after {difference.old.version}"
    if difference.meets:
        return f"{bump}; {versions} is enough" if count else f"{bump}; {versions} is allowed"
    return f"{bump}, to {difference.smallest} or higher; {versions} is not enough"
