"""Excel: a sheet that describes the package, then one sheet per table; every text stays a text."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from ...tabular import temporary
from ...tabular.files import whole_file
from ...tabular.findings import CannotRun
from ...tabular.types import type_of
from ..job import Job, Row, Table
from .readme import readme
from .sheet import MOST_COLUMNS, MOST_ROWS, NOT_CUT, Sheet
from .target import Target

#: The longest name of a sheet, in characters.
LONGEST_NAME = 31
#: Characters that the name of a sheet must not have; it must not begin or end with an apostrophe.
NOT_IN_NAMES = frozenset("[]:*?/\\")

#: The first day from which Excel's calendar is right.
_FIRST_DAY = date(1900, 3, 1)
#: The least and the greatest width of a column, and how many rows are looked at to choose it.
_WIDTHS, _SAMPLE = (8, 60), 1000

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}


def write(job: Job) -> None:
    """Write the workbook."""
    _check_names(job.tables)
    with whole_file(job.target, force=job.force) as file:
        with temporary.folder(job.target) as folder:
            _write_book(job, file, folder)
        _level(file)


def _write_book(job: Job, file: IO[bytes], folder: Path) -> None:
    """Write the workbook to a file. The library has its own temporary files in `folder`."""
    target = Target(file)
    book = xlsxwriter.Workbook(target, {**_OPTIONS, "tmpdir": str(folder)})
    try:
        book.set_properties({"created": datetime(1980, 1, 1), "title": job.package.name})
        first = Sheet(book, "README", "ABC", (20, 24, 90))
        counts = {}
        for table in job.tables:
            counts[table.name] = _write_table(book, table, job.rows(table))
        for number, line in enumerate(readme(job, counts)):
            first.row(number, line.cells, first.heading if line.is_heading else None)
        book.close()
    except XlsxFileError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        raise
    finally:
        target.end()
        for sheet in book.worksheets():
            with suppress(OSError, ValueError):  # what is left in a buffer may not fit on the disk
                sheet._opt_close()


def _check_names(tables: list[Table]) -> None:
    """Raise CannotRun if a table cannot be a sheet."""
    taken = {"readme", "history"}  # by the first sheet, and by Excel itself
    for table in tables:
        name = table.name
        if len(name) > LONGEST_NAME:
            fault = f"has more than the {LONGEST_NAME} characters that the name of a sheet may have"
        elif NOT_IN_NAMES.intersection(name) or name[:1] == "'" or name[-1:] == "'":
            fault = "has a character that the name of a sheet may not have"
        elif name.casefold() in taken:
            fault = "is the name of another sheet"
        elif len(table.fields) > MOST_COLUMNS:
            fault = f"has {len(table.fields)} columns; a sheet takes {MOST_COLUMNS}"
        else:
            taken.add(name.casefold())
            continue
        raise CannotRun(f'"{name}" {fault}', NOT_CUT)


def _write_table(book: Any, table: Table, found: Iterator[Row]) -> int:
    """Write the rows of a table as a sheet; the number of rows."""
    names = [field["name"] for field in table.fields]
    rows = _values(table, found)
    sample = list(islice(rows, _SAMPLE))
    sheet = Sheet(book, table.name, names, _widths(names, sample))
    sheet.row(0, names, sheet.heading)
    count = 0
    for count, values in enumerate(chain(sample, rows), start=1):
        if count == MOST_ROWS:
            raise CannotRun(f"{table.name} has more than {MOST_ROWS - 1:,} rows", NOT_CUT)
        sheet.row(count, values)
    sheet.fix_header(count)
    return count


def _values(table: Table, rows: Iterator[Row]) -> Iterator[list[Any]]:
    """The rows of a table, with dates as dates if Excel can hold them."""
    makers = [type_of(field).to_column for field in table.fields]
    for row in rows:
        pairs = zip(row.values(), makers, strict=True)
        yield [value if make is None else _made(make, value) for value, make in pairs]


def _widths(names: list[str], sample: list[list[Any]]) -> list[int]:
    """A width for each column: that of its longest line in the sample, within bounds."""
    longest = [len(name) + 3 for name in names]  # room for the button of the filter
    for values in sample:
        for column, value in enumerate(values):
            if value is not None:
                width = 1 + max(map(len, str(value).split("\n")))
                longest[column] = max(longest[column], width)
    least, most = _WIDTHS
    return [min(max(width, least), most) for width in longest]


def _made(make: Callable[[Any], Any], value: Any) -> Any:
    """A value as a column takes it; unchanged if it is not of the type or Excel cannot hold it."""
    try:
        made = make(value)
    except (TypeError, ValueError):
        return value
    return value if isinstance(made, date) and made < _FIRST_DAY else made


def _level(file: IO[bytes]) -> None:
    """Give each entry of the zip the same mode, so that every machine writes the same bytes."""
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
