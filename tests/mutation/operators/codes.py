"""Slips in the codes of the vocabularies."""

from __future__ import annotations

import re

from tests.mutation.mutants import CANNOT, MUST, SPREAD, Cell

from .base import ALL, in_cells, is_code


def typo(cell: Cell) -> list[str]:
    """Two letters in the middle swapped, and the last one doubled."""
    value, half = cell.value, len(cell.value) // 2
    swapped = value[: half - 1] + value[half] + value[half - 1] + value[half + 1 :]
    known = {*cell.enum, *(cell.ids() if cell.target else [])}
    return [new for new in (swapped, value + value[-1]) if new not in known]


def foreign_code(cell: Cell) -> list[str]:
    """A code of another vocabulary."""
    if cell.target:
        return ["move:decline"]
    codes = cell.sheet.book.codes
    return [next(code for name in codes for code in codes[name] if code not in cell.enum)]


def turns_seen(cell: Cell, new: str) -> bool:
    """Whether a rule sees this change from one code of a vocabulary to another."""
    pair = {cell.value, new}
    return (
        (cell.name.endswith("_basis") and cell.name != "title_basis" and "cross-source" in pair)
        or (cell.place == "responses.authority" and "anonymous" in pair)
        or (
            cell.place == "claims.standing"
            and (new == "disputed" or pair == {"disputed", "as-reported"})
        )
        or (cell.place == "claims.factuality" and _regraded(cell.value, new))
        or (
            cell.place == "actors.kind"
            and new in ("person", "state")
            and cell.record["member_of_id"] != ""
        )
    )


def _regraded(old: str, new: str) -> bool:
    """Whether a claim turns into a denial or back, or becomes certain or uncertain."""
    if "u" in old + new:
        return False
    return old[2] != new[2] or (old[:2] == "CT") is not (new[:2] == "CT")


def other_codes(cell: Cell, *, seen: bool) -> list[str]:
    """The other codes of the vocabulary, by whether a rule sees the change."""
    return [new for new in cell.enum if new != cell.value and turns_seen(cell, new) is seen]


in_cells(
    "code-typo", MUST, "Two letters of a code are swapped, or the last is doubled.", is_code, typo
)
in_cells(
    "code-of-other-vocabulary",
    MUST,
    "A cell has a code of another vocabulary.",
    is_code,
    foreign_code,
)
in_cells(
    "code-case",
    MUST,
    "A code is written with the other case.",
    is_code,
    lambda cell: [cell.value.swapcase()],
)
in_cells(
    "other-code-seen",
    MUST,
    "Another code of the right vocabulary, where a rule ties the code to other cells: a basis to or "
    "from `cross-source`, an authority to or from `anonymous`, a standing to or from `disputed`, "
    "the sign and the certainty of a claim, the kind of a member to `person` or `state`.",
    is_code,
    lambda cell: other_codes(cell, seen=True),
    ALL,
)
in_cells(
    "other-code",
    CANNOT,
    "Another code of the right vocabulary anywhere else: a matter of reading the article.",
    is_code,
    lambda cell: other_codes(cell, seen=False)[:2],
)
in_cells(
    "action-code-of-other-scheme",
    MUST,
    "The main CAMEO code and the main PLOVER code are swapped.",
    lambda cell: cell.place == "codings.code_id" and cell.record["rank"] == "1",
    lambda cell: ["plover:AGREE" if cell.value.startswith("cameo") else "cameo:010"],
    4 * SPREAD,
)
in_cells(
    "leading-zero-lost",
    MUST,
    "A spreadsheet takes a code for a number and drops its leading zero.",
    lambda cell: (
        re.fullmatch(r"(cameo:)?0[0-9]+", cell.value) and cell.sheet.name in ("codes", "codings")
    ),
    lambda cell: [re.sub(r"^(cameo:)?0", r"\1", cell.value)],
)
