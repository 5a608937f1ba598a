"""Columns and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from tests.mutation.mutants import MUST, Book, Grid, Mutant, Sheet, of_rows

from .base import operator


def _headers(book: Book) -> Iterator[tuple[Sheet, int]]:
    for sheet in book.sheets.values():
        for place in range(len(sheet.header)):
            yield sheet, place


def _header(sheet: Sheet, place: int, what: str, change: Callable[[Grid], object]) -> Mutant:
    return replace(of_rows(sheet, -1, what, change), field=sheet.header[place])


@operator("header-renamed", MUST, "A column has another name.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, place in _headers(book):
        for new in (sheet.header[place] + "s", sheet.header[place].capitalize()):

            def change(grid: Grid, place: int = place, new: str = new) -> None:
                grid[0][place] = new

            yield _header(sheet, place, new, change)


@operator("column-lost", MUST, "A column is lost.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, place in _headers(book):
        yield _header(sheet, place, "lost", partial(_lose, place))


@operator("column-doubled", MUST, "A column appears twice.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, place in _headers(book):
        yield _header(
            sheet,
            place,
            "doubled",
            partial(_double, place),
        )


@operator("columns-swapped", MUST, "Two columns stand in each other's place, header and cells.")
def _(book: Book) -> Iterator[Mutant]:
    yield from _column_swaps(book, len)


@operator("header-swapped", MUST, "Two names of the header stand in each other's place.")
def _(book: Book) -> Iterator[Mutant]:
    yield from _column_swaps(book, lambda _: 1)


def _column_swaps(book: Book, rows: Callable[[Grid], int]) -> Iterator[Mutant]:
    for sheet, place in _headers(book):
        if place + 1 == len(sheet.header):
            continue

        def change(grid: Grid, place: int = place) -> None:
            for row in grid[: rows(grid)]:
                row[place], row[place + 1] = row[place + 1], row[place]

        yield _header(sheet, place, "swapped with the next", change)


def _lose(place: int, grid: Grid) -> None:
    for row in grid:
        del row[place]


def _double(place: int, grid: Grid) -> None:
    for row in grid:
        row.insert(place, row[place])
