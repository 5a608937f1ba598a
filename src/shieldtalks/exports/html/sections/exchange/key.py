"""The legend of the exchange: only what occurs in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from ...figure.letters import width, wrapped
from ...figure.marks import mark
from ...figure.pen import Pen
from ...markup import Markup, element, join
from .finding import the
from .layout import SMALL, SMALL_LINE, Layout
from .rows import FIRST, SECOND, Exchange, Row

#: Draws the example of an entry at a place.
_Sign = Callable[[Pen, float, float], Markup]

#: What each move is called in the legend.
_MOVES = {
    "accept": "accepts",
    "partly-accept": "accepts in part",
    "decline": "declines",
    "defer": "defers",
    "counter": "answers with another proposal",
    "oppose": "opposes, without an answer",
}


def key(
    pen: Pen, shown: Exchange, rows: Sequence[Row], layout: Layout, top: float
) -> tuple[Markup, float]:
    """The legend from a height on, and the height below it."""
    x, y = 10.0, top + 8
    drawn = []
    for words, sign, need in _entries(shown, rows):
        lines = wrapped(words, layout.width - need - 18, SMALL)
        room = need + 8 + max(width(line, SMALL) for line in lines)
        if x > 10 and x + room > layout.width - 8:
            x, y = 10.0, y + 22
        drawn.append(sign(pen, x, y))
        for number, line in enumerate(lines):
            y += SMALL_LINE if number else 0
            drawn.append(pen.text(line, x + need + 6, y + 4, "soft", size=SMALL))
        x += room + 18
    return element("g", *drawn, class_="key-lines" if pen.on_page else None), float(ceil(y + 20))


def _entries(shown: Exchange, rows: Sequence[Row]) -> list[tuple[str, _Sign, float]]:
    found: list[tuple[str, _Sign, float]] = []
    for lane in (FIRST, SECOND):
        if any(not row.move and row.sender.lane == lane for row in rows):
            found.append(
                (f"proposal by {the(shown.lanes[lane])}", _line(f"party-{lane}", filled=True), 34)
            )
    if any(not row.move and not row.decided for row in rows):
        found.append(("no official answer", _line("soft", filled=False), 34))
    moves = {row.move or "counter" for row in rows if row.answers}
    found += [(words, _disc(move), 18) for move, words in _MOVES.items() if move in moves]
    if moves - set(_MOVES):
        found.append(("another answer", _disc(""), 18))
    if any(row.unsure for row in rows):
        found.append(
            (
                "voice not named, or only the other side reports it",
                _line("soft", filled=True, dashed=True),
                34,
            )
        )
    if any(row.answers for row in rows):
        found.append(("joins an answer to its proposal", _tie, 20))
    if any(not row.span.is_day for row in rows):
        found.append(("a day in this period", _period, 12))
    return found


def _line(tint: str, *, filled: bool, dashed: bool = False) -> _Sign:
    def sign(pen: Pen, x: float, y: float) -> Markup:
        head = f"M{x + 32:.1f} {y:.1f} l-10 -5 v10 Z"
        return join(
            pen.path(f"M{x:.1f} {y:.1f} h22", tint, width=2.2, dashes="6 4" if dashed else None),
            pen.path(head, tint, fill=tint if filled else "paper", width=1.4),
        )

    return sign


def _disc(move: str) -> _Sign:
    def sign(pen: Pen, x: float, y: float) -> Markup:
        return mark(pen, move, x + 9, y)

    return sign


def _tie(pen: Pen, x: float, y: float) -> Markup:
    return pen.path(f"M{x + 2:.1f} {y - 7:.1f} h7 q6 0 6 7 q0 7 -6 7 h-7", "soft", width=1.3)


def _period(pen: Pen, x: float, y: float) -> Markup:
    outline = (
        f"M{x + 2:.1f} {y - 7:.1f} h8 M{x + 6:.1f} {y - 7:.1f} v14 M{x + 2:.1f} {y + 7:.1f} h8"
    )
    return pen.path(outline, "soft", width=1.6)
