"""Excel workbooks: one sheet, by its name or number. Values are as Excel shows them, and exact.

A workbook is a zip of XML, so it is checked like any archive before it is opened.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import IO, Any

from ..findings import cut
from ..package import Resource
from ..reading import open_regular
from .octets import TooLarge
from .source import Cell, Damaged, Native, Note, Reading, SourceRow, library
from .workbook import check_archive

#: The last row that a sheet can have, and the most cells that are read: empty ones need time, too.
_LAST_ROW, _MOST_CELLS = 1_048_576, 100_000_000

#: Rows that are read at once.
_ROWS = 500

#: The first bytes of an Excel file of before 2007, and of an encrypted one.
_OLD = b"\xd0\xcf\x11\xe0"


def read(part: Resource, note: Note) -> Reading:
    """How to read a sheet of a workbook."""
    del note
    openpyxl = library(
        "openpyxl", "xlsx", f'the table "{part.name}" is in a workbook (xlsx), which'
    )
    with open_regular(part.file) as file:
        if file.read(4) == _OLD:
            hint = "Save it as .xlsx, without a password."
            raise Damaged("the file is an old Excel file (.xls), or it is encrypted", hint=hint)
    has_formulas = check_archive(part.file)
    sheet = _Sheet(openpyxl, part)
    name = sheet.name

    def place(number: int, column: int | None, field: str) -> str:
        del field
        if column is None:
            return f"row {number} of {name}"
        return f"{name}!{openpyxl.utils.get_column_letter(column + 1)}{number}"

    return Reading(sheet.rows(formulas=has_formulas), place, is_padded=True)


class _Sheet:
    """One sheet of a workbook."""

    def __init__(self, openpyxl: Any, part: Resource) -> None:
        self._openpyxl, self._part = openpyxl, part
        with open_regular(part.file) as file:
            book = self._open(file)
            self.name = _chosen(part, book.sheetnames)
            is_sheet = self.name in [sheet.title for sheet in book.worksheets]
        if not is_sheet:
            raise Damaged(f'"{cut(self.name, 100)}" is a chart, not a sheet with cells')

    def rows(self, *, formulas: bool) -> Iterator[SourceRow]:
        """The rows of the sheet."""
        with open_regular(self._part.file) as file, open_regular(self._part.file) as again:
            values = self._cells(file)
            # A formula without a result looks like an empty cell, so the formulas are read, too.
            beside = self._cells(again, data_only=False) if formulas else None
            cells = 0
            for number, row in enumerate(values, start=1):
                cells += len(row) + 1
                if number > _LAST_ROW or cells > _MOST_CELLS:
                    raise TooLarge(f"the sheet has more than {_LAST_ROW} rows, or too many cells")
                shown = [as_text(cell) for cell in row]
                if beside is not None:
                    for place, cell in enumerate(next(beside, ())):
                        if place < len(shown) and shown[place] is None and cell.data_type == "f":
                            shown[place] = Native(str(cell.value), "formula")
                yield SourceRow(number, shown)

    def _cells(self, file: IO[bytes], *, data_only: bool = True) -> Iterator[tuple[Any, ...]]:
        """The cells of each row. Raises Damaged, whatever the library stumbles over."""
        sheet = self._open(file, data_only=data_only)[self.name]
        sheet.reset_dimensions()  # some programs state fewer columns than there are
        rows = sheet.iter_rows()
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    some = list(islice(rows, _ROWS))
            except MemoryError:
                raise
            except Exception as error:
                raise _damaged(error) from error
            if not some:
                return
            yield from some

    def _open(self, file: IO[bytes], *, data_only: bool = True) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._openpyxl.load_workbook(
                    file, read_only=True, data_only=data_only, keep_links=False
                )
        except MemoryError:
            raise
        except Exception as error:
            raise _damaged(error) from error


def _damaged(error: Exception) -> Damaged:
    message = f"the file is not a workbook, or it is damaged ({cut(str(error), 100)})"
    return Damaged(message, hint="Open it in Excel or LibreOffice, and save it again.")


def _chosen(part: Resource, names: list[str]) -> str:
    """The name of the sheet that the dialect states; the first one if it states none."""
    dialect = part.declared_dialect
    stated = dialect if isinstance(dialect, dict) else {}
    name, number = stated.get("sheetName"), stated.get("sheetNumber", 1)
    shown = ", ".join(f'"{cut(one, 50)}"' for one in names[:20])
    if isinstance(name, str):
        if name in names:
            return name
        message = f'the workbook has no sheet "{cut(name, 100)}"; it has {shown}'
        raise Damaged(message, hint="Correct the sheetName of the dialect.")
    if type(number) is not int or not 1 <= number <= len(names):
        message = f"the workbook has no sheet {number}; it has {len(names)}: {shown}"
        raise Damaged(message, hint="Correct the sheetNumber of the dialect. It counts from 1.")
    return names[number - 1]


def as_text(cell: Any) -> Cell:
    """The value of a cell as text."""
    value = cell.value
    if value is None:
        return None
    if isinstance(value, str):
        return Native(value, "error") if cell.data_type == "e" else value
    if isinstance(value, bool):
        return Native("true" if value else "false", "boolean")
    if isinstance(value, int | float):
        return Native(_number(value), "number")
    if isinstance(value, datetime):
        has_time = value.time() != time(0) or _shows_time(str(cell.number_format))
        return Native(value.isoformat(), "datetime") if has_time else _day(value)
    if isinstance(value, date):
        return Native(value.isoformat(), "date")
    if isinstance(value, time):
        return Native(value.isoformat(), "time")
    if isinstance(value, timedelta):
        return Native(duration(value), "duration")
    return str(value)


def _day(value: datetime) -> Native:
    return Native(value.date().isoformat(), "date")


def _number(value: float) -> str:
    """A number with the digits that it was entered with; a whole one without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return format(Decimal(repr(value)).to_integral_value(), "f")
    return repr(value)


@lru_cache(maxsize=256)
def _shows_time(form: str) -> bool:
    """Whether a number format shows a time of day, such as `yyyy-mm-dd hh:mm`."""
    first = form.lower().partition(";")[0]
    plain = "".join(first.split('"')[::2])  # texts between quotes are shown as they are
    return "h" in plain or "s" in plain


def duration(value: timedelta) -> str:
    """A duration as ISO 8601 has it, such as `PT36H30M`."""
    seconds = value.days * 86400 + value.seconds
    sign, micro = ("-" if value < timedelta(0) else ""), value.microseconds
    if sign:
        seconds, micro = divmod(-(seconds * 10**6 + micro), 10**6)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{micro:06}".rstrip("0") if micro else ""
    parts = [f"{hours}H" if hours else "", f"{minutes}M" if minutes else ""]
    if seconds or fraction or not any(parts):
        parts.append(f"{seconds}{fraction}S")
    return f"{sign}PT{''.join(parts)}"
