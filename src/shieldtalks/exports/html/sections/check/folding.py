"""The tables that a browser lacks for canon-1: case folding, and the code points that are dropped.

A browser has NFKC and the categories of characters, but no case folding, and its Unicode is newer.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .....record.evidence.canon import assigned
from .....record.evidence.unicode14 import UNASSIGNED

#: No script after this code point has upper and lower case.
_LAST_CASED = 0x1FFFF


@cache
def tables() -> dict[str, Any]:
    """`unassigned`: ranges in hexadecimal; `runs`: `[first, count, step, shift]`; `full`: the rest."""
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
    """Neighbouring code points with the same shift, gathered if they are one or two apart."""
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
