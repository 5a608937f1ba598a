"""Slips in numbers, anchors and hashes."""

from __future__ import annotations

from tests.mutation.mutants import ARTICLES, CANNOT, MUST, SPREAD, Cell

from .base import ALL, in_cells


def is_number(cell: Cell) -> bool:
    """Whether it holds a whole number."""
    return cell.entry["type"] == "integer" and cell.value != ""


def off_by_one(cell: Cell) -> list[str]:
    """The number before and the number after."""
    return [str(int(cell.value) - 1), str(int(cell.value) + 1)]


def other_digit(cell: Cell) -> list[str]:
    """The hash with one digit changed: the first, one in the middle, the last."""
    found = []
    for place in (0, 31, 63):
        digit = "0123456789abcdef"[(int(cell.value[place], 16) + 1) % 16]
        found.append(cell.value[:place] + digit + cell.value[place + 1 :])
    return found


in_cells(
    "span-moved",
    ARTICLES,
    "The offset of a span is off by one.",
    lambda cell: cell.place == "evidence.start",
    off_by_one,
    4 * SPREAD,
)
in_cells(
    "span-longer",
    ARTICLES,
    "The length of a span is off by one.",
    lambda cell: cell.place == "evidence.length",
    off_by_one,
    4 * SPREAD,
)
in_cells(
    "span-hash-digit",
    ARTICLES,
    "A digit of a span's hash is wrong.",
    lambda cell: cell.place == "evidence.sha256",
    other_digit,
    4 * SPREAD,
)
in_cells(
    "source-seal",
    ARTICLES,
    "Length or hash of a whole article is wrong.",
    lambda cell: cell.place in ("sources.canon_length", "sources.canon_sha256"),
    lambda cell: other_digit(cell) if cell.name == "canon_sha256" else off_by_one(cell),
)
in_cells(
    "hop-off-by-one",
    MUST,
    "The number of a hop is off by one.",
    lambda cell: cell.place == "attributions.hop",
    off_by_one,
    4 * SPREAD,
)
in_cells(
    "rank-other",
    MUST,
    "A main code is ranked as the alternative, or an alternative as the main code.",
    lambda cell: cell.place == "codings.rank",
    lambda cell: ["2" if cell.value == "1" else "1"],
    ALL,
)
in_cells(
    "number-form",
    MUST,
    "A number is written with a letter for a digit, a decimal point, a comma, an exponent or a word.",
    is_number,
    lambda cell: [f"{cell.value}O", f"{cell.value}.0", f"1,{cell.value}", "1e2", "ten", "0x1F"],
    6,
)
in_cells(
    "number-negative",
    MUST,
    "A number is negative.",
    is_number,
    lambda cell: [f"-{int(cell.value) + 1}"],
)
in_cells(
    "score-sign",
    CANNOT,
    "A score loses or gets a minus.",
    lambda cell: cell.entry["type"] == "number" and cell.value not in ("", "0"),
    lambda cell: [cell.value[1:] if cell.value[0] == "-" else f"-{cell.value}"],
)
in_cells(
    "hash-form",
    MUST,
    "A hash lacks a digit, has one too many, is in capitals or has a letter that is no digit.",
    lambda cell: cell.name.endswith("sha256"),
    lambda cell: [cell.value[:-1], cell.value + "0", cell.value.upper(), "g" + cell.value[1:]],
    6,
)
