"""Rows lost, doubled, copied, out of order; identifiers exchanged and retired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.mutation.mutants import (
    CANNOT,
    MUST,
    REPAIRED,
    SPREAD,
    Book,
    Cell,
    Grid,
    Mutant,
    Sheet,
    cells,
    columns,
    of_rows,
    spread,
)

from .base import is_id, operator, some_rows


def _loses(sheet: Sheet, row: int) -> bool:
    """Whether something sees that this row is gone."""
    record = dict(zip(sheet.header, sheet.rows[row], strict=True))
    if sheet.name == "codes":
        return record["code_id"] in sheet.book.referring
    if sheet.name == "codings":
        return record["rank"] == "1"
    if sheet.name == "relations":
        return _binds_alone(sheet, row)
    return sheet.name not in ("participants", "aliases", "corroborations", "retired")


def _binds_alone(sheet: Sheet, row: int) -> bool:
    """Whether a claim is disputed that no other relation of its two propositions can contradict."""
    binding = [cells for cells in sheet.rows if cells[2] in ("excludes", "implies")]
    own = sheet.rows[row]
    pair = {own[0], own[1]}
    is_alone = not any(pair & {cells[0], cells[1]} for cells in binding if cells is not own)
    disputed = {
        claim["proposition_id"]
        for claim in sheet.book.sheets["claims"].records()
        if claim["standing"] == "disputed"
    }
    return own in binding and is_alone and bool(pair & disputed)


def _lost(book: Book, *, seen: bool) -> Iterator[Mutant]:
    for sheet in book.sheets.values():
        rows = [row for row in range(len(sheet.rows)) if _loses(sheet, row) is seen]
        for row in spread(rows, 5 * SPREAD):
            yield of_rows(sheet, row, "lost", partial(_lose, row))


operator(
    "row-lost",
    MUST,
    "A row is lost that others need: sources, actors, events, proposals, responses, claims, evidence, "
    "hops, references, used codes, main codes, contradictions.",
)(lambda book: _lost(book, seen=True))
operator(
    "row-lost-unseen",
    CANNOT,
    "A row that nothing refers to is lost: participants, aliases, alternative codes, unused codes, "
    "qualifications, what outside documents say, retired identifiers.",
)(lambda book: _lost(book, seen=False))


@operator("row-doubled", MUST, "A row appears twice.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, row in some_rows(book):
        yield of_rows(sheet, row, "doubled", partial(_add, sheet.rows[row]))


@operator("key-doubled", MUST, "A row appears twice, with different content the second time.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, row in some_rows(book):
        other = sheet.rows[(row + 1) % len(sheet.rows)]
        keys = [sheet.header.index(name) for name in sheet.key]
        mixed = [sheet.rows[row][i] if i in keys else other[i] for i in range(len(sheet.header))]
        yield of_rows(sheet, row, "doubled otherwise", partial(_add, mixed))


def _copies(book: Book, *, seen: bool) -> Iterator[Mutant]:
    for sheet in book.sheets.values():
        if len(sheet.key) != 1 or sheet.name == "retired":
            continue
        place = sheet.header.index(sheet.key[0])
        rows = [row for row in range(len(sheet.rows)) if _is_alternative(sheet, row) is not seen]
        for row in spread(rows, SPREAD):
            copied = list(sheet.rows[row])
            copied[place] = "move:copied" if sheet.name == "codes" else copied[place][:4] + "9876"
            yield of_rows(sheet, row, "copied", partial(_add, copied))


def _is_alternative(sheet: Sheet, row: int) -> bool:
    """Whether a row is an alternative code."""
    return sheet.name == "codings" and sheet.rows[row][sheet.header.index("rank")] == "2"


operator("row-copied", MUST, "A row is copied under a new identifier, and the copy is forgotten.")(
    lambda book: _copies(book, seen=True)
)
operator("alternative-copied", CANNOT, "An alternative code is copied under a new identifier.")(
    lambda book: _copies(book, seen=False)
)


@operator("rows-out-of-order", REPAIRED, "Two rows are swapped.")
def _(book: Book) -> Iterator[Mutant]:
    for sheet, row in some_rows(book):
        if row + 1 < len(sheet.rows):

            def change(grid: Grid, row: int = row) -> None:
                grid[row + 1], grid[row + 2] = grid[row + 2], grid[row + 1]

            yield of_rows(sheet, row, "row order", change)


def _key_swaps(book: Book, names: tuple[str, ...]) -> Iterator[Mutant]:
    for sheet, row in some_rows(book, 2 * SPREAD):
        if sheet.name in names and row + 1 < len(sheet.rows):

            def change(
                grid: Grid, row: int = row, at: int = sheet.header.index(sheet.key[0])
            ) -> None:
                a, b = grid[row + 1], grid[row + 2]
                a[at], b[at] = b[at], a[at]

            yield of_rows(sheet, row, "key <-> next row's", change)


operator("keys-swapped", MUST, "Two sources, or two codes, have each other's identifier.")(
    lambda book: _key_swaps(book, ("sources", "codes"))
)
operator("keys-swapped-unseen", CANNOT, "Two rows of another table have each other's identifier.")(
    lambda book: _key_swaps(
        book,
        tuple(
            name
            for name, sheet in book.sheets.items()
            if len(sheet.key) == 1 and name not in ("sources", "codes", "retired")
        ),
    )
)


@operator("retired-in-use", MUST, "An identifier is retired that is in use.")
def _(book: Book) -> Iterator[Mutant]:
    yield from _retirements(book, lambda cell: [cell.value, "0.1.0", "", "A slip."])


@operator("replaced-by-nothing", MUST, "A retired identifier is replaced by one that there is not.")
def _(book: Book) -> Iterator[Mutant]:
    old = "9875"
    yield from _retirements(
        book, lambda cell: [cell.value[:4] + old, "0.1.0", cell.value[:4] + "9876", "A slip."]
    )


def _retirements(book: Book, make: Callable[[Cell], list[str]]) -> Iterator[Mutant]:
    keys = (c for c in cells(book) if c.sheet.key == [c.name] and is_id(c))
    for cell in columns(keys, 3):
        new = make(cell)
        yield of_rows(book.sheets["retired"], 0, new[0], partial(_add, new))


def _lose(row: int, grid: Grid) -> None:
    del grid[row + 1]


def _add(row: list[str], grid: Grid) -> None:
    grid.append(row)
