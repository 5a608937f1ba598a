"""Blanks, invisible characters and words."""

from __future__ import annotations

from tests.mutation.mutants import CANNOT, MUST

from .base import filled, in_cells

in_cells(
    "blank-before",
    MUST,
    "A cell begins with a blank.",
    filled,
    lambda cell: [" " + cell.value],
)
in_cells(
    "blank-after",
    MUST,
    "A cell ends with a blank.",
    filled,
    lambda cell: [cell.value + " "],
)
in_cells(
    "no-break-space-at-end",
    MUST,
    "A cell ends with a non-breaking space.",
    filled,
    lambda cell: [cell.value + "\u00a0"],
    6,
)
in_cells(
    "no-break-space-inside",
    CANNOT,
    "A blank inside a text is a non-breaking space.",
    lambda cell: cell.free and " " in cell.value,
    lambda cell: [cell.value.replace(" ", "\u00a0", 1)],
)
in_cells(
    "line-end-in-cell",
    MUST,
    "A cell begins or ends with a line break.",
    filled,
    lambda cell: [cell.value + "\n", "\n" + cell.value],
    4,
)
in_cells(
    "control-character",
    MUST,
    "A cell contains a control character.",
    filled,
    lambda cell: [cell.value[:1] + "\u0007" + cell.value[1:]],
    4,
)
in_cells(
    "blank-only",
    MUST,
    "A cell that may be empty holds a blank.",
    lambda cell: not filled(cell),
    lambda _: [" "],
    6,
)
in_cells(
    "text-changed",
    CANNOT,
    "The words of a free text are others.",
    lambda cell: cell.free and filled(cell) and not cell.identifier,
    lambda cell: [cell.value[: len(cell.value) // 2] + "x" + cell.value[len(cell.value) // 2 :]],
)
in_cells(
    "text-too-long",
    MUST,
    "A text is longer than its field allows.",
    lambda cell: cell.free and filled(cell),
    lambda cell: [cell.value + "x" * cell.entry["constraints"]["maxLength"]],
    4,
)
in_cells(
    "word-for-nothing",
    MUST,
    "A word that means nothing (`n/a`, `-`, `NULL`, `?`) is put into an empty cell that is not free text.",
    lambda cell: not filled(cell) and not cell.free and not cell.derived,
    lambda _: ["n/a", "-", "NULL", "?"],
    2,
)
