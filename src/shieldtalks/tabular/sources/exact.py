"""A reader of delimited text that continues after a fault. It finds each record and each fault.

It is slow and exact. It is used if the bytes of a file are not plain (see `octets`), if a row has the
wrong number of cells, or if the dialect is an unusual one. It follows RFC 4180, with the characters of
the dialect. A quote that is never closed ends on its own line, so that one faulty byte does not hide
the rest of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..package.dialect import CsvDialect
from .fault import BYTES, SPOILED, Fault, spoiled
from .lexis import Lexis
from .lines import Lines
from .sections import Sections

__all__ = ["BYTES", "SPOILED", "Fault", "RawRecord", "records", "sectioned", "spoiled"]

#: A quoted cell with more characters than this counts as never closed. So memory is bounded.
_LONGEST_CELL = 16 << 20


@dataclass(slots=True, eq=False, repr=False)
class RawRecord:
    """One record: its first physical line, its cells, and the faults in it."""

    line: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)
    #: The physical line on which the record ends.
    last_line: int = 0
    #: Whether the record is a comment, by its first characters.
    is_comment: bool = False
    #: Whether bytes of it could not be decoded, so that its cells may not be what they should be.
    is_damaged: bool = False


def records(lines: Lines, dialect: CsvDialect) -> Iterator[RawRecord]:
    """Each record of the lines. A blank line is a record without cells, and so is a comment."""
    index, lexis = 0, Lexis(dialect)
    while lines.has(index):
        if dialect.comment_char and lines[index].startswith(dialect.comment_char):
            record, after = RawRecord(lines.number(index), [], is_comment=True), index + 1
        else:
            record, after = _record(lines, index, lexis)
        record.last_line = lines.number(after - 1)
        yield record
        index = after
        lines.forget(index - 1)


def sectioned(
    lines: Lines, dialect: CsvDialect, skip: Callable[[RawRecord], None] = lambda _: None
) -> Sections[RawRecord]:
    """The header and the rows of a text (see `Sections`)."""
    numbered = enumerate(records(lines, dialect), start=1)
    return Sections(numbered, dialect, lambda record: record.is_comment, skip)


def _whole(lines: Lines, index: int, lexis: Lexis) -> bool:
    """Whether a line alone is the start of a record without faults."""
    return not _record(lines, index, lexis, alone=True)[0].faults


def _line(lines: Lines, index: int, lexis: Lexis) -> tuple[str, int]:
    """A line, and the index after it. If its end is escaped, the next line belongs to it."""
    line, after = lines[index], index + 1
    if not lexis.is_open(line):
        return line, after
    parts, length = [line], len(line)
    while length <= _LONGEST_CELL and lexis.is_open(parts[-1]) and lines.has(after):
        parts.append(lines[after])
        length += len(parts[-1]) + 60  # a line needs some memory of its own
        after += 1
    return lines.end.join(parts), after


def _record(
    lines: Lines, index: int, lexis: Lexis, *, alone: bool = False
) -> tuple[RawRecord, int]:
    """The record that starts at an index, and the index after it.

    If a quoted cell reaches a line that is a valid record by itself, the quote was never closed.
    """
    start = index
    record = RawRecord(lines.number(start), [])
    line, after = _line(lines, index, lexis)
    position = 0
    if not line:
        return record, after
    simple = lexis.split(line)
    if simple is not None:
        record.cells = simple
        return record, after
    while True:
        if lexis.is_quoted(line, position):
            # Once there is a fault, a quote must be closed on its line, so that the work is linear.
            most = after if record.faults else None
            found = _quoted(lines, index, position + 1, line, after, lexis, most)
            if found is None:
                return _unclosed(lines, start, record, lexis)
            opened, (cell, index, position, line, after) = index, found
            position, rest = lexis.until(line, position)
            if rest and opened < index and not alone and _whole(lines, index, lexis):
                return _unclosed(lines, start, record, lexis)
            if rest:
                message = f"there is text after the closing quote of cell {len(record.cells) + 1}"
                record.faults.append(Fault("quote", lines.number(index), message, rest))
                cell += lexis.plain(rest)
        else:
            position, raw = lexis.until(line, position)
            if lexis.has_stray_quote(raw):
                message = f"cell {len(record.cells) + 1} contains a quote but is not quoted"
                record.faults.append(Fault("quote", lines.number(index), message, raw))
            cell = lexis.plain(raw)
        record.cells.append(cell)
        if position >= len(line):
            return record, after
        position = lexis.skipped(line, position + len(lexis.delimiter))
        if position >= len(line):
            record.cells.append("")
            return record, after


def _quoted(
    lines: Lines,
    index: int,
    position: int,
    line: str,
    after: int,
    lexis: Lexis,
    most: int | None = None,
) -> tuple[str, int, int, str, int] | None:
    """The text of a quoted cell; the line of its closing quote, the place after it, that line and the next.

    None if it is never closed, or not before the line `most`.
    """
    parts: list[str] = []
    length = 0
    while True:
        match = lexis.inside.match(line, position)
        end = match.end() if match else position
        parts.append(lexis.unquoted(line[position:end]))
        if end < len(line):
            return lines.end.join(parts), index, end + 1, line, after
        length += len(parts[-1]) + 60
        if length > _LONGEST_CELL or after == most or not lines.has(after):
            return None
        index, position = after, 0
        line, after = _line(lines, index, lexis)


def _unclosed(lines: Lines, start: int, record: RawRecord, lexis: Lexis) -> tuple[RawRecord, int]:
    """The record of the first line only. Quotes at the ends of its cells are removed."""
    message = f"the opening quote of cell {len(record.cells) + 1} is never closed"
    line, after = _line(lines, start, lexis)
    cells = [cell.strip(lexis.quote) for cell in line.split(lexis.delimiter)]
    number = lines.number(start)
    fault = Fault("quote", number, message, line[:40])
    return RawRecord(number, cells, [*record.faults, fault]), after
