"""Load CSV files as tables of text, and note the faults of their structure."""

from __future__ import annotations

import codecs
import csv
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..engine.base import Engine
from ..findings import MOST_OF_A_RULE, Finding, Further, Quota, shortened
from ..marks import Rows
from ..package import Resource
from . import exact as records
from . import octets
from .exact import Fault
from .header import Header, compare, ragged
from .lines import LineEnds, Lines, Starts

#: With more words for "no value" than this, they are looked up before the cells are stored.
_FEW_WORDS = 50

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
    #: Faults with their row number; None for faults of the whole file. The first of each rule.
    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: How many faults of each rule are not in `faults`.
    more_faults: Counter[str] = field(default_factory=Counter)
    #: Rules whose faults are only warnings. They make no cell unreliable.
    lenient: frozenset[str] = frozenset()
    #: How many findings are listed.
    quota: Quota = field(default_factory=Quota)
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The rows that broke each rule while they were read.
    _broken: dict[str, Rows] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def note(self, row: int | None, fault: Fault) -> None:
        """Note a fault of the structure. After the first ones of a rule, faults are only counted."""
        self._counts[fault.rule] += 1
        if self._counts[fault.rule] > MOST_OF_A_RULE:
            self.more_faults[fault.rule] += 1
        else:
            self.faults.append((row, fault))
        if row is not None:
            self._broken.setdefault(fault.rule, Rows()).add(row)

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether these cells of a row are reliable: in the right columns, with no faulty byte or quote."""
        if not self._broken:
            return True
        rules = {rule for rule, rows in self._broken.items() if row in rows} - self.lenient
        return not rules or (rules <= records.BYTES and not any(map(records.spoiled, values)))

    def is_broken(self, row: int) -> bool:
        """Whether a row has a fault of structure, so that its cells may be in the wrong columns."""
        return any(row in rows for rule, rows in self._broken.items() if rule not in self.lenient)

    @property
    def has_broken_rows(self) -> bool:
        """Whether there is such a row."""
        return bool(self._broken.keys() - self.lenient)

    def is_full(self, rule: str) -> bool:
        """Whether no more findings of a rule are listed. Then `further` takes the place of `finding`."""
        return self.quota.is_full(self.resource.name, rule)

    def further(self, rule: str, row: int | None, field: str | None = None) -> Further:
        """A finding that is only counted."""
        return Further(self.resource.name, rule, row, field)

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
    """Load the file of a resource into the engine. Raises OSError if the file cannot be read."""
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
    many = max(map(len, missing)) > _FEW_WORDS
    if not many and _load_bulk(table, engine, missing, delimiter):
        return table
    engine.create(resource.name, resource.field_names)

    def insert(rows: Iterator[list[str]]) -> int:
        if not many:
            return engine.insert(resource.name, resource.field_names, missing, rows)
        first = [words[:1] for words in missing]
        return engine.insert(resource.name, resource.field_names, first, _one_word(rows, missing))

    if not (facts.plain and _load_plain(table, delimiter, insert)):
        _load_exactly(table, delimiter, encoding, insert)
    return table


def _one_word(rows: Iterator[list[str]], missing: list[list[str]]) -> Iterator[list[str]]:
    """The rows, with the first word for "no value" of a field in the place of all its words.

    SQL would compare each cell with each word.
    """
    known = [dict.fromkeys(words, words[0]) if words else {} for words in missing]
    for row in rows:
        if len(row) == len(known):
            yield [words.get(cell, cell) for cell, words in zip(row, known, strict=True)]
        else:
            yield row


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
    """Load with Python's CSV reader. False if the file is unusual; then nothing was loaded."""
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
        for _ in reader:  # the faults of all bytes are noted
            _note_bytes(table, lines, None)
        _note_bytes(table, lines, None)
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
                table.note(None, Fault("blank-row", record.line, "the line is blank"))
                continue
            starts.add(record.line)
            for fault in record.faults or ragged(record, header):
                table.note(starts.rows, fault)
            _note_bytes(table, lines, starts, record.last_line)
            cells = record.cells
            yield [cells[i] if i is not None and i < len(cells) else "" for i in found.places]

    table.rows = insert(rows())
    table.line = starts.line
    _note_bytes(table, lines, starts)
    lf_only = table.resource.dialect.line_terminator == "\n"
    for fault in (*ends.faults(lf_only=lf_only), *header.faults):
        table.note(None, fault)


def _note_bytes(
    table: LoadedTable, lines: Lines, starts: Starts | None, before: int | None = None
) -> None:
    """Note the faults of bytes up to a line (None: all), each with the row of its line."""
    faults = lines.faults
    while faults and (before is None or faults[0].line <= before):
        fault = faults.popleft()
        table.note(starts.row(fault.line) if starts is not None else None, fault)
