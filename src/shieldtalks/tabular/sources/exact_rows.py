"""Rows read record by record, with each fault of the structure noted in the table that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..package import Resource
from .exact import RawRecord, sectioned
from .fault import Fault
from .header import Header, alone, ragged
from .lines import LineEnds, Lines, Starts
from .matching import Matching
from .sections import joined
from .terminated import lines_in


@dataclass(slots=True)
class _Reading:
    """One file while it is read: its lines, its path if the table has several, and the rows before it."""

    lines: Lines
    path: str | None
    before: int
    #: The lines on which the rows of the file start.
    starts: Starts = field(default_factory=Starts)


class Noting(Protocol):
    """What takes the faults of a table: the table itself, if it is loaded."""

    resource: Resource
    absent: set[str]
    left_out: set[str]
    header_faults: list[Fault]

    def note(self, row: int | None, fault: Fault) -> None:
        """Note a fault of the structure."""


class ExactRows:
    """Reads the files of a table one after the other, and notes their faults in the table."""

    def __init__(self, table: Noting) -> None:
        self._table = table
        self._ends = LineEnds()
        self._matching = Matching.of(table.resource)
        #: The header of the first file that has one, and what was found in it.
        self._header, self._found = RawRecord(1, table.resource.field_names), Header([])
        self._found.places = list(range(len(self._header.cells)))
        self._has_header = False
        #: The lines on which the rows of the last file start.
        self.starts = Starts()

    def rows(
        self, part: Resource, *, before: int = 0, is_headed: bool = True
    ) -> Iterator[list[str]]:
        """The rows of one file, which come after `before` rows of other files."""
        table, dialect = self._table, part.dialect
        lines = lines_in(part.file, part.encoding, dialect)
        file = _Reading(lines, part.path if table.resource.more else None, before)
        starts = self.starts = file.starts

        def skip(record: RawRecord) -> None:
            self._note_end(file, record)
            self._note_bytes(file, record.last_line, in_row=False)

        sections = sectioned(lines, dialect, skip)
        header, found = self._header, self._found
        is_headed = is_headed and dialect.has_header
        if is_headed:
            heads = sections.header()
            first = _one(heads, part, self._matching.names)
            if len(heads) < len(dialect.header_rows) or not any(first.cells):
                self._no_header(heads, part, file)
                for record in sections.rows():  # the faults of all bytes are noted
                    self._note_bytes(file, record.last_line, in_row=False)
                self._note_bytes(file, in_row=False)
                return
            for head in heads:
                self._note_end(file, head)
            header, found = self._read_header(first, file)
        absent = self._for_absent(found)
        for record in sections.rows():
            self._note_end(file, record)
            if not record.cells:
                blank = Fault("blank-row", record.line, "the line is blank", path=file.path)
                table.note(None, blank)
                continue
            starts.add(record.line)
            if not header.cells:  # there is neither a schema nor a header: as wide as its first row
                header = self._header = replace(record, faults=[])
            for fault in record.faults or ragged(record, header):
                table.note(before + starts.rows, fault._replace(path=file.path))
            self._note_bytes(file, record.last_line)
            cells = record.cells
            yield [
                absent[n] if i is None else cells[i] if i < len(cells) else ""
                for n, i in enumerate(found.places)
            ]
        self._note_bytes(file)
        if not dialect.has_header and not starts.rows and not lines.has(0):
            hint = "Put the rows into the file, or remove the table."
            empty = Fault("header", 1, "the file is empty", path=file.path, hint=hint)
            table.header_faults.append(empty)
        for fault in header.faults if is_headed else ():
            table.note(None, fault._replace(path=file.path))

    def finish(self) -> None:
        """Note the faults that only all files together show."""
        lf_only = self._table.resource.dialect.line_terminator == "\n"
        for fault in self._ends.faults(lf_only=lf_only):
            self._table.note(None, fault)

    def _note_end(self, file: _Reading, record: RawRecord) -> None:
        """Note how a record ends."""
        if file.lines.is_usual:
            self._ends.add(file.lines, record.last_line, file.path)

    def _note_bytes(self, file: _Reading, until: int | None = None, *, in_row: bool = True) -> None:
        """Note the faults of bytes up to a line (None: all), each with the row of its line."""
        faults = file.lines.faults
        while faults and (until is None or faults[0].line <= until):
            fault = faults.popleft()
            row = file.starts.row(fault.line) if in_row else None
            place = file.before + row if row is not None else None
            self._table.note(place, fault._replace(path=file.path))

    def _no_header(self, heads: Sequence[RawRecord], part: Resource, file: _Reading) -> None:
        wanted = part.dialect.header_rows
        if len(wanted) > 1 or wanted[0] > 1:
            rows = ", ".join(map(str, wanted))
            what = f"the header should be in row {rows}, but there is none"
        elif heads:
            what = "the first line is blank; the header is missing"
        elif file.lines.has(0):
            what = "all lines are comments; the header is missing"
        else:
            what = "the file is empty; the header is missing"
        line = heads[0].line if heads else 1
        fault = Fault("header", line, what, path=file.path)
        self._table.header_faults.append(fault)
        self._table.absent |= set(self._table.resource.field_names)

    def _read_header(self, first: RawRecord, file: _Reading) -> tuple[RawRecord, Header]:
        """The header of a file, and what was found in it."""
        table, want = self._table, self._table.resource.field_names
        lines = range(first.line, first.last_line + 1)
        bytes_of_it = (fault for fault in file.lines.faults if fault.line in lines)
        first.is_damaged = any(fault.rule == "encoding" for fault in bytes_of_it)
        if want or (self._has_header and first.cells != self._header.cells):
            # Without a schema, each file must have the header of the first one.
            matching = replace(self._matching, names=want or self._header.cells)
            found = matching.compared(first)
        else:
            found = alone(first) if table.resource.is_lone else Header([])
        table.header_faults += [fault._replace(path=file.path) for fault in found.faults]
        if not want:
            found = Header([])
        table.absent |= found.absent
        table.left_out |= found.left_out
        if not self._has_header:
            self._header, self._found, self._has_header = first, found, True
        return first, found

    def _for_absent(self, found: Header) -> list[str]:
        """The text of each field if it has no column: no value, if the column may be missing."""
        if not found.left_out:
            return [""] * len(found.places)
        missing = self._table.resource.missing
        return [words[0] if words and "" not in words else "" for words in missing]


def _one(heads: Sequence[RawRecord], part: Resource, want: Sequence[str]) -> RawRecord:
    """The rows of a header as one record with the names of the columns."""
    if len(heads) == 1:
        return heads[0]
    names = joined([head.cells for head in heads], part.dialect, want)
    faults = [fault for head in heads for fault in head.faults]
    line = heads[0].line if heads else 1
    return RawRecord(line, names, faults, heads[-1].last_line if heads else 1)
