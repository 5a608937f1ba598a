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
from ..names import distinct
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
    _check_columns(job.tables)
    names = _sheet_names(job)
    long: list[str] = []
    with whole_file(job.target, force=job.force) as file:
        with temporary.folder(job.target) as folder:
            _write_book(job, names, long, file, folder)
        _level(file)
    if long:
        job.note(f"numbers with more digits than Excel keeps are text: {', '.join(long)}")


def _write_book(
    job: Job, names: dict[str, str], long: list[str], file: IO[bytes], folder: Path
) -> None:
    """Write the workbook to a file. The library has its own temporary files in `folder`.

    The columns with numbers that are written as text are added to `long`.
    """
    target = Target(file)
    book = xlsxwriter.Workbook(target, {**_OPTIONS, "tmpdir": str(folder)})
    try:
        book.set_properties({"created": datetime(1980, 1, 1), "title": job.package.name})
        first = Sheet(book, "README", "ABC", (20, 24, 90))
        counts = {}
        for table in job.tables:
            sheet = _sheet(book, table, names[table.name], job.rows(table))
            counts[table.name] = sheet.count
            long += sorted(f"{table.name}.{column}" for column in sheet.long)
        for number, line in enumerate(readme(job, names, counts)):
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


def _check_columns(tables: list[Table]) -> None:
    """Raise CannotRun if a table has too many columns for a sheet."""
    for table in tables:
        if len(table.fields) > MOST_COLUMNS:
            fault = f"has {len(table.fields)} columns; a sheet takes {MOST_COLUMNS}"
            raise CannotRun(f'"{table.name}" {fault}', NOT_CUT)


def _sheet_names(job: Job) -> dict[str, str]:
    """The name of the sheet of each table: the name of the table, changed if no sheet can have it."""
    # The first sheet takes one name, and Excel itself the other.
    names = distinct(
        [table.name for table in job.tables], _sheet_name, _cut, taken=("README", "History")
    )
    for table, sheet in names.items():
        if table != sheet:
            job.note(f'the sheet of the table "{table}" is called "{sheet}"')
    return names


def _sheet_name(name: str) -> str:
    plain = "".join("_" if char in NOT_IN_NAMES or char < " " else char for char in _cut(name, 0))
    if plain[-1:] == "'":
        plain = f"{plain[:-1]}_"
    return f"_{plain[1:]}" if plain[:1] == "'" else plain


def _cut(name: str, room: int) -> str:
    """The beginning of a name with room for some characters. Excel counts them in UTF-16."""
    most = LONGEST_NAME - room
    return name.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def _sheet(book: Any, table: Table, name: str, found: Iterator[Row]) -> Sheet:
    """Write the rows of a table as a sheet."""
    names = [field["name"] for field in table.fields]
    rows = _values(table, found)
    sample = list(islice(rows, _SAMPLE))
    sheet = Sheet(book, name, names, _widths(names, sample))
    sheet.row(0, names, sheet.heading)
    count = 0
    for count, values in enumerate(chain(sample, rows), start=1):
        if count == MOST_ROWS:
            raise CannotRun(f"{table.name} has more than {MOST_ROWS - 1:,} rows", NOT_CUT)
        sheet.row(count, values)
    sheet.fix_header(count)
    return sheet


def _values(table: Table, rows: Iterator[Row]) -> Iterator[list[Any]]:
    """The rows of a table, with dates as dates if Excel can hold them."""
    types = [type_of(field) for field in table.fields]
    makers = [type_.write if type_.is_nested else type_.to_column for type_ in types]
    for row in rows:
        pairs = zip(row.values(), makers, strict=True)
        yield [v if make is None or v is None else _made(make, v) for v, make in pairs]


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
