"""Rows in columns that fit a terminal. Long cells are wrapped, so nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .terminal import Style, one_line, plain
from .widths import padded, shown_width, wrapped

#: The text between two columns.
GAP = "  "

#: Marks a place where a line may break. A cell cannot contain it, because `one_line` removes it.
_MARK = "\0"


def columns(
    shares: Sequence[float], rows: Sequence[Sequence[str]], width: int
) -> Iterator[list[list[str]]]:
    """Each row as a list of lines. A line is a list of cells, padded to the width of their columns.

    A column is at least as wide as its longest word. The space that is left is divided by `shares`
    among the columns that need it. Each line of a cell is wrapped separately and keeps its
    indentation. If the longest words do not fit side by side, the other cells of a row are written
    below its first cell.
    """
    split_rows = [[[_breakable(line) for line in cell.split("\n")] for cell in row] for row in rows]
    widths = _widths(shares, split_rows, width - len(GAP) * (len(shares) - 1))
    if widths is None:
        for first, *others in split_rows:
            indent = _indent(first[0]) + GAP
            below = [indent + line for cell in others for line in cell if line]
            yield [[part] for line in [*first, *below] for part in _wrapped(line, width)]
        return
    for row in split_rows:
        cells = [
            [part for line in cell for part in _wrapped(line, room)]
            for cell, room in zip(row, widths, strict=True)
        ]
        height = max(map(len, cells))
        filled = [cell + [""] * (height - len(cell)) for cell in cells]
        yield [
            [padded(part, room) for part, room in zip(line, widths, strict=True)]
            for line in zip(*filled, strict=True)
        ]


def table_lines(
    shares: Sequence[float],
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    style: Style = plain,
) -> Iterator[str]:
    """The lines of a table with a heading for each column; none if there are no rows."""
    if not rows:
        return
    head, *body = columns(shares, [heads, *rows], width)
    for cells in head:
        yield _joined([style("hint", cell) for cell in cells])
    for row in body:
        for first, *cells in row:
            yield _joined([style("place", first), *cells])


def _joined(cells: Iterable[str]) -> str:
    return GAP.join(cells).rstrip()


def _widths(shares: Sequence[float], rows: list[list[list[str]]], room: int) -> list[int] | None:
    """The width of each column; None if the longest words do not fit side by side."""
    numbers = range(len(shares))
    least, most = [1] * len(shares), [1] * len(shares)
    for row in rows:
        for number in numbers:
            for line in row[number]:
                most[number] = max(most[number], shown_width(line))
                words = _wrapped(line, 1, whole=True)
                least[number] = max([least[number], *map(shown_width, words)])
    if sum(least) > room:
        return None
    widths, left = least, room - sum(least)
    while left and (wanting := [number for number in numbers if widths[number] < most[number]]):
        total = sum(shares[number] for number in wanting)
        portions = {number: int(left * shares[number] / total) or 1 for number in wanting}
        for number, portion in portions.items():
            more = min(portion, most[number] - widths[number], left)
            widths[number] += more
            left -= more
    return widths


def _wrapped(line: str, room: int, *, whole: bool = False) -> list[str]:
    """A line in parts that fit into `room`. If words stay `whole`, a part may be wider."""
    indent = _indent(line)
    room = max(room, len(indent) + 1)
    parts = wrapped(line.lstrip(" "), room, indent, break_words=not whole)
    return [part.replace(_MARK + " ", "").rstrip(_MARK) for part in parts] or [""]


def _indent(line: str) -> str:
    """The spaces at the start of a line."""
    return line[: len(line) - len(line.lstrip(" "))]


def _breakable(line: str) -> str:
    """A line that may break after the slash of a date interval."""
    return re.sub(r"(?<=[^.]/)(?=[^ ])", _MARK + " ", one_line(line))
