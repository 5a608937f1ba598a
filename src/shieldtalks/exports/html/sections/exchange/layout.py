"""Where the lanes of the exchange are, and the place of each row below the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...figure.letters import BOLD, width, wrapped
from .rows import FIRST, OTHERS, SECOND, Row, Span

#: The sizes of the text of labels and of everything else, and the heights of their lines.
LABEL, SMALL = 14.0, 12.0
LABEL_LINE, SMALL_LINE = 18.0, 15.0

#: The room between a lane and the words beside it.
_PAD = 16.0

#: With at least this number of days between two rows, a break is drawn.
_LONG = 45

#: The height of the head if the name of each party has one line, and of a break.
HEAD, BREAK = 46.0, 26.0

#: The size of the names of the others and of the two parties, and the height of a further line.
NAME, NAME_LINE = (13.0, 17.0, 17.0), 19.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The width of a drawing and the places of its lanes."""

    name: str
    width: float
    #: The places of the lanes: others, first, second.
    lanes: tuple[float, float, float]
    #: Whether the dates are above the labels (on a phone), not in a column of their own.
    stacked: bool
    #: The names of the lanes in lines.
    names: tuple[tuple[str, ...], ...] = ((), (), ())

    @property
    def head(self) -> float:
        """The height of the head with the names of the parties."""
        return HEAD + NAME_LINE * max(0, *(len(lines) - 1 for lines in self.names))

    def place(self, lane: int | None) -> float:
        """The place of a lane; a party that is not known is between the two lanes."""
        if lane is None:
            return (self.lanes[FIRST] + self.lanes[SECOND]) / 2
        return self.lanes[lane]


def layouts(lanes: Sequence[str]) -> tuple[Layout, Layout]:
    """The layouts for a wide screen and for a phone, given the names of the lanes."""
    first = 394.0 if lanes[OTHERS] else 190.0
    wide = Layout("wide", 930, (156, first, 868), stacked=False)
    narrow = Layout("narrow", 360, (176, 26, 330), stacked=True)
    # Names in the middle of their lanes; on a phone each has a half.
    rooms = (120.0, 210.0 if lanes[OTHERS] else 360.0, 120.0)
    return _named(wide, lanes, rooms), _named(narrow, ("", *lanes[FIRST:]), (0, 165.0, 165.0))


def _named(layout: Layout, lanes: Sequence[str], rooms: Sequence[float]) -> Layout:
    """A layout with the names of its lanes in lines that fit into these widths."""
    lines = (
        tuple(wrapped(name, room / (BOLD if lane else 1), NAME[lane])) if name else ()
        for lane, (name, room) in enumerate(zip(lanes, rooms, strict=True))
    )
    return replace(layout, names=tuple(lines))


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its lines of text and its heights."""

    row: Row
    top: float
    height: float
    #: The height of the arrow.
    y: float
    #: Where the words begin and end.
    left: float
    right: float
    #: The lines of the label, then the date on a phone, the outcome if it has a line of its own.
    label: tuple[str, ...]
    when: tuple[str, ...]
    outcome_above: bool
    outcome: tuple[str, ...]
    #: The lines under the arrow: the parts with their identifiers, and the names of other parties.
    parts: tuple[tuple[tuple[str, str], ...], ...]
    names: tuple[str, ...]
    #: The words of a break above the row ("" if there is none).
    pause: str
    #: If the row states a date, the identifiers of the rows with that date.
    same_date: tuple[str, ...] = ()


def placed(rows: Sequence[Row], layout: Layout) -> tuple[list[Placed], float]:
    """The rows in their places, and the height below them."""
    found: list[Placed] = []
    top, before, said = layout.head, None, ""
    for row in rows:
        pause = _pause(before, row.span)
        top += BREAK if pause else 0
        one = _placed(row, layout, top, "" if row.when == said and not pause else row.when, pause)
        found.append(one)
        top += one.height
        before, said = row.span, row.when
    return _with_dates(found), top


def _with_dates(listed: Sequence[Placed]) -> list[Placed]:
    """The rows, each that states a date with the rows down to the next date."""
    found: list[Placed] = []
    below: list[str] = []
    for one in reversed(listed):
        below.append(one.row.record_id)
        found.append(replace(one, same_date=tuple(reversed(below))) if one.when else one)
        below = [] if one.when else below
    return found[::-1]


def _pause(before: Span | None, here: Span) -> str:
    """The time between two rows in words, if it is long."""
    begin = (before.last or before.first) if before else None
    end = here.first if here.first and here.first == here.last else here.last
    if begin is None or end is None:
        return ""
    days = (end - begin).days
    if days < _LONG:
        return ""
    months = round(days / 30.44)
    if months < 24:
        return f"{months} month{'s' if months > 1 else ''} later"
    return f"{round(days / 365.25)} years later"


def _placed(row: Row, layout: Layout, top: float, when: str, pause: str) -> Placed:
    left, right = _words_room(row, layout)
    room = right - left
    indent = 22.0 if row.answers else 0.0
    outcome = width(row.outcome, SMALL) + 20 if row.outcome else 0.0
    size = LABEL if not row.move else SMALL + 1
    label = wrapped(row.label, (room - indent) / BOLD, size)
    beside = not layout.stacked and len(label) == 1
    outcome_above = (
        bool(row.outcome) and beside and (width(label[0], size) * BOLD + indent + outcome <= room)
    )
    date_lines = wrapped(when, 104 if not layout.stacked else room, SMALL) if when else []
    above = len(label) * LABEL_LINE + (len(date_lines) * SMALL_LINE if layout.stacked else 0)
    y = top + 8 + above + 6
    names = _names(row)
    lines = wrapped(names, room, SMALL) if names else []
    parts = _part_lines(row.parts, room)
    below = (len(lines) + len(parts)) * SMALL_LINE
    tight = room / BOLD if row.decided else room
    told = [] if outcome_above else wrapped(row.outcome, tight, SMALL)
    below += len(told) * SMALL_LINE
    height = y - top + below + (14 if below else 10)
    if not layout.stacked:
        height = max(height, len(date_lines) * SMALL_LINE + 14)
    return Placed(
        row, top, height, y, left, right, tuple(label), tuple(date_lines), outcome_above,
        tuple(told), tuple(parts), tuple(lines), pause,
    )  # fmt: skip


def points_back(row: Row, layout: Layout) -> bool:
    """Whether the words of a row are at its right end, because its sender is there."""
    beside = row.sender.lane == FIRST and row.receiver.lane == OTHERS
    return row.sender.lane == SECOND or (beside and not layout.stacked)


def _words_room(row: Row, layout: Layout) -> tuple[float, float]:
    """Where the words of a row begin and end."""
    first, second = layout.lanes[FIRST], layout.lanes[SECOND]
    if not layout.stacked and {row.sender.lane, row.receiver.lane} <= {OTHERS, FIRST}:
        return layout.lanes[OTHERS] + 10, first - 34
    return first + _PAD, second - _PAD


def _names(row: Row) -> str:
    """The names of parties that have no lane of their own."""
    words = []
    if row.sender.lane == OTHERS:
        words.append(f"from {row.sender.names}")
    if row.receiver.lane == OTHERS:
        words.append(f"to {row.receiver.names}")
    return ", ".join(words)


def _part_lines(parts: Sequence[tuple[str, str]], room: float) -> list[tuple[tuple[str, str], ...]]:
    """The parts of a package in lines; a part that is longer than a line is in several."""
    lines: list[tuple[tuple[str, str], ...]] = []
    free = room - width("with ", SMALL)
    for record_id, label in parts:
        for number, words in enumerate(wrapped(label, room if lines else free, SMALL)):
            need = width(f"{words}, ", SMALL)
            if lines and need <= free and not number:
                lines[-1] = (*lines[-1], (record_id, words))
                free -= need
            else:
                free = (room if lines else free) - width(words, SMALL)
                lines.append(((record_id, words),))
    return lines
