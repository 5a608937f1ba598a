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

#: The size of the words of the axis on a phone, as a share of the drawing. There must be room for them.
_LARGE = 18.0

_PEN = Pen()


def head(axis: Axis) -> Markup:
    """The axis with its words."""
    drawn = []
    for x, words in axis.ticks(_LARGE):
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
    ticks = " ".join(f"M{x:.1f} 0 V{_HEIGHT:g}" for x, _ in axis.ticks(_LARGE))
    drawn = [_PEN.path(ticks, "line", width=1)] if ticks else []
    marks: list[Markup] = []  # over all lines, so that no line goes through a mark
    for number, run in enumerate(row.runs):
        end = axis.x(row.runs[number + 1].begin) if number + 1 < len(row.runs) else WIDTH
        begin = axis.x(run.begin)
        noted = _noted(run.entry)
        if MOVES.get(run.entry.state):
            drawn += _bar(run, begin, end)
        elif noted is not None and (not number or noted != _noted(row.runs[number - 1].entry)):
            drawn.append(_line(run, begin, end))
            marks.append(mark(_PEN, noted, min(begin + 9, WIDTH - 9), _HEIGHT / 2, dashed=True))
        else:
            drawn.append(_line(run, begin, end, starts=not _perhaps(run)))
    return element(
        "svg",
        *drawn,
        *marks,
        viewBox=f"0 0 {WIDTH:g} {_HEIGHT:g}",
        role="img",
        aria_label=said or "no state on any date",
        class_="bars",
    )


def _perhaps(run: Run) -> bool:
    """Whether it is not certain that the proposal or its answer had been made."""
    return run.entry.possibly or not run.entry.certain


def _line(run: Run, begin: float, end: float, *, starts: bool = False) -> Markup:
    """A state that nothing official decides: a thin line, with its start if that is a certain day."""
    middle = _HEIGHT / 2
    start = f"M{begin:.1f} {middle - 5:g} v10 " if starts else ""
    outline = f"{start}M{begin:.1f} {middle:g} H{end:.1f}"
    return _PEN.path(outline, "no-answer-line", width=1.2, dashes="4 3" if _perhaps(run) else None)


def _bar(run: Run, begin: float, end: float) -> Iterator[Markup]:
    """A state that an official answer decides: a bar with its mark and, if there is room, its words."""
    move = MOVES[run.entry.state]
    name, middle = colour(move), _HEIGHT / 2
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
        dashes="4 3" if _perhaps(run) else None,
    )
    yield mark(_PEN, move, begin + 9, middle, dashed=_perhaps(run))
    words = word(run.entry)
    if width(words, _SIZE) * BOLD <= room - 28:
        text = _PEN.text(words, begin + 22, middle + 4, f"{name}-ink", size=_SIZE, bold=True)
        yield element("g", text, class_="bar-word")


def _noted(entry: Entry) -> str | None:
    """The last move that is noted beside a state that nothing official decides; None if there is none."""
    return entry.annotations[-1].move if entry.annotations else None
