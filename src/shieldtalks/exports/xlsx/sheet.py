"""One sheet of a workbook: values become cells of their kind, and no text becomes more than a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.tables.json import spelled

#: What Excel can hold: characters of a cell (in UTF-16), rows and columns of a sheet.
LONGEST_TEXT, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_576, 16_384
#: What to do where it cannot.
NOT_CUT = "Nothing is cut: choose other tables with --table, or another format."

#: The largest whole number up to which a cell, which is a double, holds every one.
_EXACT = 2**53
#: Points of a line of text, and lines that the tallest row of Excel has room for.
_LINE, _MOST_LINES = 15, 27
#: Rows whose height is set, which takes memory; Excel fits the others when it shows them.
_FITTED = 10_000


class _Exact(float):
    """A number that is written with as many digits as it needs, where XlsxWriter gives it 16."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


class Sheet:
    """A sheet of a workbook of XlsxWriter, written row by row; widths are in characters."""

    def __init__(self, book: Any, name: str, columns: Sequence[str], widths: Sequence[int]) -> None:
        self.name, self.columns, self.widths = name, columns, widths
        self._sheet = book.add_worksheet(name)
        # Codes such as 010 are meant to be text; Excel need not warn of each.
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self.heading = book.add_format({"bold": True, "valign": "top"})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})

    def row(self, number: int, values: Sequence[Any], form: Any = None) -> None:
        """Write a row (numbered from 0) in one form, or in that of each value.

        Raises CannotRun where a text is longer than a cell takes.
        """
        if form is None and number <= _FITTED:
            lines = max(map(_lines, values, self.widths), default=1)
            if lines > 1:
                self._sheet.set_row(number, _LINE * min(lines, _MOST_LINES))
        for column, value in enumerate(values):
            self._cell(number, column, value, form)

    def fix_header(self, rows: int) -> None:
        """Keep the first row in sight, and let each column be filtered over so many rows."""
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, rows, len(self.columns) - 1)

    def _cell(self, row: int, column: int, value: Any, form: Any) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value, form or self._plain)
        elif isinstance(value, int) and abs(value) <= _EXACT:
            self._sheet.write_number(row, column, value, form or self._plain)
        elif isinstance(value, float) and isfinite(value):
            self._sheet.write_number(row, column, _Exact(value), form or self._plain)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, value, form or self._day)
        elif value is not None:
            self._text(row, column, str(spelled(value)), form or self._plain)

    def _text(self, row: int, column: int, text: str, form: Any) -> None:
        length = len(text.encode("utf-16-le")) // 2 if len(text) > LONGEST_TEXT // 2 else 0
        if length > LONGEST_TEXT:
            raise CannotRun(
                f"{self.name}, row {row}, {self.columns[column]}: a text of {length} characters, as "
                f"Excel counts them; a cell takes {LONGEST_TEXT}",
                NOT_CUT,
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for one that is marked up already.
            self._sheet.write_rich_string(row, column, text[:1], form, text[1:], form)
        else:
            self._sheet.write_string(row, column, text, form)


def _lines(value: Any, width: int) -> int:
    """About how many lines a value takes in a column; letters are narrower than the digits it counts."""
    if not isinstance(value, str):
        return 1
    return sum(1 + 10 * len(line) // (11 * width) for line in value.split("\n", _MOST_LINES))
