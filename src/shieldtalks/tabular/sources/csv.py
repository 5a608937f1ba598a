"""CSV files become tables of text; what is wrong with their structure becomes faults."""

from __future__ import annotations

import codecs
import csv
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..engine.base import Engine
from ..findings import Finding, shortened
from ..package import Resource
from . import exact as records
from . import octets
from .exact import Fault

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(slots=True)
class LoadedTable:
    """A table as loaded: how many rows, which columns are there, what was wrong with the file."""

    resource: Resource
    octets: octets.Octets
    rows: int = 0
    #: Fields that the header lacks; nothing is checked of them.
    absent: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: Faults by row number; None for those of the file as a whole.
    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The rules that each row breaks as read; made when first asked for, once all is read.
    _rules: dict[int | None, set[str]] | None = None

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether cells of a row say what was meant: in their columns, no byte or quote amiss."""
        if self._rules is None:
            self._rules = {}
            for number, fault in self.faults:
                self._rules.setdefault(number, set()).add(fault.rule)
        rules = self._rules.get(row, set())
        return not rules or (rules <= records.BYTES and not any(map(records.spoiled, values)))

    @property
    def broken(self) -> set[int]:
        """Rows whose cells cannot be trusted to stand in their columns."""
        return {row for row, _ in self.faults if row is not None}

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
        """A finding in the file of this table; the line is that of the row, unless it is given."""
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
    """Facts about the bytes of a resource's file; see `octets.inspect`."""
    utf8 = codecs.lookup(resource.encoding).name == "utf-8"
    delimiter = resource.dialect.delimiter
    return octets.inspect(resource.file, utf8=utf8, delimiter=delimiter, hashed=hashed)


def load(resource: Resource, engine: Engine) -> LoadedTable:
    """Load a resource's file into the engine. Raises OSError where the file cannot be read."""
    encoding, delimiter = resource.encoding, resource.dialect.delimiter
    facts = inspect(resource)
    table = LoadedTable(resource, facts)
    missing = resource.missing
    if facts.plain and facts.inner:
        table.line = _lines(facts.inner)
    if facts.plain and _load_bulk(table, engine, missing, delimiter):
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
    """Load with the engine's own reader; False where it has none, or may have dropped a line."""
    if not may_be_bulk(table.resource):
        return False
    rows = engine.read_file(table.resource, missing, delimiter)
    if rows is None:
        return False
    if table.octets.records != 1 + rows:
        return False
    table.rows = rows
    return True


def may_be_bulk(resource: Resource) -> bool:
    """Whether an engine's own reader would read a plain file right, if it keeps every line.

    It does not look at the header; and in a table of one column a blank line is a row to it.
    """
    if len(resource.field_names) < 2:
        return False
    with resource.file.open(encoding="utf-8", newline="") as file:
        try:
            delimiter = resource.dialect.delimiter
            header = next(csv.reader(file, delimiter=delimiter, strict=True), None)
        except (ValueError, csv.Error):
            return False
    return header == resource.field_names


def _load_plain(
    table: LoadedTable, delimiter: str, insert: Callable[[Iterator[list[str]]], int]
) -> bool:
    """Load with the CSV reader alone; False where something is odd and nothing was loaded."""
    with table.resource.file.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            if next(reader, None) != table.resource.field_names:
                return False
            table.rows = insert(reader)
        except (ValueError, csv.Error):
            return False
    return True


def _lines(inner: Sequence[int]) -> Callable[[int], int]:
    """The physical line on which a row starts, from the lines that begin inside a cell."""
    starts_before = [line - 1 - number for number, line in enumerate(inner)]
    return lambda row: row + 1 + bisect_left(starts_before, row + 1)


def _load_exactly(
    table: LoadedTable,
    delimiter: str,
    encoding: str,
    insert: Callable[[Iterator[list[str]]], int],
) -> None:
    """Load record by record, noting every fault of the structure."""
    byte_faults: list[Fault] = []
    raw, ended = records.lines_of(table.resource.file, encoding, byte_faults)
    lines, returns = records.strip_returns(raw, byte_faults)
    byte_faults += records.controls(lines)
    starts: list[int] = []
    last_lines: list[int] = []
    reader = records.records(lines, delimiter)
    header = next(reader, None)
    if header is None or not any(header.cells):
        what = "the file is empty" if header is None else "the first line is blank"
        message = f"{what}; the header belongs there"
        table.header_faults.append(Fault("header", 1, message))
        table.absent = set(table.resource.field_names)
        table.faults += [(None, fault) for fault in byte_faults]
        return
    last_lines.append(header.last_line)
    places = _place_columns(table, header)

    def rows() -> Iterator[list[str]]:
        for record in reader:
            last_lines.append(record.last_line)
            if not record.cells:
                table.faults.append((None, Fault("blank-row", record.line, "the line is blank")))
                continue
            starts.append(record.line)
            row = len(starts)
            faults = record.faults or _ragged(record, header)
            table.faults += [(row, fault) for fault in faults]
            cells = record.cells
            yield [cells[i] if i is not None and i < len(cells) else "" for i in places]

    table.rows = insert(rows())
    table.line = lambda row: starts[row - 1]
    lf_only = table.resource.dialect.line_terminator == "\n"
    table.faults += [(bisect_right(starts, fault.line) or None, fault) for fault in byte_faults]
    unended = set() if ended else {len(lines)}
    ends = records.line_ends(returns, set(last_lines) - unended, lf_only=lf_only)
    table.faults += [(None, fault) for fault in ends]
    table.faults += [(None, fault) for fault in header.faults]


def _ragged(record: records.RawRecord, header: records.RawRecord) -> list[Fault]:
    have, want = len(record.cells), len(header.cells)
    if have == want:
        return []
    said = f"the row has {have} cell{'s' if have > 1 else ''}"
    if have < want:
        lacking = ", ".join(header.cells[have:])
        message = f"{said}, {want - have} too few ({lacking})"
        return [Fault("missing-cell", record.line, message)]
    extra = ", ".join(f'"{cell}"' for cell in record.cells[want:])
    message = f"{said}, {have - want} too many ({extra})"
    return [Fault("extra-cell", record.line, message, record.cells[want])]


def _place_columns(table: LoadedTable, header: records.RawRecord) -> list[int | None]:
    """For each field, the column that holds it; faults of the header are noted."""
    want, have = table.resource.field_names, header.cells
    note = table.header_faults.append
    if not set(want).intersection(have) and len(want) > 1 and not any(map(records.spoiled, have)):
        message = f"the first line names no field; the header should be: {', '.join(want)}"
        note(Fault("header", header.line, message, ", ".join(have)))
        if len(have) == len(want):
            return list(range(len(want)))
        table.absent.update(want)
        return [None] * len(want)
    for name in dict.fromkeys(have):
        if have.count(name) > 1:
            note(Fault("header", header.line, f'the column "{name}" stands twice', name))
    places: list[int | None] = []
    for index, name in enumerate(want):
        if name in have:
            places.append(have.index(name))
        elif len(have) == len(want) and records.spoiled(have[index]):
            places.append(index)
        elif len(have) == len(want) and have[index] not in want:
            message = f'column {index + 1} is called "{have[index]}", not "{name}"'
            note(Fault("header", header.line, message, have[index]))
            places.append(index)
        else:
            note(Fault("header", header.line, f'the column "{name}" is missing'))
            places.append(None)
            table.absent.add(name)
    taken = {place for place in places if place is not None}
    for index, name in enumerate(have):
        if index not in taken and have.count(name) == 1:
            note(Fault("header", header.line, f'the schema has no column "{name}"', name))
    if not table.header_faults and places != list(range(len(want))):
        message = f"the columns stand in another order: {', '.join(have)}"
        note(Fault("header", header.line, message))
    return places
