"""Rows read record by record, with each fault of the structure noted in the table that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..package import Resource
from .exact import RawRecord, records
from .fault import Fault
from .header import Header, compare, ragged
from .lines import LineEnds, Lines, Starts
from .loaded import LoadedTable


class ExactRows:
    """Reads the files of a table one after the other, and notes their faults in the table."""

    def __init__(self, table: LoadedTable) -> None:
        self._table = table
        self._ends = LineEnds()
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
        table, delimiter = self._table, part.dialect.delimiter
        path = part.path if table.resource.more else None
        lines = Lines(part.file, part.encoding)
        starts = self.starts = Starts()
        reader = records(lines, delimiter)
        header, found = self._header, self._found
        if is_headed:
            first = next(reader, None)
            if first is None or not any(first.cells):
                self._no_header(first, path)
                for _ in reader:  # the faults of all bytes are noted
                    self._note_bytes(lines, None, before, path)
                self._note_bytes(lines, None, before, path)
                return
            header, found = self._read_header(first, lines, path, delimiter)
        for record in reader:
            self._ends.add(lines, record.last_line, path)
            if not record.cells:
                table.note(None, Fault("blank-row", record.line, "the line is blank", path=path))
                continue
            starts.add(record.line)
            for fault in record.faults or ragged(record, header):
                table.note(before + starts.rows, replace(fault, path=path))
            self._note_bytes(lines, starts, before, path, record.last_line)
            cells = record.cells
            yield [cells[i] if i is not None and i < len(cells) else "" for i in found.places]
        self._note_bytes(lines, starts, before, path)
        for fault in header.faults if is_headed else ():
            table.note(None, replace(fault, path=path))

    def finish(self) -> None:
        """Note the faults that only all files together show."""
        lf_only = self._table.resource.dialect.line_terminator == "\n"
        for fault in self._ends.faults(lf_only=lf_only):
            self._table.note(None, fault)

    def _note_bytes(
        self,
        lines: Lines,
        starts: Starts | None,
        before: int,
        path: str | None,
        until: int | None = None,
    ) -> None:
        """Note the faults of bytes up to a line (None: all), each with the row of its line."""
        faults = lines.faults
        while faults and (until is None or faults[0].line <= until):
            fault = faults.popleft()
            row = starts.row(fault.line) if starts is not None else None
            place = before + row if row is not None else None
            self._table.note(place, replace(fault, path=path))

    def _no_header(self, first: RawRecord | None, path: str | None) -> None:
        what = "the file is empty" if first is None else "the first line is blank"
        fault = Fault("header", 1, f"{what}; the header is missing", path=path)
        self._table.header_faults.append(fault)
        self._table.absent |= set(self._table.resource.field_names)

    def _read_header(
        self, first: RawRecord, lines: Lines, path: str | None, delimiter: str
    ) -> tuple[RawRecord, Header]:
        """The header of a file, and what was found in it."""
        table, want = self._table, self._table.resource.field_names
        self._ends.add(lines, first.last_line, path)
        if want or (self._has_header and first.cells != self._header.cells):
            # Without a schema, each file must have the header of the first one.
            found = compare(first, want or self._header.cells, delimiter)
        else:
            found = Header([])
        table.header_faults += [replace(fault, path=path) for fault in found.faults]
        if not want:
            found = Header([])
        table.absent |= found.absent
        if not self._has_header:
            self._header, self._found, self._has_header = first, found, True
        return first, found
