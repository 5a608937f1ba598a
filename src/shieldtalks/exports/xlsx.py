"""Excel: a sheet that says what this is, then one sheet a table; every text stays a text."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from math import isfinite, isnan
from typing import IO, Any
from zipfile import ZipFile

import xlsxwriter

from ..engine.compile import kind
from ..files import whole_file
from ..findings import CannotRun
from .job import Job, Table
from .readme import readme

#: What Excel can hold: characters of a cell (in UTF-16) and of a sheet's name, rows, columns.
LONGEST_TEXT, LONGEST_NAME, MOST_ROWS, MOST_COLUMNS = 32_767, 31, 1_048_576, 16_384
#: Characters that the name of a sheet may not have, nor an apostrophe at either end.
NOT_IN_NAMES = frozenset("[]:*?/\\")
#: Names of sheets that are taken: by the first one, and by Excel itself.
TAKEN = ("readme", "history")

#: The first day on which Excel's calendar and everyone else's agree.
_FIRST_DAY = date(1900, 3, 1)
#: The largest whole number up to which a cell, which is a double, holds every one.
_EXACT = 2**53
_WIDTHS = (8, 60)
_HINT = "Nothing is cut: choose other tables with --table, or another format."

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}


class _Exact(float):
    """A number that is written with as many digits as it needs, where XlsxWriter gives it 16."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def write(job: Job) -> None:
    """Write the workbook."""
    _check_names(job.tables)
    with whole_file(job.target, force=job.force) as file:
        with xlsxwriter.Workbook(file, _OPTIONS) as book:
            book.set_properties({"created": datetime(1980, 1, 1), "title": job.package.name})
            first = _Sheet(book, "README", "ABC")
            counts = {}
            for table in job.tables:
                job.tell(f"writing {table.name}")
                counts[table.name] = _write_table(book, table)
            for number, line in enumerate(readme(job, counts)):
                first.row(number, line.cells, first.bold if line.is_heading else None)
            first.widths([20, 24, 90])
        _level(file)


class _Sheet:
    """A sheet to write to, row by row."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, columns
        self.sheet = book.add_worksheet(name)
        # Codes such as 010 are meant to be text; Excel need not warn of each.
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})

    def row(self, number: int, values: Sequence[Any], form: Any = None) -> None:
        """Write a row (numbered from 0) in one form, or in that of each value."""
        for column, value in enumerate(values):
            self._cell(number, column, value, form)

    def widths(self, widths: list[int]) -> None:
        """Set the widths of the columns, in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def _cell(self, row: int, column: int, value: Any, form: Any) -> None:
        if isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, form or self.plain)
        elif isinstance(value, int) and abs(value) <= _EXACT:
            self.sheet.write_number(row, column, value, form or self.plain)
        elif isinstance(value, float) and isfinite(value):
            self.sheet.write_number(row, column, _Exact(value), form or self.plain)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, form or self.day)
        elif value is not None:
            self._text(row, column, _words(value), form or self.plain)

    def _text(self, row: int, column: int, text: str, form: Any) -> None:
        length = len(text.encode("utf-16-le")) // 2 if len(text) > LONGEST_TEXT // 2 else 0
        if length > LONGEST_TEXT:
            raise CannotRun(
                f"{self.name}, row {row}, {self.columns[column]}: a text of {length} characters, as "
                f"Excel counts them; a cell takes {LONGEST_TEXT}",
                _HINT,
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for one that is marked up already.
            self.sheet.write_rich_string(row, column, text[:1], form, text[1:], form)
        else:
            self.sheet.write_string(row, column, text, form)


def _words(value: Any) -> str:
    """A value that no number of Excel's is, as a text."""
    if isinstance(value, float):
        return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"
    return str(value)


def _check_names(tables: list[Table]) -> None:
    """Raise CannotRun where a table cannot be a sheet."""
    for table in tables:
        name = table.name
        if len(name) > LONGEST_NAME:
            fault = f"has more than the {LONGEST_NAME} characters that the name of a sheet may have"
        elif NOT_IN_NAMES.intersection(name) or name[:1] == "'" or name[-1:] == "'":
            fault = "has a character that the name of a sheet may not have"
        elif name.casefold() in TAKEN:
            fault = "is taken: no table's sheet can have that name"
        elif len(table.fields) > MOST_COLUMNS:
            fault = f"has {len(table.fields)} columns; a sheet takes {MOST_COLUMNS}"
        else:
            continue
        raise CannotRun(f'"{name}" {fault}', _HINT)


def _write_table(book: Any, table: Table) -> int:
    """Write a table as a sheet; how many rows it has."""
    names = [field["name"] for field in table.fields]
    sheet = _Sheet(book, table.name, names)
    days = {field["name"] for field in table.fields if kind(field)[0] == "date"}
    longest = [len(name) + 3 for name in names]  # room for the button of the filter
    sheet.row(0, names, sheet.bold)
    count = 0
    for count, row in enumerate(table.rows(), start=1):
        if count == MOST_ROWS:
            raise CannotRun(f"{table.name} has more than {MOST_ROWS - 1:,} rows", _HINT)
        values = [_day(row[name]) if name in days else row[name] for name in names]
        sheet.row(count, values)
        longest = [max(most, _width(value)) for most, value in zip(longest, values, strict=True)]
    least, most = _WIDTHS
    sheet.widths([min(max(width, least), most) for width in longest])
    sheet.sheet.freeze_panes(1, 0)
    sheet.sheet.autofilter(0, 0, count, len(names) - 1)
    return count


def _day(value: Any) -> Any:
    """A day as such where Excel's calendar has it; else the text that it was."""
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return day if day >= _FIRST_DAY else value


def _width(value: Any) -> int:
    """How many characters a value takes on its first lines, as far as a column may be wide."""
    if value is None:
        return 0
    return max(map(len, islice(str(value)[: 4 * _WIDTHS[1]].split("\n"), 4))) + 1


def _level(file: IO[bytes]) -> None:
    """Give each entry of a zip one mode, whatever the machine's: the same bytes everywhere."""
    with ZipFile(file) as archive:
        place, entries = archive.start_dir, len(archive.infolist())
    for _ in range(entries):
        file.seek(place + 28)
        lengths = struct.unpack("<HHH", file.read(6))
        file.seek(place + 5)
        file.write(b"\x03")  # made on Unix, which the mode is of
        file.seek(place + 38)
        file.write(struct.pack("<L", 0o100644 << 16))
        place += 46 + sum(lengths)
