"""The tables of canon-1 that a browser lacks: case folding and the code points that do not count.

A browser brings NFKC and the categories of characters, but no casefold, and a newer Unicode.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ...record.evidence.canon import assigned
from ...record.evidence.unicode14 import UNASSIGNED

#: No script with case lies past this code point.
_LAST_CASED = 0x1FFFF


@cache
def tables() -> dict[str, Any]:
    """`unassigned`, ranges in hexadecimal; `runs`, `[first, count, step, shift]`; `full`, the rest."""
    simple: dict[int, int] = {}
    full: dict[str, str] = {}
    for point in range(_LAST_CASED + 1):
        char = chr(point)
        folded = char.casefold()
        if folded == char or not assigned(char):
            continue
        if len(folded) == 1:
            simple[point] = ord(folded) - point
        else:
            full[char] = folded
    return {"unassigned": " ".join(UNASSIGNED.split()), "runs": _runs(simple), "full": full}


def _runs(shifts: dict[int, int]) -> list[list[int]]:
    """Code points that shift alike, gathered where they follow each other by one step or two."""
    runs: list[list[int]] = []
    for point, shift in shifts.items():
        if runs:
            first, count, step, same = runs[-1]
            gap = point - (first + (count - 1) * step)
            if same == shift and gap in (1, 2) and (count == 1 or gap == step):
                runs[-1] = [first, count + 1, gap, shift]
                continue
        runs.append([point, 1, 1, shift])
    return runs
