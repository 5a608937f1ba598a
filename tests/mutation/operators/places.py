"""Cells that stand in the wrong column."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutation.mutants import (
    CANNOT,
    MUST,
    SPREAD,
    Book,
    Cell,
    Grid,
    Mutant,
    cells,
    columns,
    fits,
    of_rows,
)

from .base import operator, swapper


def _swaps(book: Book, *, seen: bool) -> Iterator[Mutant]:
    found = []
    for sheet in book.sheets.values():
        for row in range(len(sheet.rows)):
            pairs = zip(sheet.header, sheet.header[1:], strict=False)
            for left, right in ((Cell(sheet, row, a), Cell(sheet, row, b)) for a, b in pairs):
                fit = fits(left, right.value) and fits(right, left.value)
                if left.value != right.value and fit is not seen and not _derived(left, right):
                    found.append(left)
    for cell in columns(found, SPREAD):
        change = swapper(cell.row, cell.column)
        yield of_rows(cell.sheet, cell.row, f"{cell.name} <-> next", change)


def _derived(left: Cell, right: Cell) -> bool:
    return left.derived or right.derived


operator(
    "neighbours-swapped",
    MUST,
    "Two cells side by side are swapped, and one of them cannot hold the other's value.",
)(lambda book: _swaps(book, seen=True))
operator(
    "neighbours-swapped-alike",
    CANNOT,
    "Two cells side by side are swapped, and each could hold the other's value.",
)(lambda book: _swaps(book, seen=False))


def _required_cells(book: Book) -> Iterator[Cell]:
    return columns((c for c in cells(book) if c.required and c.value), SPREAD)


@operator(
    "shifted-right",
    MUST,
    "From a cell that needs a value on, the cells of a row stand one column to the right.",
)
def _(book: Book) -> Iterator[Mutant]:
    for cell in _required_cells(book):
        row, place = cell.row + 1, cell.column

        def shift(grid: Grid, row: int = row, place: int = place) -> None:
            grid[row] = [*grid[row][:place], "", *grid[row][place:-1]]

        yield of_rows(cell.sheet, cell.row, f"shifted right from {cell.name}", shift)


@operator(
    "shifted-left",
    MUST,
    "A cell that needs a value is lost, and those behind it stand one column to the left.",
)
def _(book: Book) -> Iterator[Mutant]:
    for cell in _required_cells(book):
        row, place = cell.row + 1, cell.column

        def shift(grid: Grid, row: int = row, place: int = place) -> None:
            grid[row] = [*grid[row][:place], *grid[row][place + 1 :], ""]

        yield of_rows(cell.sheet, cell.row, f"shifted left onto {cell.name}", shift)
