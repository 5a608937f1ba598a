"""A reader that goes on after a fault: every record of a CSV file, and every fault of its structure.

It is the slow, exact way, taken where the bytes of a file are not plain (`octets`) or a row has the
wrong number of cells. It follows RFC 4180; a quote that is never closed ends at its own line, so
that one bad byte does not hide the rest of the table.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUOTED_PART = re.compile(r'[^"]*(?:""[^"]*)*')


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a file's structure, found while reading; the rule names what it is."""

    rule: str
    line: int
    message: str
    value: str | None = None


@dataclass(slots=True)
class Record:
    """One record: its first physical line, its cells and the faults met in it."""

    line: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)
    #: The physical line on which the record ends.
    last_line: int = 0


def lines_of(file: Path, encoding: str, faults: list[Fault]) -> list[str]:
    """The physical lines of a file, decoded, without their ends; faults of bytes are added."""
    data = file.read_bytes()
    if data.startswith(codecs.BOM_UTF8) and codecs.lookup(encoding).name == "utf-8":
        faults.append(Fault("bom", 1, "the file starts with a byte order mark"))
        data = data[len(codecs.BOM_UTF8) :]
    lines = _decoded(data, encoding, faults)
    if lines and lines[-1] == "":
        lines.pop()
    return lines


def _decoded(data: bytes, encoding: str, faults: list[Fault]) -> list[str]:
    try:
        return data.decode(encoding).split("\n")
    except UnicodeDecodeError:
        pass
    if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        faults.append(Fault("encoding", 1, f"the file is not {encoding}"))
        return data.decode(encoding, errors="replace").split("\n")
    lines = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode(encoding))
        except UnicodeDecodeError as error:
            byte = raw[error.start]
            message = f"byte 0x{byte:02X} (the {error.start + 1}th of the line) is not {encoding}"
            faults.append(Fault("encoding", number, message))
            lines.append(raw.decode(encoding, errors="replace"))
    return lines


def strip_returns(lines: list[str], faults: list[Fault]) -> tuple[list[str], set[int]]:
    """The lines without carriage returns at their ends, and the numbers of the lines that had one."""
    returns = {number for number, line in enumerate(lines, 1) if line.endswith("\r")}
    stripped = [line.removesuffix("\r") for line in lines] if returns else lines
    for number, line in enumerate(stripped, 1):
        if "\r" in line:
            faults.append(Fault("line-end", number, "a lone carriage return stands in the line"))
    return stripped, returns


def line_ends(returns: set[int], last_lines: list[int], *, lf_only: bool) -> Iterator[Fault]:
    """The fault of records that end in CRLF where LF was declared, or where others end in LF.

    A uniform CRLF file is in order (RFC 4180) unless the descriptor declares LF.
    """
    ends = [number for number in last_lines if number in returns]
    if ends and (lf_only or len(ends) < len(last_lines) - 1):
        declared = "the descriptor declares LF" if lf_only else "others end in LF"
        yield Fault("line-end", ends[0], f"{len(ends)} row(s) from here on end in CRLF; {declared}")


def controls(lines: list[str]) -> Iterator[Fault]:
    """Each line that holds a control character."""
    for number, line in enumerate(lines, 1):
        match = _CONTROL.search(line)
        if match:
            code = ord(match.group())
            message = f"control character U+{code:04X} (the {match.start() + 1}th of the line)"
            yield Fault(
                "control-character", number, message, line[max(0, match.start() - 20) :][:40]
            )


def records(lines: list[str], delimiter: str) -> Iterator[Record]:
    """Each record of the lines; a blank line gives a record without cells."""
    index = 0
    while index < len(lines):
        record, after = _record(lines, index, delimiter)
        record.last_line = after
        yield record
        index = after


def _record(lines: list[str], index: int, delimiter: str) -> tuple[Record, int]:
    start = index
    record = Record(start + 1, [])
    line, position = lines[index], 0
    if not line:
        return record, index + 1
    while True:
        if line.startswith('"', position):
            cell, closed, at = _quoted(lines, index, position + 1)
            if closed is None:
                return _unclosed(lines, start, position, record, delimiter)
            index, line, position = closed, lines[closed], at
            position, rest = _until(line, position, delimiter)
            if rest:
                message = f"text follows the closing quote of cell {len(record.cells) + 1}"
                record.faults.append(Fault("quote", index + 1, message, rest))
                cell += rest
        else:
            position, cell = _until(line, position, delimiter)
            if '"' in cell:
                message = f"a quote stands inside cell {len(record.cells) + 1}, which is not quoted"
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


def _quoted(lines: list[str], index: int, position: int) -> tuple[str, int | None, int]:
    """The text of a quoted cell, the line where it closes (None: nowhere) and the place after it."""
    parts = []
    while True:
        line = lines[index]
        match = _QUOTED_PART.match(line, position)
        end = match.end() if match else position
        parts.append(line[position:end].replace('""', '"'))
        if end < len(line):
            return "\n".join(parts), index, end + 1
        index, position = index + 1, 0
        if index == len(lines):
            return "", None, 0


def _unclosed(
    lines: list[str], start: int, position: int, record: Record, delimiter: str
) -> tuple[Record, int]:
    """The record of the first line alone, its quote that never closes taken as a character."""
    message = f"the quote that opens cell {len(record.cells) + 1} is never closed"
    cells = [cell.strip('"') for cell in lines[start].split(delimiter)]
    fault = Fault("quote", start + 1, message, lines[start][position : position + 40])
    return Record(start + 1, cells, [*record.faults, fault]), start + 1
