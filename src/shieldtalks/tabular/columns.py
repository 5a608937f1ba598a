"""Rows in columns that fit a terminal: cells wrap, and nothing is cut off."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from .terminal import one_line

#: What stands between two columns.
GAP = "  "

#: Marks where a line may break; one_line leaves no such character in a cell.
_MARK = "\0"


def columns(
    shares: Sequence[float], rows: Sequence[Sequence[str]], width: int
) -> Iterator[list[list[str]]]:
    """Each row as its lines; a line is its cells, padded to their columns.

    A column is as wide as its longest word, and gets its share of what is left as far as it needs
    it. Lines of a cell are wrapped each by itself, and keep the blanks that they begin with. Where
    the words do not fit beside each other, the cells of a row stand beneath its first.
    """
    cut = [[[_breakable(line) for line in cell.split("\n")] for cell in row] for row in rows]
    widths = _widths(shares, cut, width - len(GAP) * (len(shares) - 1))
    if widths is None:
        for first, *others in cut:
            indent = _indent(first[0]) + GAP
            beneath = [indent + line for cell in others for line in cell if line]
            yield [[part] for line in [*first, *beneath] for part in _wrapped(line, width)]
        return
    for row in cut:
        cells = [
            [part for line in cell for part in _wrapped(line, room)]
            for cell, room in zip(row, widths, strict=True)
        ]
        tall = max(map(len, cells))
        padded = [cell + [""] * (tall - len(cell)) for cell in cells]
        yield [
            [part.ljust(room) for part, room in zip(line, widths, strict=True)]
            for line in zip(*padded, strict=True)
        ]


def _widths(shares: Sequence[float], rows: list[list[list[str]]], room: int) -> list[int] | None:
    """The width of each column; None where the words do not fit."""
    numbers = range(len(shares))
    least, most = [1] * len(shares), [1] * len(shares)
    for row in rows:
        for number in numbers:
            for line in row[number]:
                most[number] = max(most[number], len(line))
                least[number] = max([least[number], *map(len, _wrapped(line, 1, whole=True))])
    if sum(least) > room:
        return None
    given, left = least, room - sum(least)
    while left and (wanting := [number for number in numbers if given[number] < most[number]]):
        total = sum(shares[number] for number in wanting)
        portions = {number: int(left * shares[number] / total) or 1 for number in wanting}
        for number, portion in portions.items():
            more = min(portion, most[number] - given[number], left)
            given[number] += more
            left -= more
    return given


def _wrapped(line: str, room: int, *, whole: bool = False) -> list[str]:
    """A line in parts that fit; where words stay whole they may be wider."""
    indent = _indent(line)
    parts = textwrap.wrap(
        line.lstrip(" "),
        max(room, len(indent) + 1),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=not whole,
    )
    return [part.replace(_MARK + " ", "").rstrip(_MARK) for part in parts] or [""]


def _indent(line: str) -> str:
    """The blanks with which a line begins."""
    return line[: len(line) - len(line.lstrip(" "))]


def _breakable(line: str) -> str:
    """A line that may break after the slash of an interval of dates."""
    return re.sub(r"(?<=[^.]/)(?=[^ ])", _MARK + " ", one_line(line))
