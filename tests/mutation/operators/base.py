"""What the operators are made of: how they are registered, and what they ask of a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tests.mutation.mutants import SPREAD, Book, Cell, Grid, Mutant, Sheet, cells, columns, spread

Make = Callable[[Book], Iterable[Mutant]]


@dataclass(frozen=True)
class Operator:
    """One way to err: a name, a sentence, what is expected, and the mutants of a record."""

    name: str
    expected: str
    sentence: str
    make: Make

    def mutants(self, book: Book) -> Iterator[Mutant]:
        """The mutants of a record, in a fixed order."""
        for mutant in self.make(book):
            yield replace(mutant, operator=self.name)


OPERATORS: list[Operator] = []


def operator(name: str, expected: str, sentence: str) -> Callable[[Make], Make]:
    """Register a function that makes mutants."""

    def keep(make: Make) -> Make:
        OPERATORS.append(Operator(name, expected, sentence, make))
        return make

    return keep


def in_cells(
    name: str,
    expected: str,
    sentence: str,
    where: Callable[[Cell], object],
    change: Callable[[Cell], Iterable[str]],
    most: int = SPREAD,
) -> None:
    """Register an operator that puts other values into single cells."""

    def make(book: Book) -> Iterator[Mutant]:
        for cell in columns((cell for cell in cells(book) if where(cell)), most):
            yield from (cell.to(new) for new in change(cell) if new != cell.value)

    OPERATORS.append(Operator(name, expected, sentence, make))


ALL = 10**6


def is_code(cell: Cell) -> bool:
    """Whether it holds a code of a vocabulary."""
    return cell.value != "" and (bool(cell.enum) or cell.place == "codings.code_id")


def is_id(cell: Cell) -> bool:
    """Whether it holds an identifier with a number."""
    return re.fullmatch(r"[a-z]{3}-[0-9]{4}", cell.value) is not None and cell.identifier


def filled(cell: Cell) -> bool:
    """Whether it holds anything."""
    return cell.value != ""


def refers(cell: Cell) -> bool:
    """Whether it refers to another row."""
    return cell.value != "" and cell.target is not None


def next_in(values: list[str], value: str) -> str:
    """The value after this one, the first after the last."""
    return values[(values.index(value) + 1) % len(values)]


def next_id(cell: Cell) -> list[str]:
    """The identifier after the one it holds."""
    return [next_in(cell.ids(), cell.value)]


def swapper(row: int, column: int) -> Callable[[Grid], None]:
    """The change that swaps a cell of a row (from 0) with the next."""

    def change(grid: Grid) -> None:
        swapped = grid[row + 1]
        swapped[column], swapped[column + 1] = swapped[column + 1], swapped[column]

    return change


def some_rows(book: Book, most: int = SPREAD) -> Iterator[tuple[Sheet, int]]:
    """At most so many rows of each table, evenly spread, counted from 0."""
    for sheet in book.sheets.values():
        for row in spread(list(range(len(sheet.rows))), most):
            yield sheet, row
