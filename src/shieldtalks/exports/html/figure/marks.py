"""The mark of each answer: a sign that does not need colour to be told apart from the others."""

from __future__ import annotations

import re

from ..markup import Markup, join
from .pen import Pen

#: For each move: the name of its colours, the sign as a path around (0, 0), and the sign as text.
_SIGNS = {
    "accept": ("accepted", "M-3.6 .2 L-1 2.8 L3.8 -2.8", "✓"),
    "partly-accept": ("partly", "M-3.6 0 H3.6 M-3.6 0 L-1 2.4 L3.8 -3", "◐"),
    "decline": ("declined", "M-3 -3 L3 3 M-3 3 L3 -3", "✗"),
    "defer": ("deferred", "M0 -3.6 V0 H3", "◷"),
    "counter": (
        "countered",
        "M-3.6 -1.6 H2.4 M.6 -3.4 L2.6 -1.6 M3.6 1.8 H-2.4 M-.6 3.6 L-2.6 1.8",
        "⇄",
    ),
    "oppose": ("no-answer", "M-3.6 0 H3.6", "–"),
}
_OTHER = ("no-answer", "M-2.4 -2 H2.4 M-2.4 2 H2.4", "·")

#: The move that leads to each state.
MOVES = {
    "accepted": "accept",
    "partly-accepted": "partly-accept",
    "agreed-told-by-one-side": "partly-accept",
    "declined": "decline",
    "deferred": "defer",
    "countered": "counter",
}


def colour(move: str) -> str:
    """The name of the colour behind a move; with "-line" it is the colour of its lines and words."""
    return _SIGNS.get(move, _OTHER)[0]


def sign(move: str) -> str:
    """The mark of a move as text."""
    return _SIGNS.get(move, _OTHER)[2]


def mark(pen: Pen, move: str, x: float, y: float, *, dashed: bool = False) -> Markup:
    """The mark of a move as a disc with its sign."""
    name = colour(move)
    disc = f"M{x - 8:.1f} {y:.1f} a8 8 0 1 0 16 0 a8 8 0 1 0 -16 0 Z"
    return join(
        pen.path(disc, f"{name}-line", fill=name, width=1.4, dashes="3 2" if dashed else None),
        pen.path(_moved(_SIGNS.get(move, _OTHER)[1], x, y), f"{name}-line", width=1.8),
    )


def _moved(outline: str, x: float, y: float) -> str:
    """A path around (0, 0), moved to a place."""
    moved, along_x = [], True
    for step in re.findall(r"[MLHV]|[-.0-9]+", outline):
        if step.isalpha():
            along_x = step != "V"
            moved.append(step)
            continue
        moved.append(f"{float(step) + (x if along_x else y):.1f}")
        along_x = not along_x
    return " ".join(moved)
