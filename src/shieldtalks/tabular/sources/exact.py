"""A CSV reader that continues after a fault. It finds each record and each fault of the structure.

It is slow and exact. It is used if the bytes of a file are not plain (see `octets`), or if a row has
the wrong number of cells. It follows RFC 4180. A quote that is never closed ends on its own line, so
that one faulty byte does not hide the rest of the table.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: Matches the parts of a cell where a control character or a faulty byte is.
SPOILED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+")
_QUOTED_PART = re.compile(r'[^"]*(?:""[^"]*)*')


#: The rules for faults of single characters. After such a fault, cells are still in their columns.
BYTES = frozenset({"bom", "encoding", "control-character", "line-end"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the structure of a file, found while reading. `rule` is the kind of fault."""

    rule: str
    line: int
    message: str
    value: str | None = None


@dataclass(slots=True)
class RawRecord:
    """One record: its first physical line, its cells, and the faults in it."""

    line: int
    cells: list[str]
    faults: list[Fault] = field(default_factory=list)
    #: The physical line on which the record ends.
    last_line: int = 0


def spoiled(value: object) -> bool:
    """Whether a cell contains a control character, or the mark for a byte that cannot be decoded."""
    return isinstance(value, str) and SPOILED.search(value) is not None


def lines_of(file: Path, encoding: str, faults: list[Fault]) -> tuple[list[str], bool]:
    """The decoded physical lines of a file without line endings, and whether the last line has one.

    Faults of bytes are added to `faults`.
    """
    data = file.read_bytes()
    utf8 = codecs.lookup(encoding).name == "utf-8"
    if data.startswith(codecs.BOM_UTF8) and utf8:
        faults.append(Fault("bom", 1, "the file starts with a byte order mark (BOM)"))
        data = data[len(codecs.BOM_UTF8) :]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and utf8:
        faults.append(Fault("encoding", 1, f"the file is UTF-16, not {encoding}"))
        encoding = "utf-16"
    lines = _decoded(data, encoding, faults)
    if len(lines) == 1 and "\r" in lines[0]:
        faults.append(Fault("line-end", 1, "the lines end in CR instead of LF or CRLF"))
        lines = lines[0].split("\r")
    ended = lines[-1] == ""
    if ended:
        lines.pop()
    return lines, ended


def _decoded(data: bytes, encoding: str, faults: list[Fault]) -> list[str]:
    try:
        return data.decode(encoding).split("\n")
    except UnicodeDecodeError:
        pass
    if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        faults.append(Fault("encoding", 1, f"the file is not valid {encoding}"))
        return data.decode(encoding, errors="replace").split("\n")
    lines = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode(encoding))
        except UnicodeDecodeError as error:
            byte = raw[error.start]
            message = (
                f"byte 0x{byte:02X} (byte {error.start + 1} of the line) is not valid {encoding}"
            )
            faults.append(Fault("encoding", number, message))
            lines.append(raw.decode(encoding, errors="replace"))
    return lines


def strip_returns(lines: list[str], faults: list[Fault]) -> tuple[list[str], set[int]]:
    """The lines without a carriage return at the end, and the numbers of the lines that had one."""
    returns = {number for number, line in enumerate(lines, 1) if line.endswith("\r")}
    stripped = [line.removesuffix("\r") for line in lines] if returns else lines
    for number, line in enumerate(stripped, 1):
        if "\r" in line:
            message = "the line contains a carriage return (CR) that is not part of a line ending"
            faults.append(Fault("line-end", number, message))
    return stripped, returns


def line_ends(returns: set[int], last_lines: set[int], *, lf_only: bool) -> Iterator[Fault]:
    """The fault of a file that mixes CRLF and LF, or that uses CRLF although LF is declared.

    `last_lines` are the lines on which a record ends with a line ending. If both kinds are used, the
    fault names the rarer kind. A file with only CRLF is valid (RFC 4180) unless LF is declared.
    """
    crlf, lf = sorted(last_lines & returns), sorted(last_lines - returns)
    if not crlf or not (lf or lf_only):
        return
    lines, kind = crlf, "CRLF"
    why = "the descriptor declares LF" if lf_only else "other lines end in LF"
    if len(lf) < len(crlf) and not lf_only:
        lines, kind, why = lf, "LF", "other lines end in CRLF"
    yield Fault("line-end", lines[0], f"{len(lines)} line(s) from here on end in {kind}, but {why}")


def controls(lines: list[str]) -> Iterator[Fault]:
    """A fault for each line that contains a control character."""
    for number, line in enumerate(lines, 1):
        match = _CONTROL.search(line)
        if match:
            code = ord(match.group())
            place = match.start() + 1
            message = f"the line contains the control character U+{code:04X} at character {place}"
            yield Fault(
                "control-character", number, message, line[max(0, match.start() - 20) :][:40]
            )


def records(lines: list[str], delimiter: str) -> Iterator[RawRecord]:
    """Each record of the lines. A blank line is a record without cells."""
    index = 0
    while index < len(lines):
        record, after = _record(lines, index, delimiter)
        record.last_line = after
        yield record
        index = after


def _whole(lines: list[str], index: int, delimiter: str) -> bool:
    """Whether a line alone is the start of a record without faults."""
    return not _record(lines, index, delimiter, alone=True)[0].faults


def _record(
    lines: list[str], index: int, delimiter: str, *, alone: bool = False
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


def _quoted(lines: list[str], index: int, position: int) -> tuple[str, int | None, int]:
    """The text of a quoted cell, the line of its closing quote (None: never closed), the place after it."""
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
    lines: list[str], start: int, record: RawRecord, delimiter: str
) -> tuple[RawRecord, int]:
    """The record of the first line only. Quotes at the ends of its cells are removed."""
    message = f"the opening quote of cell {len(record.cells) + 1} is never closed"
    cells = [cell.strip('"') for cell in lines[start].split(delimiter)]
    fault = Fault("quote", start + 1, message, lines[start][:40])
    return RawRecord(start + 1, cells, [*record.faults, fault]), start + 1
