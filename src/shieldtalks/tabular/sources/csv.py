"""Load CSV files as tables of text, and note the faults of their structure."""

from __future__ import annotations

import codecs
import csv
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..engine.base import Engine
from ..findings import Finding, shortened
from ..package import Resource
from ..reading import Changed, open_text, state_of
from . import exact as records
from . import octets
from .exact import Fault
from .header import Header, compare, ragged
from .lines import LineEnds, Lines, Starts

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(slots=True)
class LoadedTable:
    """A loaded table: the number of rows, the columns that exist, and the faults of the file."""

    resource: Resource
    octets: octets.Octets
    rows: int = 0
    #: Fields that are missing from the header. They are not checked.
    absent: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: Faults with their row number; None for faults of the whole file.
    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: Rules whose faults are only warnings. They make no cell unreliable.
    lenient: frozenset[str] = frozenset()
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The rules that each row broke while it was read. Computed when first needed.
    _rules: dict[int | None, set[str]] | None = None

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether these cells of a row are reliable: in the right columns, with no faulty byte or quote."""
        if self._rules is None:
            self._rules = {}
            for number, fault in self.faults:
                if fault.rule not in self.lenient:
                    self._rules.setdefault(number, set()).add(fault.rule)
        rules = self._rules.get(row, set())
        return not rules or (rules <= records.BYTES and not any(map(records.spoiled, values)))

    @property
    def broken(self) -> set[int]:
        """Rows with a fault of structure: their cells may be in the wrong columns."""
        return {
            row for row, fault in self.faults if row is not None and fault.rule not in self.lenient
        }

    def finding(
        self,
        rule: str,
        message: str,
        *,
        row: int | None = None,
        line: int | None = None,
        field: str | None = None,
        value: Any = None,
        hint: str | None = None,
    ) -> Finding:
        """A finding in the file of this table. Unless `line` is given, it is the line of the row."""
        if line is None and row is not None:
            line = self.line(row)
        return Finding(
            rule=rule,
            message=message,
            table=self.resource.name,
            file=self.resource.path,
            line=line,
            row=row,
            field=field,
            value=shortened(value),
            hint=hint,
        )


def inspect(resource: Resource, *, hashed: bool = True) -> octets.Octets:
    """Facts about the bytes of the file of a resource; see `octets.inspect`."""
    utf8 = codecs.lookup(resource.encoding).name == "utf-8"
    delimiter = resource.dialect.delimiter
    width = len(resource.field_names)
    return octets.inspect(resource.file, utf8=utf8, delimiter=delimiter, hashed=hashed, width=width)


def load(resource: Resource, engine: Engine) -> LoadedTable:
    """Load the file of a resource into the engine.

    Raises OSError if the file cannot be read, or if it changed while it was read.
    """
    before = state_of(resource.file)
    table = _load(resource, engine)
    if state_of(resource.file) != before:
        raise Changed(resource.file)
    return table


def _load(resource: Resource, engine: Engine) -> LoadedTable:
    encoding, delimiter = resource.encoding, resource.dialect.delimiter
    facts = inspect(resource)
    table = LoadedTable(resource, facts)
    if not resource.fields:
        # Without a schema, only the shape can be checked. No cell is needed for that.
        _load_exactly(table, delimiter, encoding, lambda rows: sum(1 for _ in rows))
        return table
    missing = resource.missing
    if facts.plain and facts.inner:
        table.line = _lines(facts.inner)
    if _load_bulk(table, engine, missing, delimiter):
        return table
    engine.create(resource.name, resource.field_names)

    def insert(rows: Iterator[list[str]]) -> int:
        return engine.insert(resource.name, resource.field_names, missing, rows)

    if not (facts.plain and _load_plain(table, delimiter, insert)):
        _load_exactly(table, delimiter, encoding, insert)
    return table


def _load_bulk(
    table: LoadedTable, engine: Engine, missing: list[list[str]], delimiter: str
) -> bool:
    """Load with the engine's own reader. False if it has none, or if it may have skipped a line."""
    if not may_be_bulk(table.resource, table.octets):
        return False
    rows = engine.read_file(table.resource, missing, delimiter)
    if rows is None:
        return False
    if table.octets.records != 1 + rows:
        return False
    table.rows = rows
    return True


def may_be_bulk(resource: Resource, facts: octets.Octets) -> bool:
    """Whether an engine's own reader reads a file correctly, if it skips no line.

    Such a reader ignores the header, and empty cells too many. In a table with one column, it takes a
    blank line for a row.
    """
    if not (facts.plain and facts.even) or len(resource.field_names) < 2:
        return False
    with open_text(resource.file, "utf-8") as file:
        try:
            delimiter = resource.dialect.delimiter
            header = next(csv.reader(file, delimiter=delimiter, strict=True), None)
        except (ValueError, csv.Error):
            return False
    return header == resource.field_names


def _load_plain(
    table: LoadedTable, delimiter: str, insert: Callable[[Iterator[list[str]]], int]
) -> bool:
    """Load with Python's CSV reader. False if the file is unusual; then nothing was loaded."""
    with open_text(table.resource.file, "utf-8") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            if next(reader, None) != table.resource.field_names:
                return False
            table.rows = insert(reader)
        except (ValueError, csv.Error):
            return False
    return True


def _lines(inner: Sequence[int]) -> Callable[[int], int]:
    """A function from a row to its physical line. `inner` are the lines that begin inside a cell."""
    starts_before = [line - 1 - number for number, line in enumerate(inner)]
    return lambda row: row + 1 + bisect_left(starts_before, row + 1)


def _load_exactly(
    table: LoadedTable,
    delimiter: str,
    encoding: str,
    insert: Callable[[Iterator[list[str]]], int],
) -> None:
    """Load record by record, and note each fault of the structure."""
    lines, starts, ends = Lines(table.resource.file, encoding), Starts(), LineEnds()
    reader = records.records(lines, delimiter)
    header = next(reader, None)
    if header is None or not any(header.cells):
        what = "the file is empty" if header is None else "the first line is blank"
        message = f"{what}; the header is missing"
        table.header_faults.append(Fault("header", 1, message))
        table.absent = set(table.resource.field_names)
        for _ in reader:
            pass  # the faults of all bytes are noted
        table.faults += [(None, fault) for fault in lines.faults]
        return
    ends.add(lines, header.last_line)
    want = table.resource.field_names
    found = compare(header, want, delimiter) if want else Header([])
    table.header_faults += found.faults
    table.absent |= found.absent

    def rows() -> Iterator[list[str]]:
        for record in reader:
            ends.add(lines, record.last_line)
            if not record.cells:
                table.faults.append((None, Fault("blank-row", record.line, "the line is blank")))
                continue
            starts.add(record.line)
            row = starts.rows
            faults = record.faults or ragged(record, header)
            table.faults += [(row, fault) for fault in faults]
            cells = record.cells
            yield [cells[i] if i is not None and i < len(cells) else "" for i in found.places]

    table.rows = insert(rows())
    table.line = starts.line
    table.faults += [(starts.row(fault.line), fault) for fault in lines.faults]
    lf_only = table.resource.dialect.line_terminator == "\n"
    table.faults += [(None, fault) for fault in ends.faults(lf_only=lf_only)]
    table.faults += [(None, fault) for fault in header.faults]
