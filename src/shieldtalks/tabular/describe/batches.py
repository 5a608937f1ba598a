"""The rows of a table, some thousands at a time, in columns of the same length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Protocol, runtime_checkable

from .bare import Bare

#: Rows, and characters, that are looked at together.
_ROWS, _CHARACTERS = 4096, 1 << 22
#: Parts of a file that are looked at together, if they have fewer rows than that.
_PARTS = 16


@dataclass(slots=True)
class Batch:
    """Rows that follow each other, as columns."""

    count: int
    #: The cells of each column, one for each row. Who is done with a column may take it out.
    columns: list[list[str]]
    #: The rows with fewer or more cells than the table has columns, counted from 1 in this batch.
    uneven: list[int] = field(default_factory=list)


@runtime_checkable
class InBatches(Protocol):
    """A table that gives its rows in columns itself, which is faster than row by row."""

    def batches(self, width: int) -> Iterator[Batch]:
        """The rows below the header, each with this many cells. Blank rows are left out."""
        ...


def batches(bare: Bare, width: int) -> Iterator[Batch]:
    """The rows of a table below its header, each with this many cells."""
    if isinstance(bare, InBatches):
        return _sized(bare.batches(width))
    return of_rows(bare.rows(), width)


def _sized(parts: Iterator[Batch]) -> Iterator[Batch]:
    """Parts in batches of a good size: the first ones are small, since much is learnt from few rows."""
    sizes = chain((64, 256, 1024), repeat(_ROWS))
    size, held = next(sizes), Batch(0, [])
    for number, part in enumerate(parts, 1):
        _move(part, held)
        while held.count >= size and size < _ROWS:
            yield _slice(held, 0, size)
            held = _slice(held, size, held.count)
            size = next(sizes)
        if held.count >= size or number % _PARTS == 0:
            whole, held = held, Batch(0, [])
            if whole.count:
                yield whole
    if held.count:
        yield held


def _move(part: Batch, held: Batch) -> None:
    """Move the rows of a part to the end of others, while they are still in the caches."""
    if held.columns:
        for cells, more in zip(held.columns, part.columns, strict=True):
            cells.extend(more)
    else:
        held.columns = part.columns[:]
    held.uneven += [held.count + number for number in part.uneven]
    held.count += part.count
    part.columns.clear()


def _slice(batch: Batch, start: int, end: int) -> Batch:
    columns = [column[start:end] for column in batch.columns]
    uneven = [number - start for number in batch.uneven if start < number <= end]
    return Batch(end - start, columns, uneven)


def of_rows(rows: Iterator[list[str]], width: int) -> Iterator[Batch]:
    """Rows in batches of a few thousand, or of fewer if they are long."""
    most = 64
    while batch := list(islice(rows, most)):
        size = (
            sum(map(len, (cell for row in batch[:16] for cell in row))) // min(16, len(batch)) + 1
        )
        most = max(min(_ROWS, most * 4, _CHARACTERS // size), 16)
        found = in_columns(batch, width)
        batch.clear()
        yield found


def in_columns(rows: list[list[str]], width: int) -> Batch:
    """Rows as columns. A row that is too short gets empty cells, and one that is too long loses some."""
    uneven = []
    if set(map(len, rows)) != {width}:
        uneven = [number for number, row in enumerate(rows, 1) if len(row) != width]
        rows = [_fitted(row, width) for row in rows]
    return Batch(len(rows), list(map(list, zip(*rows, strict=True))), uneven)


def _fitted(row: list[str], width: int) -> list[str]:
    return row if len(row) == width else row[:width] + [""] * (width - len(row))
