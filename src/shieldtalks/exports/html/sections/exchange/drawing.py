"""The exchange as SVG: a lane for each party, time running down, an arrow for each move."""

from __future__ import annotations

from collections.abc import Sequence

from ...figure.marks import MOVES, colour, mark
from ...figure.pen import Pen
from ...markup import Markup, element, join
from .key import key
from .layout import (
    LABEL,
    LABEL_LINE,
    NAME,
    NAME_LINE,
    SMALL,
    SMALL_LINE,
    Layout,
    Placed,
    placed,
    points_back,
)
from .rows import FIRST, OTHERS, SECOND, Exchange, Row, Span
from .ties import ties

#: The colours of the lanes: others, first, second.
PARTY = ("party-0", "party-1", "party-2")

_TITLE = "The exchange of proposals and answers"


def draw(shown: Exchange, rows: Sequence[Row], layout: Layout, pen: Pen, about: str) -> Markup:
    """The drawing, with a title and a description. On the page each move is a link to its record."""
    listed, bottom = placed(rows, layout)
    legend, height = key(pen, shown, rows, layout, bottom + 18)
    name = f"exchange-{layout.name}"
    content = (
        element(
            "g",
            *_lanes(pen, shown, listed, layout, bottom),
            *ties(pen, listed, layout),
            *([] if layout.stacked else _spans(pen, listed)),
            aria_hidden="true" if pen.on_page else None,
        ),
        *(_row(pen, one, layout) for one in listed),
        legend,
    )
    return element(
        "svg",
        element("title", _TITLE, id=f"{name}-title"),
        element("desc", about, id=f"{name}-about"),
        None if pen.on_page else pen.rect(0, 0, layout.width, height, "paper"),
        *((element("g", *content, id=whole_name(layout)),) if pen.on_page else content),
        xmlns=None if pen.on_page else "http://www.w3.org/2000/svg",
        width=None if pen.on_page else layout.width,
        height=None if pen.on_page else height,
        viewBox=f"0 0 {layout.width:g} {height:g}",
        role="group" if pen.on_page else "img",
        aria_labelledby=f"{name}-title {name}-about",
    )


def whole_name(layout: Layout) -> str:
    """The identifier of all that is drawn, for the strips on paper."""
    return f"exchange-{layout.name}-all"


def _lanes(
    pen: Pen, shown: Exchange, listed: Sequence[Placed], layout: Layout, bottom: float
) -> list[Markup]:
    """The names of the lanes and their lines, which are dotted where time is left out."""
    drawn = []
    for lane in (OTHERS, FIRST, SECOND):
        if not shown.lanes[lane] or (layout.stacked and lane == OTHERS):
            continue
        x = layout.lanes[lane]
        drawn += _name(pen, layout, lane)
        begin = layout.head - 8
        for one in listed:
            if one.pause:
                top = one.top - 24
                drawn.append(pen.path(f"M{x:g} {begin:g} V{top:.1f}", "line", width=2.5))
                drawn.append(
                    pen.path(f"M{x:g} {top:.1f} V{one.top:.1f}", "line", width=2.5, dashes="2 5")
                )
                begin = one.top
        drawn.append(pen.path(f"M{x:g} {begin:g} V{bottom:.1f}", "line", width=2.5))
    for one in listed:
        if one.pause:
            x = layout.place(None)
            drawn.append(pen.text(one.pause, x, one.top - 8, "soft", size=SMALL, end="middle"))
    return drawn


def _name(pen: Pen, layout: Layout, lane: int) -> list[Markup]:
    """The name of a lane: over its line, or on a phone from the edge of the drawing."""
    at, end = layout.lanes[lane], "middle"
    if layout.stacked:
        at, end = (8.0, "start") if lane == FIRST else (layout.width - 8, "end")
    elif lane == OTHERS:
        at, end = at - 8, "start"
    return [
        pen.text(
            line,
            at,
            24.0 + number * NAME_LINE,
            PARTY[lane],
            size=NAME[lane],
            end=None if end == "start" else end,
            bold=bool(lane),
        )
        for number, line in enumerate(layout.names[lane])
    ]


def _spans(pen: Pen, listed: Sequence[Placed]) -> list[Markup]:
    """Beside each date that is a period, a bar; an open side has a point."""
    return [
        _of_date(pen, one, _span(pen, one.row.span, one.top + 12, one.top + one.height - 6))
        for one in listed
        if one.when
    ]


def _of_date(pen: Pen, one: Placed, *drawn: Markup) -> Markup:
    """What belongs to a date: a filter lets it fade if all moves of the date fade."""
    if not pen.on_page:
        return join(*drawn)
    return element("g", *drawn, class_="date", data_of=" ".join(one.same_date))


def _span(pen: Pen, span: Span, top: float, bottom: float) -> Markup:
    x = 121.0
    if span.is_day:
        return pen.path(
            f"M{x - 3.5:g} {top + 5:.1f} a3.5 3.5 0 1 0 7 0 a3.5 3.5 0 1 0 -7 0 Z", fill="soft"
        )
    head = (
        f"M{x - 4:g} {top:.1f} h8"
        if span.first
        else f"M{x - 4:g} {top + 6:.1f} L{x:g} {top - 2:.1f} L{x + 4:g} {top + 6:.1f}"
    )
    foot = (
        f"M{x - 4:g} {bottom:.1f} h8"
        if span.last
        else f"M{x - 4:g} {bottom - 6:.1f} L{x:g} {bottom + 2:.1f} L{x + 4:g} {bottom - 6:.1f}"
    )
    return pen.path(f"{head} M{x:g} {top:.1f} V{bottom:.1f} {foot}", "soft", width=1.6)


def _row(pen: Pen, one: Placed, layout: Layout) -> Markup:
    """A move: its date, its words, its arrow. The parts of a package are links of their own."""
    row = one.row
    when = [
        pen.text(line, 8.0, one.top + 22 + number * SMALL_LINE, "soft", size=SMALL)
        for number, line in enumerate(() if layout.stacked else one.when)
    ]
    content = [_of_date(pen, one, *when)] if when else []
    content += _words(pen, one, layout)
    content.append(_arrow(pen, one, layout))
    if not pen.on_page:
        return element("g", *content, *_parts(pen, one, layout))
    band = element(
        "rect", x=0.0, y=one.top + 2, width=layout.width, height=one.y + 7 - one.top, class_="band"
    )
    move = element(
        "a", element("title", row.words), band, *content, href=f"#{row.record_id}", class_="row"
    )
    return element(
        "g",
        move,
        *_parts(pen, one, layout),
        class_="move",
        data_id=" ".join([row.record_id, *(name for name, _ in row.parts)]),
    )


def _words(pen: Pen, one: Placed, layout: Layout) -> list[Markup]:
    row = one.row
    back = points_back(row, layout)
    x, end = (one.right, "end") if back else (one.left, None)
    indent = (-22 if back else 22) if row.answers else 0
    first = one.top + 8
    drawn = []
    if layout.stacked:
        when = [
            pen.text(line, x, first + 11 + number * SMALL_LINE, "soft", size=SMALL, end=end)
            for number, line in enumerate(one.when)
        ]
        drawn += [_of_date(pen, one, *when)] if when else []
        first += len(one.when) * SMALL_LINE
    tint = f"{colour(row.move)}-line" if row.move else "ink"
    loud = not row.move or row.move in MOVES.values()
    size = SMALL + 1 if row.move else LABEL
    for number, line in enumerate(one.label):
        drawn.append(
            pen.text(
                line,
                x + indent,
                first + 13 + number * LABEL_LINE,
                tint,
                size=size,
                end=end,
                bold=loud,
            )
        )
    if row.answers:
        drawn.append(
            mark(pen, row.move or "counter", x + (-8 if back else 8), first + 9, dashed=row.unsure)
        )
    below = one.y + 17
    for number, line in enumerate(one.names):
        drawn.append(pen.text(line, x, below + number * SMALL_LINE, "soft", size=SMALL, end=end))
    if row.outcome:
        drawn += _outcome(pen, one, back, first + 13)
    return drawn


def _outcome(pen: Pen, one: Placed, back: bool, above: float) -> list[Markup]:
    """The state of a proposal: quiet if nothing official decides it, at the end of the arrow."""
    row = one.row
    tint = f"{colour(row.decided)}-line" if row.decided else "soft"
    if one.outcome_above:
        x, end = (one.left, None) if back else (one.right, "end")
        return [pen.text(row.outcome, x, above, tint, size=SMALL, end=end, bold=bool(row.decided))]
    x, end = (one.right, "end") if back else (one.left, None)
    y = one.y + 17 + (len(one.names) + len(one.parts)) * SMALL_LINE
    return [
        pen.text(
            line, x, y + number * SMALL_LINE, tint, size=SMALL, end=end, bold=bool(row.decided)
        )
        for number, line in enumerate(one.outcome)
    ]


def _parts(pen: Pen, one: Placed, layout: Layout) -> list[Markup]:
    """The measures in a package, under its arrow."""
    row = one.row
    back = points_back(row, layout)
    x, end = (one.right, "end") if back else (one.left, None)
    drawn = []
    # A part that is longer than a line goes on in the next one: no comma follows it there.
    ids = [record_id for line in one.parts for record_id, _ in line]
    follows = iter([*ids[1:], ids[-1]] if ids else [])
    for number, line in enumerate(one.parts):
        words: list[Markup] = []
        for place, (record_id, label) in enumerate(line):
            lead = " " if place else "" if number else "with "
            part = (
                element("a", label, href=f"#{record_id}")
                if pen.on_page
                else Markup(element("tspan", label))
            )
            words.append(join(lead, part, "," if next(follows) != record_id else None))
        y = one.y + 17 + (len(one.names) + number) * SMALL_LINE
        drawn.append(pen.text(join(*words), x, y, "soft", size=SMALL, end=end))
    return drawn


def _arrow(pen: Pen, one: Placed, layout: Layout) -> Markup:
    """The arrow from the sender to the receiver. Its head is hollow if there is no official answer."""
    row = one.row
    tint = f"{colour(row.move)}-line" if row.move else PARTY[row.sender.lane or 0]
    begin, end = layout.place(row.sender.lane), layout.place(row.receiver.lane)
    width = 2.6 if row.move in MOVES.values() or row.decided else 1.8
    dashes = "6 4" if row.unsure else None
    y = one.y
    if row.sender.lane is None:
        if row.receiver.lane is None:
            begin, end = layout.lanes[FIRST], layout.lanes[SECOND]
        return join(
            pen.path(f"M{begin:.1f} {y:.1f} H{end:.1f}", tint, width=width, dashes=dashes),
            *(
                pen.path(
                    f"M{x - 4:.1f} {y:.1f} a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 Z",
                    tint,
                    fill="paper",
                    width=1.8,
                )
                for x in (begin, end)
            ),
        )
    if begin == end:
        end += 40
    way = 1 if end > begin else -1
    tip = end - way * 1.5
    head = f"M{tip:.1f} {y:.1f} L{tip - way * 11:.1f} {y - 5:.1f} V{y + 5:.1f} Z"
    hollow = not row.move and not row.decided
    return join(
        pen.path(f"M{begin:.1f} {y:.1f} H{tip - way * 11:.1f}", tint, width=width, dashes=dashes),
        pen.path(head, tint, fill="paper" if hollow else tint, width=1.4),
        pen.path(f"M{begin - 4:.1f} {y:.1f} a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 Z", fill=tint),
    )
