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
                for _ in reader:
                    pass  # the faults of all bytes are noted
                table.faults += [(None, replace(fault, path=path)) for fault in lines.faults]
                return
            header, found = self._read_header(first, lines, path, delimiter)
        for record in reader:
            self._ends.add(lines, record.last_line, path)
            if not record.cells:
                fault = Fault("blank-row", record.line, "the line is blank", path=path)
                table.faults.append((None, fault))
                continue
            starts.add(record.line)
            row = before + starts.rows
            faults = record.faults or ragged(record, header)
            table.faults += [(row, replace(fault, path=path)) for fault in faults]
            cells = record.cells
            yield [cells[i] if i is not None and i < len(cells) else "" for i in found.places]
        for fault in lines.faults:
            place = starts.row(fault.line)
            row_or_none = before + place if place is not None else None
            table.faults.append((row_or_none, replace(fault, path=path)))
        if is_headed:
            table.faults += [(None, replace(fault, path=path)) for fault in header.faults]

    def finish(self) -> None:
        """Note the faults that only all files together show."""
        lf_only = self._table.resource.dialect.line_terminator == "\n"
        self._table.faults += [(None, fault) for fault in self._ends.faults(lf_only=lf_only)]

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
