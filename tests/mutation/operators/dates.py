"""Slips in dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.mutation.mutants import CANNOT, MUST, REPAIRED, Book, Cell, Mutant, cells, of_rows

from .base import filled, in_cells, operator, swapper


def is_edtf(cell: Cell) -> bool:
    """Whether it holds an EDTF date."""
    return cell.name.endswith("_edtf") and cell.value != ""


def day_before(cell: Cell) -> list[str]:
    """The date with its last digit one less."""
    last = int(cell.value[-1])
    return [cell.value[:-1] + str(last - 1 if last > 1 else last + 1)]


in_cells(
    "date-form",
    MUST,
    "A date is not written in EDTF: day first, slashes, words, one digit, two-digit year, a time.",
    is_edtf,
    lambda _: [
        "12.11.2008",
        "11/12/2008",
        "12 November 2008",
        "2008-11-5",
        "20081112",
        "08-11-12",
        "2008-11-12T10:00",
        "c. 2008",
        "2008-11-12 / 2008-11-13",
    ],
    3,
)
in_cells(
    "date-impossible",
    MUST,
    "A date names a day or month that there is not, is open on both sides or ends before it starts.",
    is_edtf,
    lambda _: [
        "2008-13-01",
        "2009-02-29",
        "2008-11-31",
        "2008-00",
        "2008-11-00",
        "../..",
        "2009-06-11/2008-11-12",
    ],
    6,
)
in_cells(
    "date-other",
    CANNOT,
    "A cell has a different valid date.",
    is_edtf,
    lambda cell: [re.sub("200[0-9]", lambda m: str(int(m[0]) + 1), cell.value)],
)
in_cells(
    "date-mark",
    CANNOT,
    "A date is marked uncertain, or its mark is lost.",
    lambda cell: is_edtf(cell) and not cell.value.endswith("/.."),
    lambda cell: [cell.value.rstrip("~?") if cell.value[-1] in "~?" else cell.value + "?"],
)
in_cells(
    "bound-changed",
    REPAIRED,
    "The earliest or latest day does not agree with the EDTF date, or is empty.",
    lambda cell: cell.derived and filled(cell),
    lambda cell: ["", *day_before(cell)],
)


@operator("bounds-swapped", REPAIRED, "The earliest and the latest day are swapped.")
def _(book: Book) -> Iterator[Mutant]:
    for cell in cells(book):
        if not cell.name.endswith("_earliest"):
            continue
        first = cell.column
        row = cell.sheet.rows[cell.row]
        if row[first] != row[first + 1]:
            yield of_rows(cell.sheet, cell.row, "bounds swapped", swapper(cell.row, first))
