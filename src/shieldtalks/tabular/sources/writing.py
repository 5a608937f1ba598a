"""Writes the rows of one file of a table as plain CSV, and notes what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from ..findings import cut
from ..package import Resource
from ..package.kinds import INLINE
from .exact import RawRecord
from .fault import Fault
from .header import Header, alone, ragged, resembles
from .heading import Heading
from .keys import Keys, unlike_stated
from .lines import Starts
from .matching import Matching
from .natives import delimiter_of, fitted, misfit
from .source import Cell, Damaged, Native, Reading, Source, SourceRow

if TYPE_CHECKING:
    from .plain import Plain

#: Control characters (but no tab and no line ending) and halves of a surrogate pair.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


#: The forms of tables whose rows can be objects.
_JSON = frozenset({INLINE, "json", "jsonl"})

#: After this many broken rows at the start, it does not matter any more what the rows should be.
_MOST_BROKEN = 1000


class Taken(Exception):
    """A cell is the word that stands for a missing value."""


@dataclass(slots=True)
class PlainPart:
    """Where the rows of one file are in the source."""

    #: The names of the fields.
    names: Sequence[str]
    #: The column of each field that has one.
    columns: dict[str, int | None] = field(default_factory=dict)
    rows: int = 0
    #: The line of each row, if the source has lines, and its number.
    lines: Starts = field(default_factory=Starts)
    numbers: Starts = field(default_factory=Starts)
    place: Callable[[int, int | None, str], str | None] = lambda *_: None

    def add(self, row: SourceRow) -> int:
        """Count a row of data. Returns its number in this file, from 1."""
        self.rows += 1
        self.numbers.add(row.number)
        if row.line:
            self.lines.add(row.line)
        return self.rows

    def line(self, row: int) -> int:
        """The line on which a row starts; 0 if the source has no lines."""
        return self.lines.line(row) if self.lines.rows else 0


def write_part(
    result: Plain,
    source: Source,
    part: Resource,
    made: PlainPart,
    write: Callable[[Sequence[str]], Any],
    before: int,
    null: str,
) -> None:
    """Write the header and the rows of one file, which come after `before` rows of other files."""
    path = part.path if result.original.more else None

    def note(fault: Fault) -> None:
        result.notes.add(None, fault._replace(path=path))

    writer = _Writer(result, part, made, write, before, null, path)
    try:
        reading = source.read(part, note)
        made.place = reading.place
        writer.write(reading)
    except Damaged as error:
        result.is_cut = True
        writer.start_if_needed()
        note(Fault("source", error.line, str(error), hint=error.hint))
    writer.finish()


class _Writer:
    """Turns the rows of a source into rows of cells of the fields, in their order."""

    def __init__(
        self,
        result: Plain,
        part: Resource,
        made: PlainPart,
        write: Callable[[Sequence[str]], Any],
        before: int,
        null: str,
        path: str | None,
    ) -> None:
        self._result, self._part, self._made = result, part, made
        self._write, self._before, self._path = write, before, path
        self._want = part.field_names
        self._null = null
        self._nulls = ["" if "" in words else null for words in part.missing]
        self._missing = [frozenset(words) for words in part.missing]
        self._fit = [fitted(entry) for entry in part.fields]
        self._cuts = _cuts(result.original, part)
        self._keyed: Keys | None = None
        self._started = False
        #: The empty rows since the last row that is not empty, as ranges of their numbers.
        self._blank: list[range] = []

    def write(self, reading: Reading) -> None:
        """Write all rows."""
        broken, first = _first(reading.rows)
        heading = Heading() if reading.is_named else Heading.of(self._part.declared_dialect)
        if first is None and not broken and self._part.form in _JSON:
            heading = Heading.of({"header": False})  # there are no rows, and objects have no header
        rows = reading.rows if first is None else chain([first], reading.rows)
        wrong = (
            unlike_stated(self._part.declared_dialect, first) if self._part.form in _JSON else None
        )
        if wrong is not None and first is not None:
            self._note(None, wrong, first)
        if isinstance(first.cells, Mapping) if first is not None else broken:
            self._write_objects(chain(broken, rows))
            return
        for row in broken:
            for fault in row.faults:
                self._note(None, fault, row)
        header, rows = self._header(heading, rows)
        if header is None:
            return
        record, found = header
        self._made.columns = dict(zip(self._want, found.places, strict=False))
        for row in rows:
            self._write_list(row, record, found, reading)

    def start_if_needed(self) -> None:
        """Write the header of the plain file, if it is not written."""
        if not self._started:
            self._start(self._want)

    def finish(self) -> None:
        """Note the faults that only all rows together show."""
        self.start_if_needed()
        if self._keyed is not None:
            header, rows = self._keyed.faults()
            self._result.absent |= self._keyed.absent
            self._result.left_out |= self._keyed.left_out
            self._result.header_faults += [fault._replace(path=self._path) for fault in header]
            for own, fault, names in rows:
                row = SourceRow(self._made.numbers.line(own), (), self._made.line(own))
                self._note(self._before + own, fault, row)
                self._result.notes.mark(self._before + own, names)

    def _start(self, names: Sequence[str]) -> None:
        self._started = True
        self._write(names)

    # Sources with rows of cells.

    def _header(
        self, heading: Heading, rows: Iterator[SourceRow]
    ) -> tuple[tuple[RawRecord, Header] | None, Iterator[SourceRow]]:
        """The header of a file with the columns of the fields, and the rows after it."""
        first, data = heading.split(rows, self._want)
        want, is_later = self._want, bool(self._result.parts)
        if not heading.is_present:
            record = RawRecord(1, list(want))
            self._start(want)
            return (record, Header(list(range(len(want))))), data
        names = [str(cell or "") for cell in first.cells] if first is not None else []
        while names and not names[-1]:  # a sheet may have empty cells beside its table
            names.pop()
        if is_later and first is not None and want and not resembles(names, want):
            record = RawRecord(1, list(want))
            self._start(want)
            return (record, Header(list(range(len(want))))), chain([first], data)
        if first is None or not names:
            what = "the file is empty" if first is None else "the first row is empty"
            fault = Fault("header", first.line if first else 0, f"{what}; the header is missing")
            self._result.header_faults.append(self._placed(fault, first))
            self._result.absent |= set(want)
            return None, data
        record = RawRecord(first.line, names)
        if want:
            found = Matching.of(self._part).compared(record)
        else:
            found = alone(record) if self._part.is_lone else Header([])
        self._result.header_faults += [self._placed(fault, first) for fault in found.faults]
        self._result.absent |= found.absent
        self._result.left_out |= found.left_out
        self._start(want or names)
        return (record, found), data

    def _write_list(
        self, row: SourceRow, record: RawRecord, found: Header, reading: Reading
    ) -> None:
        cells = row.cells
        if isinstance(cells, Mapping):
            cells, row.faults = (), [*row.faults, _other_kind("an object", "lists")]
        if reading.is_padded:
            if not any(cell not in (None, "") for cell in cells):
                before = self._blank.pop() if self._blank else range(0)
                is_next = before.stop == row.number and len(before) > 0
                if not is_next and before:
                    self._blank.append(before)
                start = before.start if is_next else row.number
                self._blank.append(range(start, row.number + 1))
                return
            self._note_blank()
            cells = _padded(cells, len(record.cells))
        number = self._add(row)
        if not row.faults:
            shown = [str(cell or "") for cell in cells] if len(cells) != len(record.cells) else ()
            for fault in (
                ragged(RawRecord(row.line, list(shown)), record) if shown or not cells else ()
            ):
                self._note(number, fault, row)
        if not self._want:
            self._write([str(cell or "") for cell in _padded(cells, len(record.cells))])
            return
        chosen = [cells[i] if i is not None and i < len(cells) else None for i in found.places]
        self._write_cells(number, row, chosen)

    def _note_blank(self) -> None:
        """Note the empty rows before a row that is not empty. Those at the end are no rows."""
        for number in chain.from_iterable(self._blank):
            self._note(None, Fault("blank-row", 0, "the row is blank"), SourceRow(number, ()))
        self._blank.clear()

    # Sources with objects.

    def _write_objects(self, rows: Iterator[SourceRow]) -> None:
        want = self._want
        keyed = self._keyed = Keys(want, self._part.schema.get("fieldsMatch"))
        self._made.columns = dict.fromkeys(want)
        self._start(want or ["row"])
        for row in rows:
            cells = row.cells if isinstance(row.cells, Mapping) else None
            if cells is None and not row.faults:
                row.faults = [_other_kind("a list", "objects")]
            number = self._add(row)
            if not want:
                self._write([""])  # without a schema, rows are only counted
            elif cells is None:
                self._write_cells(number, row, [None] * len(want))
            else:
                keyed.look(self._made.rows, cells)
                self._write_cells(number, row, [cells.get(name) for name in want])

    # Both.

    def _add(self, row: SourceRow) -> int:
        """Count a row, and note its faults. Returns its number in the table."""
        number = self._before + self._made.add(row)
        for fault in row.faults:
            self._note(number, fault, row)
        return number

    def _write_cells(self, number: int, row: SourceRow, cells: Sequence[Cell]) -> None:
        texts: list[str] = []
        for place, cell in enumerate(cells):
            if cell is None:
                texts.append(self._nulls[place])
                continue
            if cell == self._null and self._nulls[place]:
                raise Taken
            if type(cell) is Native and cell not in self._missing[place]:
                wrong = misfit(cell, self._part.fields[place])
                if wrong:
                    fault = Fault("type", row.line, wrong, cell, keeps_cells=True)
                    self._note(number, fault._replace(field=self._want[place]), row)
                cell = self._fit[place](cell)
            elif place in self._cuts:
                before, after = self._cuts[place]
                cell = after.join(cell.split(before))
            texts.append(cell)
        if _ODD.search("\n".join(texts)):
            texts = [
                self._clean(number, row, *each) for each in zip(self._want, texts, strict=True)
            ]
        self._write(texts)

    def _clean(self, number: int, row: SourceRow, name: str, text: str) -> str:
        """A cell without halves of characters. It and each control character is a fault."""
        odd = _ODD.search(text)
        if odd:
            code = f"U+{ord(odd[0]):04X}"
            rule, what = "control-character", f"the control character {code}"
            if _HALF.match(odd[0]):
                rule, what = "encoding", f"half of a character ({code})"
            message = f"the cell contains {what} at character {odd.start() + 1}"
            self._note(number, Fault(rule, row.line, message, cut(text, 40), field=name), row)
        return _HALF.sub("\ufffd", text)

    def _note(self, number: int | None, fault: Fault, row: SourceRow) -> None:
        self._result.notes.add(number, self._placed(fault, row))

    def _placed(self, fault: Fault, row: SourceRow | None) -> Fault:
        """A fault with its place in the source."""
        if row is None:
            return fault._replace(path=self._path)
        name = fault.field or ""
        column = self._made.columns.get(name)
        place = fault.place or self._made.place(row.number, column, name)
        return fault._replace(path=self._path, place=place, line=fault.line or row.line)


def _cuts(original: Resource, part: Resource) -> dict[int, tuple[str, str]]:
    """The lists that are written with another delimiter: the old and the new one, by place."""
    pairs = enumerate(zip(original.fields, part.fields, strict=True))
    changed = ((n, delimiter_of(old), delimiter_of(new)) for n, (old, new) in pairs if old != new)
    return {n: (old, new) for n, old, new in changed if old != new}


def _first(rows: Iterator[SourceRow]) -> tuple[list[SourceRow], SourceRow | None]:
    """The first row that has cells (or one after many that have none), and the broken rows before it."""
    broken: list[SourceRow] = []
    for row in rows:
        if row.cells or not row.faults or len(broken) == _MOST_BROKEN:
            return broken, row
        broken.append(row)
    return broken, None


def _padded(cells: Sequence[Cell], width: int) -> Sequence[Cell]:
    """The cells of a row of a sheet, as many as there are columns. Only cells with a value are too many."""
    end = len(cells)
    while end > width and cells[end - 1] in (None, ""):
        end -= 1
    return [*cells[:end], *[None] * (width - end)]


def _other_kind(this: str, others: str) -> Fault:
    message = f"the row is {this}, but the rows before it are {others}"
    return Fault("source", 0, message)
