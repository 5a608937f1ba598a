"""Load CSV files as tables of text, and note the faults of their structure."""

from __future__ import annotations

import codecs
import csv
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from ..engine.base import Engine
from ..package import Resource
from ..reading import check_unchanged, open_text, states_of
from . import octets
from .fault import Fault
from .forms import is_plain
from .loaded import LoadedTable

if TYPE_CHECKING:
    from .ahead import Ahead, Look

__all__ = ["LoadedTable", "inspect", "is_hashed", "load", "may_be_bulk"]

#: With more words for "no value" than this, they are looked up before the cells are stored.
_FEW_WORDS = 50


def inspect(resource: Resource, *, hashed: bool = True, bulk: bool = True) -> octets.Octets:
    """Facts about the bytes of the file of a resource; see `octets.inspect`.

    Without `bulk`, they do not tell whether an engine's own reader reads the file correctly.
    """
    # A file in an unusual dialect is read by the exact reader, as one in another encoding.
    dialect = resource.dialect
    utf8 = codecs.lookup(resource.encoding).name == "utf-8" and dialect.is_usual
    delimiter = dialect.delimiter
    width = len(resource.field_names) if bulk else None
    return octets.inspect(resource.file, utf8=utf8, delimiter=delimiter, hashed=hashed, width=width)


def is_hashed(resource: Resource) -> bool:
    """Whether the descriptor has a hash with which that of the file is compared."""
    return isinstance(resource.descriptor.get("hash"), str)


#: Adds rows to a table of an engine, and returns their number.
_Insert = Callable[[Iterator[list[str]]], int]


@dataclass(slots=True, eq=False, repr=False)
class _File:
    """One file of a table, how it is read, and what was found while it was read."""

    part: Resource
    facts: octets.Octets
    is_headed: bool = True
    rows: int = 0
    line: Callable[[int], int] = lambda row: row + 1


def load(resource: Resource, engine: Engine, ahead: Ahead | None = None) -> LoadedTable:
    """Load the files of a resource into the engine. `ahead` may have looked at them already.

    A table in any other form is made a plain CSV file first (see `plain`). Raises OSError, TooLarge or
    Lacking if its only file cannot be read, and Changed if a file changed while it
    was read. Of several files, those that cannot be read are noted in the table.
    """
    if is_plain(resource):
        return _unchanged(resource, engine, ahead.look(resource) if ahead is not None else None)
    from .plain import plain  # most tables are CSV files

    made = plain(resource)
    if made.is_rewritten:
        engine.reads(made.resource)
    table = _unchanged(made.resource, engine)
    table.take(made)
    return table


def _unchanged(resource: Resource, engine: Engine, look: Look | None = None) -> LoadedTable:
    """The loaded table. Raises Changed if a file changed while it was read."""
    before = look.before if look is not None else states_of(resource.files)
    table = _load(resource, engine, look)
    table.read_line = table.line
    check_unchanged(resource.files, before)
    return table


def _load(resource: Resource, engine: Engine, look: Look | None) -> LoadedTable:
    table, files = _inspected(resource, look, bulk=engine.reads_files)
    if not resource.fields:
        # Without a schema, only the shape can be checked. No cell is needed for that.
        _load_exactly(table, files, lambda rows: sum(1 for _ in rows))
        return _placed(table, files)
    missing = resource.missing
    many = max(map(len, missing)) > _FEW_WORDS
    if not many and _load_bulk(table, files, engine, missing):
        return _placed(table, files)
    engine.create(resource.name, resource.field_names)

    def insert(rows: Iterator[list[str]]) -> int:
        if not many:
            return engine.insert(resource.name, resource.field_names, missing, rows)
        first = [words[:1] for words in missing]
        return engine.insert(resource.name, resource.field_names, first, _one_word(rows, missing))

    plain = bool(files) and all(file.facts.plain for file in files)
    if not (plain and _load_plain(table, files, insert)):
        _load_exactly(table, files, insert)
        if table.broken_rows("control-character"):
            engine.has_control_characters(resource.name, resource.field_names)
    return _placed(table, files)


def _inspected(
    resource: Resource, look: Look | None, *, bulk: bool
) -> tuple[LoadedTable, list[_File]]:
    """A table that is not loaded yet, and its files. An empty file of several is a fault, and left out."""
    if not resource.more:
        hashed = is_hashed(resource)
        facts = look.facts() if look is not None else inspect(resource, hashed=hashed, bulk=bulk)
        return LoadedTable(resource, facts), [_File(resource, facts)]
    from .parts import headed

    table, files = LoadedTable(resource, octets.Octets(0, "", 0, (), plain=False)), []
    for part, is_headed in zip(resource.parts, headed(resource), strict=True):
        try:
            facts = inspect(part, hashed=False, bulk=bulk)
        except (OSError, octets.TooLarge) as error:
            table.unread.append((part, error))
            continue
        if facts.size:
            files.append(_File(part, facts, is_headed))
        else:
            fault = Fault("header", 1, "the file is empty", path=part.path)
            table.header_faults.append(fault)
    if not files:
        table.absent = set(resource.field_names)
    return table, files


def _placed(table: LoadedTable, files: list[_File]) -> LoadedTable:
    """The loaded table, which now knows the file and the line of each row."""
    table.rows = sum(file.rows for file in files)
    if not table.resource.more:
        table.line = files[0].line
        return table
    by_path, parts = {file.part.path: file for file in files}, table.resource.parts
    read = [by_path.get(part.path) for part in parts]
    before = list(accumulate((file.rows if file else 0 for file in read[:-1]), initial=0))

    def line(row: int) -> int:
        number = bisect_left(before, row) - 1
        file = read[number]
        return file.line(row - before[number]) if file else row

    table.parts, table.before, table.line = parts, before, line
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
    table: LoadedTable, files: list[_File], engine: Engine, missing: list[list[str]]
) -> bool:
    """Load with the engine's own reader. False if it has none, or if it may have skipped a line."""
    if not files or not all(
        file.is_headed and may_be_bulk(file.part, file.facts) for file in files
    ):
        return False
    first, *others = (file.part for file in files)
    more = tuple((other.path, other.file) for other in others)
    delimiter = table.resource.dialect.delimiter
    rows = engine.read_file(replace(first, more=more), missing, delimiter)
    if rows is None or rows != sum(file.facts.records - 1 for file in files):
        return False
    for file in files:
        file.rows, file.line = file.facts.records - 1, _lines(file.facts.inner)
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


def _load_plain(table: LoadedTable, files: list[_File], insert: _Insert) -> bool:
    """Load with Python's CSV reader. False if a file is unusual; then nothing was loaded."""
    names = table.resource.field_names

    def readers() -> Iterator[Iterator[list[str]]]:
        for file in files:
            with open_text(file.part.file, "utf-8") as lines:
                reader = csv.reader(lines, delimiter=file.part.dialect.delimiter, strict=True)
                if file.is_headed and next(reader, None) != names:
                    raise ValueError("its header is unusual")
                yield reader

    try:
        insert(chain.from_iterable(readers()))
    except (ValueError, csv.Error):
        return False
    for file in files:  # a blank line would have failed, so each record is a row
        file.rows = file.facts.records - int(file.is_headed)
        file.line = _lines(file.facts.inner, is_headed=file.is_headed)
    return True


def _lines(inner: Sequence[int], *, is_headed: bool = True) -> Callable[[int], int]:
    """A function from a row to its physical line. `inner` are the lines that begin inside a cell."""
    header = int(is_headed)
    if not inner:
        return lambda row: row + header
    starts_before = [line - 1 - number for number, line in enumerate(inner)]
    return lambda row: row + header + bisect_left(starts_before, row + header)


def _load_exactly(table: LoadedTable, files: list[_File], insert: _Insert) -> None:
    """Load record by record, and note each fault of the structure."""
    from .exact_rows import ExactRows  # few files need it

    exact = ExactRows(table)

    def rows() -> Iterator[list[str]]:
        before = 0
        for file in files:
            yield from exact.rows(file.part, before=before, is_headed=file.is_headed)
            file.rows, file.line = exact.starts.rows, exact.starts.line
            before += file.rows

    insert(rows())
    exact.finish()
