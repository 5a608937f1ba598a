"""A CSV reader that continues after a fault. It finds each record and each fault of the structure.

It is slow and exact. It is used if the bytes of a file are not plain (see `octets`), or if a row has
the wrong number of cells. It follows RFC 4180. A quote that is never closed ends on its own line, so
that one faulty byte does not hide the rest of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .fault import BYTES, SPOILED, Fault, spoiled
from .lines import Lines

__all__ = ["BYTES", "SPOILED", "Fault", "RawRecord", "records", "spoiled"]

_QUOTED_PART = re.compile(r'[^"]*(?:""[^"]*)*')

#: A quoted cell with more characters than this counts as never closed. So memory is bounded.
_LONGEST_CELL = 16 << 20


@dataclass(slots=True)
class RawRecord:
    """One record: its first physical line, its cells, and the faults in it."""

    line: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)
    #: The physical line on which the record ends.
    last_line: int = 0


def records(lines: Lines, delimiter: str) -> Iterator[RawRecord]:
    """Each record of the lines. A blank line is a record without cells."""
    index = 0
    while lines.has(index):
        record, after = _record(lines, index, delimiter)
        record.last_line = after
        yield record
        index = after
        lines.forget(index - 1)


def _whole(lines: Lines, index: int, delimiter: str) -> bool:
    """Whether a line alone is the start of a record without faults."""
    return not _record(lines, index, delimiter, alone=True)[0].faults


def _record(
    lines: Lines, index: int, delimiter: str, *, alone: bool = False
) -> tuple[RawRecord, int]:
    """The record that starts at an index, and the index after it.

    If a quoted cell reaches a line that is a valid record by itself, the quote was never closed.
    """
    start = index
    record = RawRecord(start + 1, [])
    line, position = lines[index], 0
    if not line:
        return record, index + 1
    while True:
        if line.startswith('"', position):
            cell, closed, at = _quoted(lines, index, position + 1)
            if closed is None:
                return _unclosed(lines, start, record, delimiter)
            opened, index, line, position = index, closed, lines[closed], at
            position, rest = _until(line, position, delimiter)
            if rest and opened < closed and not alone and _whole(lines, closed, delimiter):
                return _unclosed(lines, start, record, delimiter)
            if rest:
                message = f"there is text after the closing quote of cell {len(record.cells) + 1}"
                record.faults.append(Fault("quote", index + 1, message, rest))
                cell += rest
        else:
            position, cell = _until(line, position, delimiter)
            if '"' in cell:
                message = f"cell {len(record.cells) + 1} contains a quote but is not quoted"
                record.faults.append(Fault("quote", index + 1, message, cell))
        record.cells.append(cell)
        if position >= len(line):
            return record, index + 1
        position += len(delimiter)
        if position >= len(line):
            record.cells.append("")
            return record, index + 1


def _until(line: str, position: int, delimiter: str) -> tuple[int, str]:
    end = line.find(delimiter, position)
    end = len(line) if end < 0 else end
    return end, line[position:end]


def _quoted(lines: Lines, index: int, position: int) -> tuple[str, int | None, int]:
    """The text of a quoted cell, the line of its closing quote (None: never closed), the place after it."""
    parts: list[str] = []
    length = 0
    while True:
        line = lines[index]
        match = _QUOTED_PART.match(line, position)
        end = match.end() if match else position
        parts.append(line[position:end].replace('""', '"'))
        if end < len(line):
            return "\n".join(parts), index, end + 1
        index, position = index + 1, 0
        length += len(parts[-1]) + 60  # a line needs some memory of its own
        if length > _LONGEST_CELL or not lines.has(index):
            return "", None, 0


def _unclosed(lines: Lines, start: int, record: RawRecord, delimiter: str) -> tuple[RawRecord, int]:
    """The record of the first line only. Quotes at the ends of its cells are removed."""
    message = f"the opening quote of cell {len(record.cells) + 1} is never closed"
    cells = [cell.strip('"') for cell in lines[start].split(delimiter)]
    fault = Fault("quote", start + 1, message, lines[start][:40])
    return RawRecord(start + 1, cells, [*record.faults, fault]), start + 1
