"""A difference as text: a line a change, with the bump that it allows and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from . import Difference
from .change import Cell, Change, Level

#: A list of rows longer than this, and a value longer than that many characters, are cut.
MOST_ROWS = 20
LONGEST = 80

#: Kinds whose changes to one table are told in one line.
_TOGETHER = frozenset({"row-added", "row-removed", "row-retired", "detail-removed"})

#: Kinds of which both values are shown, below the change.
DETAILED = frozenset({"row-changed", "wording-changed", "schema-changed", "metadata-changed"})


def lines(difference: Difference) -> Iterator[str]:
    """Each change, and last what they come to."""
    for changes in grouped(difference.changes):
        first = changes[0]
        words = f"{first.row} {first.words}" if first.row is not None else first.words
        if first.kind in _TOGETHER:
            words = together(changes, MOST_ROWS)
        place = ".".join(part for part in (first.table, first.field) if part) or "package"
        yield f"{first.level.name:<5} {place}: {words} ({first.why})"
        if first.kind in DETAILED:
            for cell in first.cells:
                yield f"        {cell.field}: {' -> '.join(pair(cell))}"
    yield verdict(difference)


def grouped(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes in order, those together that are told together."""

    def group(numbered: tuple[int, Change]) -> tuple[str, str | None] | int:
        number, change = numbered
        return (change.kind, change.table) if change.kind in _TOGETHER else number

    for _, numbered in groupby(enumerate(changes), group):
        yield [change for _, change in numbered]


def together(changes: list[Change], most: int) -> str:
    """Rows of one table that fared alike, in words; at most `most` of them are named."""
    words = changes[0].words
    if len(changes) == 1:
        return f"{changes[0].row} {words}"
    words = f"{len(changes)} rows {words.replace('is', 'are', 1)}"
    named = ", ".join(str(change.row) for change in changes[:most])
    more = f" and {len(changes) - most} more" if len(changes) > most else ""
    return f"{words}: {named}{more}"


def pair(cell: Cell) -> tuple[str, str]:
    """Both values of a cell, each as one short line that shows where they differ."""
    old, new = ("empty" if side is None else _quoted(side) for side in (cell.old, cell.new))
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    shorter = min(len(old), len(new))
    same = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    start = max(0, same - LONGEST // 4)
    return _cut(old, start), _cut(new, start)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(shown: str, start: int) -> str:
    end = start + LONGEST
    return f"{'…' if start else ''}{shown[start:end]}{'…' if len(shown) > end else ''}"


def verdict(difference: Difference) -> str:
    """How many changes there are, the smallest bump allowed, and whether it was made."""
    many = len(difference.changes)
    counted = f"{many} change{'' if many == 1 else 's'}" if many else "no changes"
    bump = f"{counted}; smallest bump allowed: {difference.level.name}"
    if difference.level is Level.NONE:
        bump = counted
    if difference.meets is None:
        return f"{bump}; no two versions of the form 1.2.3 to compare"
    stands = f"{difference.new.version} after {difference.old.version}"
    if difference.meets:
        return f"{bump}; {stands} meets it" if many else f"{bump}; {stands} is in order"
    return f"{bump}, to {difference.smallest} or more; {stands} does not meet it"
