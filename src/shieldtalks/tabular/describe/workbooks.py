"""Tables in Excel workbooks: one in each sheet that has cells."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..reading import open_regular
from ..sources import xlsx
from ..sources.octets import TooLarge
from ..sources.source import Damaged, Native
from ..sources.workbook import check_archive
from .bare import Bare
from .dialect_found import Dialect
from .guess import CERTAIN, Guesses, many
from .header_row import find_header
from .two_rows import find_two_rows
from .units_row import find_units

#: The rows from which the header is found.
_FIRST_ROWS = 200
#: Rows without any cell after which a sheet ends, whatever size it says it has.
_MOST_BLANK = 10_000


class SheetTable:
    """The table in one sheet."""

    def __init__(
        self, file: Path, path: str, name: str, sheet: str, *, formulas: bool = False
    ) -> None:
        self.name, self.path, self.file, self.sheet = name, path, file, sheet
        self.guesses = Guesses(name)
        self.natives: dict[int, set[str]] = {}
        self.lacks_cells = False
        self.dialect = Dialect(delimiter="")
        first = []
        for row in self._each():
            first.append(row)
            if len(first) >= _FIRST_ROWS:
                break
        self.dialect.width = max((_used(row) for row in first), default=0)
        first = [row[: _used(row)] for row in first]
        find_header(first, self.dialect)
        find_two_rows(first, self.dialect)
        find_units(first, self.dialect)
        self.labels = (
            _padded(self.dialect.header, self.dialect.width) if self.dialect.header else []
        )
        self.width = self.dialect.width
        self.natives = {}
        self.guesses.add("format", "xlsx", f'it is the sheet "{sheet}" of a workbook', CERTAIN)
        for about, value, evidence, certainty in self.dialect.found:
            self.guesses.add(about, value, evidence, certainty)
        if formulas:
            self._say_formulas()

    @property
    def words(self) -> dict[str, Any]:
        """The words of the resource: format, media type, and the dialect with the sheet."""
        dialect: dict[str, Any] = {"sheetName": self.sheet}
        if not self.dialect.header_row:
            dialect["header"] = False
        elif self.dialect.header_row > 1:
            dialect["headerRows"] = self.dialect.header_rows
        if self.units:
            dialect["commentRows"] = [self.dialect.rows_above]
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return {"format": "xlsx", "mediatype": media, "dialect": dialect}

    @property
    def units(self) -> list[str]:
        """The unit of each column, if a row below the header has them."""
        return self.dialect.units

    @property
    def header_row(self) -> int:
        """The number of the row that is the header, counted from 1; 0 if there is none."""
        return self.dialect.header_row

    def rows(self) -> Iterator[list[str]]:
        """The rows below the header that have a cell."""
        for number, row in enumerate(self._each(), 1):
            if number > self.dialect.rows_above and any(row):
                yield _padded(row, self.width)[: max(self.width, _used(row))]

    def _each(self) -> Iterator[list[str]]:
        """All rows of the sheet, from its first."""
        blank = 0
        with open_regular(self.file) as stream, _quiet():
            sheet = _library().load_workbook(stream, read_only=True, data_only=True)[self.sheet]
            sheet.reset_dimensions()  # some programs state fewer columns than there are
            for cells in sheet.iter_rows():
                row = [self._text(index, cell) for index, cell in enumerate(cells)]
                blank = 0 if any(row) else blank + 1
                if blank > _MOST_BLANK:
                    return
                yield row

    def _say_formulas(self) -> None:
        """Say that formulas have no results, as in a workbook that a program wrote."""
        count = 0
        with open_regular(self.file) as stream, open_regular(self.file) as again, _quiet():
            sides = [
                _library().load_workbook(one, read_only=True, data_only=data_only)[self.sheet]
                for one, data_only in ((stream, True), (again, False))
            ]
            for side in sides:
                side.reset_dimensions()
            rows = zip(*(side.iter_rows() for side in sides), strict=False)
            for values, cells in islice(rows, _FIRST_ROWS):
                pairs = zip(values, cells, strict=False)
                count += sum(one.value is None and cell.data_type == "f" for one, cell in pairs)
        if count:
            are = "is a formula" if count == 1 else "are formulas"
            what = f"{many(count, 'cell')} of the first rows {are}"
            choice = "open the workbook in Excel or LibreOffice, and save it again"
            self.guesses.add("rows", None, f"{what} without a stored result; {choice}", CERTAIN)

    def _text(self, index: int, cell: Any) -> str:
        if cell.value is None or cell.value == "":
            return ""
        kind, text = _as_text(cell)
        if kind:
            self.natives.setdefault(index, set()).add(kind)
        return text


@contextmanager
def _quiet() -> Iterator[None]:
    """Turn whatever the library stumbles over into words; warnings of styles do not matter here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (CannotRun, OSError, MemoryError):
        raise
    except Exception as error:
        raise CannotRun("it is not a workbook, or it is damaged") from error


def _library() -> Any:
    try:
        return import_module("openpyxl")
    except ImportError as error:
        message = 'a workbook needs openpyxl: pip install "shieldtalks[xlsx]"'
        raise CannotRun(message) from error


def _as_text(cell: Any) -> tuple[str, str]:
    """The kind of a value that the workbook itself types, or "" for a text, and its text."""
    text = xlsx.as_text(cell)
    if isinstance(text, Native) and text.kind != "error":
        return text.kind, str(text)
    return "", str(text)


def _used(row: list[str]) -> int:
    """The number of cells up to the last one that has a value."""
    return max((index for index, cell in enumerate(row, 1) if cell), default=0)


def _padded(row: list[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _checked(file: Path) -> bool:
    """Whether a workbook has formulas. Raises CannotRun if it is too large."""
    try:
        return check_archive(file)
    except (Damaged, TooLarge) as error:
        raise CannotRun(str(error)) from error


def workbook(file: Path, path: str, name: str) -> Iterator[Bare]:
    """The tables in a workbook. Raises CannotRun if it cannot be read."""
    library = _library()
    with _quiet(), open_regular(file) as stream:
        has_formulas = _checked(file)
        book = library.load_workbook(stream, read_only=True)
        sheets = [sheet.title for sheet in book.worksheets]
        hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"}
    tables = [SheetTable(file, path, name, sheet, formulas=has_formulas) for sheet in sheets]
    filled = [table for table in tables if table.width]
    if not filled:
        raise CannotRun("its sheets have no cells")
    for table in filled:
        if len(filled) > 1:
            table.name = table.sheet
        if table.sheet in hidden:
            table.guesses.add(
                "note", None, f'the sheet "{table.sheet}" is hidden in Excel', CERTAIN
            )
        yield table
