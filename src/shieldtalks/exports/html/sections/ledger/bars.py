"""The time of the ledger as SVG: an axis in the head, and a bar for each run of equal states."""

from __future__ import annotations

from collections.abc import Iterator

from .....record.datewords import date_words
from .....record.ledger.entries import Entry
from ...figure.letters import BOLD, width
from ...figure.marks import MOVES, colour, mark
from ...figure.pen import Pen
from ...markup import Markup, element
from .axis import Axis
from .matrix import LedgerRow, Run, word

#: The width of the drawings, about that of their column on a screen.
WIDTH = 560.0

_HEIGHT, _BAR = 28.0, 20.0
_SIZE = 12.0

_PEN = Pen()


def head(axis: Axis) -> Markup:
    """The axis with its words."""
    drawn = []
    for x, words in axis.ticks(_SIZE):
        drawn.append(_PEN.path(f"M{x:.1f} 16 v8", "soft", width=1))
        drawn.append(_PEN.text(words, max(x - 1, 0.0), 12.0, "soft", size=_SIZE))
    drawn.append(_PEN.path(f"M0 23.5 H{WIDTH:g}", "soft", width=1))
    return element("svg", *drawn, viewBox=f"0 0 {WIDTH:g} 26", class_="axis", aria_hidden="true")


def bars(row: LedgerRow, axis: Axis) -> Markup:
    """The states of one proposal over time. What is not decided is quiet: a thin line."""
    said = "; ".join(
        f"{date_words(run.begin) if run.begin else 'from the start'}: {word(run.entry)}"
        for run in row.runs
    )
    drawn: list[Markup] = []
    for x, _ in axis.ticks(_SIZE):
        drawn.append(_PEN.path(f"M{x:.1f} 0 V{_HEIGHT:g}", "line", width=1))
    for number, run in enumerate(row.runs):
        end = axis.x(row.runs[number + 1].begin) if number + 1 < len(row.runs) else WIDTH
        before = _noted(row.runs[number - 1].entry) if number else None
        drawn += _bar(run, axis.x(run.begin), end, before)
    return element(
        "svg",
        *drawn,
        viewBox=f"0 0 {WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_label=said or "no state on any date",
        class_="bars",
    )


def _bar(run: Run, begin: float, end: float, before: str | None) -> Iterator[Markup]:
    middle = _HEIGHT / 2
    move = MOVES.get(run.entry.state, "")
    perhaps = run.entry.possibly or not run.entry.certain
    dashes = "4 3" if perhaps else None
    if not move:
        yield _PEN.path(
            f"M{begin:.1f} {middle:g} H{end:.1f}", "no-answer-line", width=1.2, dashes=dashes
        )
        noted = _noted(run.entry)
        if noted is not None and noted != before:
            yield mark(_PEN, noted, min(begin + 9, WIDTH - 9), middle, dashed=True)
        elif not perhaps:
            yield _PEN.path(f"M{begin:.1f} {middle - 5:g} v10", "no-answer-line", width=1.2)
        return
    name = colour(move)
    room = max(end - begin, 18.0)
    begin = min(begin, WIDTH - room)
    yield _PEN.rect(
        begin,
        (_HEIGHT - _BAR) / 2,
        room,
        _BAR,
        name,
        stroke=f"{name}-line",
        round_=3,
        dashes=dashes,
    )
    yield mark(_PEN, move, begin + 9, middle, dashed=perhaps)
    words = word(run.entry)
    if width(words, _SIZE) * BOLD <= room - 28:
        text = _PEN.text(words, begin + 22, middle + 4, f"{name}-ink", size=_SIZE, bold=True)
        yield element("g", text, class_="bar-word")


def _noted(entry: Entry) -> str | None:
    """The last move that is noted beside a state that nothing official decides; None if there is none."""
    return entry.annotations[-1].move if entry.annotations else None
