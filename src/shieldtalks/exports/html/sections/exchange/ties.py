"""The ties of the exchange: a curve from each answer or counter-proposal to what it answers."""

from __future__ import annotations

from collections.abc import Sequence

from ...figure.pen import Pen
from ...markup import Markup, element
from .layout import Layout, Placed
from .rows import FIRST, OTHERS, SECOND, Row


def ties(pen: Pen, listed: Sequence[Placed], layout: Layout) -> list[Markup]:
    """The curves, beside the lane on which the answer begins or ends."""
    by_id = {one.row.record_id: one for one in listed}
    taken: dict[int, list[tuple[float, float, int]]] = {}
    drawn = []
    for one in listed:
        for name in one.row.answers:
            asked = by_id.get(name)
            lane = _lane(one.row, asked.row) if asked else None
            if asked is None or lane is None or (layout.stacked and lane == OTHERS):
                continue
            # The proposal of a year can be below an answer that is dated to a day in it.
            begin, end = sorted((asked.y, one.y))
            level = _level(taken.setdefault(lane, []), begin, end)
            curve = _curve(pen, layout, lane, begin, end, level)
            ends = f"{one.row.record_id} {asked.row.record_id}"
            drawn.append(element("g", curve, class_="tie", data_of=ends) if pen.on_page else curve)
    return drawn


def _lane(answer: Row, asked: Row) -> int | None:
    """The lane that both touch: that of the party that answers, else that of the party that asked."""
    touched = {asked.sender.lane, asked.receiver.lane}
    if None in touched:
        touched |= {FIRST, SECOND}
    for lane in (answer.sender.lane, answer.receiver.lane):
        if lane is not None and lane in touched:
            return lane
    return None


def _level(taken: list[tuple[float, float, int]], begin: float, end: float) -> int:
    """The first free level beside a lane, so that curves do not lie on each other."""
    used = {level for first, last, level in taken if begin <= last and first <= end}
    level = next(number for number in range(len(taken) + 1) if number not in used)
    taken.append((begin, end, level))
    return level


def _curve(pen: Pen, layout: Layout, lane: int, begin: float, end: float, level: int) -> Markup:
    x = layout.lanes[lane]
    most = 3 if layout.stacked else 5
    step, least = (5.0, 8.0) if layout.stacked else (9.0, 14.0)
    out = least + step * min(level, most)
    if lane != SECOND:
        out = -min(out, 20.0 if layout.stacked else 26.0)
    bend = min(7.0, (end - begin) / 2)
    way = bend if out > 0 else -bend
    outline = (
        f"M{x:.1f} {begin:.1f} H{x + out - way:.1f} q{way:.1f} 0 {way:.1f} {bend:.1f} "
        f"V{end - bend:.1f} q0 {bend:.1f} {-way:.1f} {bend:.1f} H{x:.1f}"
    )
    return pen.path(outline, "soft", width=1.3)
