"""One sheet of a workbook: each value becomes a cell of its type, and text always stays text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.jsontext import LongNumber
from ...tabular.types.number import spelled

#: The limits of Excel: characters of a cell (in UTF-16), rows and columns of a sheet.
LONGEST_TEXT, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
#: What to do if a limit is exceeded.
NOT_CUT = "Data is never cut. Choose other tables with --table, or another format."

#: Excel shows and keeps 15 digits of a whole number. A longer one is written as text.
_LEAST_TOO_LONG = 10**15
#: The height of a line of text in points, and the lines that fit in the tallest row of Excel.
_LINE, _MOST_LINES = 15, 27
#: The number of rows whose height is set, which takes memory. Excel sets the others itself.
_FITTED = 10_000


class _Exact(float):
    """A number that is written with all its digits. XlsxWriter writes 16."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


class Sheet:
    """A sheet of an XlsxWriter workbook, written row by row. Widths are in characters."""

    def __init__(self, book: Any, name: str, columns: Sequence[str], widths: Sequence[int]) -> None:
        self.name, self.columns, self.widths = name, columns, widths
        #: The columns with numbers that are written as text, because Excel would change their digits.
        self.long: set[str] = set()
        #: The number of rows below the header.
        self.count = 0
        self._sheet = book.add_worksheet(name)
        # Codes such as 010 are text on purpose: no warning for each of them in Excel.
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self.heading = book.add_format({"bold": True, "valign": "top"})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})

    def row(self, number: int, values: Sequence[Any], cell_format: Any = None) -> None:
        """Write a row (numbered from 0) in one cell format, or in the format of each value.

        Raises CannotRun if a text is too long for a cell.
        """
        if cell_format is None and number <= _FITTED:
            lines = max(map(_lines, values, self.widths), default=1)
            if lines > 1:
                self._sheet.set_row(number, _LINE * min(lines, _MOST_LINES))
        for column, value in enumerate(values):
            self._cell(number, column, value, cell_format)

    def fix_header(self, rows: int) -> None:
        """Keep the first row in view, and add a filter over this number of rows to each column."""
        self.count = rows
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, rows, len(self.columns) - 1)

    def _cell(self, row: int, column: int, value: Any, cell_format: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, cell_format or self._plain)
        elif isinstance(value, int) and abs(value) < _LEAST_TOO_LONG:
            self._sheet.write_number(row, column, value, cell_format or self._plain)
        elif isinstance(value, float) and isfinite(value) and type(value) is not LongNumber:
            self._sheet.write_number(row, column, _Exact(value), cell_format or self._plain)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, cell_format or self._day)
        elif value is not None:
            if isinstance(value, int | LongNumber):
                self.long.add(self.columns[column])
            self._text(row, column, str(spelled(value)), cell_format or self._plain)

    def _text(self, row: int, column: int, text: str, cell_format: Any) -> None:
        length = len(text.encode("utf-16-le")) // 2 if len(text) > LONGEST_TEXT // 2 else 0
        if length > LONGEST_TEXT:
            raise CannotRun(
                f"{self.name}, row {row}, {self.columns[column]}: the text has {length} characters, as "
                f"Excel counts them, and a cell can hold {LONGEST_TEXT}",
                NOT_CUT,
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take such a text as markup.
            self._sheet.write_rich_string(row, column, text[:1], cell_format, text[1:], cell_format)
        else:
            self._sheet.write_string(row, column, text, cell_format)


def _lines(value: Any, width: int) -> int:
    """About how many lines a value takes in a column. Widths are in digits; letters are narrower."""
    if not isinstance(value, str):
        return 1
    return sum(1 + 10 * len(line) // (11 * width) for line in value.split("\n", _MOST_LINES))
