"""The timeline as SVG: events and proposals by date, with a bar where only a period is known."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ...markup import Child, Markup, element, join
from .occasions import Item, Span
from .scale import Scale


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are drawn, in units of the drawing."""

    name: str
    width: float
    #: Where the axis begins and ends.
    left: float
    right: float
    #: Whether the words are above the marks (on a phone), not beside them.
    stacked: bool
    #: The characters of a label that fit in one line.
    letters: int


WIDE = Layout("wide", 1160, 476, 1152, stacked=False, letters=56)
NARROW = Layout("narrow", 340, 6, 334, stacked=True, letters=46)

_HEAD, _ROW, _LINE = 50.0, 24.0, 16.0


@dataclass(frozen=True, slots=True)
class Published:
    """When a source was published, and its name on the axis."""

    day: date
    name: str


def scale(items: Iterable[Item], published: Sequence[Published], layout: Layout) -> Scale:
    """The axis for these rows. It ends with the last publication; later days are at its edge."""
    end = max((source.day for source in published), default=date.max)
    spans = [span for item in items for span in (item.span, *(a.span for a in item.answers))]
    days = [day for span in spans for day in (span.first, span.last) if day and day <= end]
    return Scale.over([*days, *(source.day for source in published)], layout.left, layout.right)


def draw(items: Sequence[Item], published: Sequence[Published], layout: Layout) -> Markup:
    """The drawing, with a title and a description. Each row is a link to its record."""
    axis = scale(items, published, layout)
    rows: list[Markup] = []
    top = _HEAD
    for item in items:
        row, height = _row(item, axis, layout, top)
        rows.append(row)
        top += height
    name = f"timeline-{layout.name}"
    return element(
        "svg",
        element("title", "Timeline of events and proposals", id=f"{name}-title"),
        element("desc", _description(items, published), id=f"{name}-about"),
        _grid(axis, published, layout, top),
        *rows,
        viewBox=f"0 0 {layout.width:g} {top + 12:g}",
        role="group",
        aria_labelledby=f"{name}-title {name}-about",
        data_head=_HEAD,
    )


def _description(items: Sequence[Item], published: Sequence[Published]) -> str:
    """The drawing in words."""
    events = sum(item.kind == "event" for item in items)
    answered = sum(bool(item.answers) for item in items)
    return (
        f"{events} events by date, each followed by the proposals made in it: "
        f"{len(items) - events} proposals, {answered} of them with an answer. "
        "A dot or a diamond is a known day; a bar is a period in which the day falls. "
        f"Vertical lines show when the {len(published)} sources were published."
    )


def _grid(axis: Scale, published: Sequence[Published], layout: Layout, bottom: float) -> Markup:
    drawn: list[Markup] = []
    for tick in axis.ticks():
        drawn.append(_vertical("tick", tick.x, 24 if tick.words else 28, bottom))
        if tick.words:
            near = tick.x + 7 * len(tick.words) > layout.right
            place, anchor = (layout.right, "end") if near else (tick.x - 2, None)
            drawn.append(
                element("text", tick.words, class_="axis", x=place, y=18.0, text_anchor=anchor)
            )
    free = layout.right
    for source in sorted(published, key=lambda one: one.day, reverse=True):
        place = axis.x(source.day)
        drawn.append(_vertical("published", place, 30, bottom))
        width = 6.2 * len(source.name) + 8
        if not layout.stacked and place <= free and place - width > layout.left - 60:
            drawn.append(
                element(
                    "text", source.name, class_="source", x=place - 5, y=40.0, text_anchor="end"
                )
            )
            free = place - width
    return element("g", *drawn, class_="grid", aria_hidden="true")


def _vertical(name: str, x: float, top: float, bottom: float) -> Markup:
    return element("line", class_=name, x1=x, x2=x, y1=float(top), y2=float(bottom + 4))


def _row(item: Item, axis: Scale, layout: Layout, top: float) -> tuple[Markup, float]:
    """A row and its height."""
    words, height, middle = (_above if layout.stacked else _beside)(item, layout)
    content: list[Child] = [
        element("title", item.words),
        element("rect", class_="band", x=0.0, y=0.0, width=layout.width, height=height, rx=3.0),
        words,
        _mark(item.kind, item.style, item.span, axis, middle),
        *_answers(item, axis, middle, in_words=not layout.stacked),
    ]
    row = element(
        "a",
        *content,
        class_="row",
        transform=f"translate(0 {top:g})",
        data_height=height,
        href=f"#{item.record_id}",
        data_id=item.record_id,
    )
    return row, height


def _beside(item: Item, layout: Layout) -> tuple[Markup, float, float]:
    """The words of a row to the left of its marks, its height, and the height of its marks."""
    base = _ROW / 2 + 4
    words = join(
        element("text", item.when, class_="when", x=134.0, y=base, text_anchor="end"),
        element(
            "text",
            _shorten(item.label, layout.letters - 3 * item.depth),
            class_=f"label {item.kind}",
            paint_order="stroke",
            x=146.0 + 14 * item.depth,
            y=base,
        ),
    )
    return words, _ROW, _ROW / 2


def _above(item: Item, layout: Layout) -> tuple[Markup, float, float]:
    """The words of a row above its marks, its height, and the height of its marks."""
    indent, letters = 10.0 * item.depth, layout.letters - 2 * item.depth
    label = textwrap.wrap(f"{item.when}: {item.label}", letters)
    answers = textwrap.wrap(_answer_words(item), letters)
    lines = [(line, None) for line in label] + [(line, "answer-words") for line in answers]
    words = element(
        "text",
        *(
            element("tspan", line, class_=name, x=2 + indent, dy=_LINE if number else None)
            for number, (line, name) in enumerate(lines)
        ),
        class_=f"label {item.kind}",
        paint_order="stroke",
        y=14.0,
    )
    return words, _LINE * len(lines) + 26, _LINE * len(lines) + 10


def _shorten(label: str, letters: int) -> str:
    """A label with at most this many letters."""
    return label if len(label) <= letters else f"{label[: letters - 1].rstrip()}…"


def _mark(kind: str, style: str, span: Span, axis: Scale, y: float) -> Markup:
    """A dot (event) or a diamond (proposal) on a known day, or a bar over a period."""
    if span.is_day and span.first:
        x = axis.x(span.first)
        if kind == "event":
            return element("circle", class_=f"mark event {style}", cx=x, cy=y, r=4.5)
        corners = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
        return element("polygon", class_=f"mark proposal {style}", points=corners)
    return _bar(f"mark {kind} {style}", span, axis, y, 8.0)


def _bar(name: str, span: Span, axis: Scale, y: float, height: float) -> Markup:
    """A bar over a period. An open side runs to the edge and has a point."""
    first = axis.left if span.first is None else axis.x(span.first)
    last = axis.right if span.last is None else axis.x(span.last)
    first, last = min(first, last - 5), max(last, first + 5)
    half = height / 2
    begin, finish = (
        (half + 3 if first <= axis.left else 0.0),
        (half + 3 if last >= axis.right else 0.0),
    )
    outline = (
        f"M{first:.1f} {y:.1f} L{first + begin:.1f} {y - half:.1f} H{last - finish:.1f} "
        f"L{last:.1f} {y:.1f} L{last - finish:.1f} {y + half:.1f} H{first + begin:.1f} Z"
    )
    rough = f"{' about' if span.about else ''}{' open' if begin or finish else ''}"
    return element("path", class_=f"{name} span{rough}", d=outline)


def _answers(item: Item, axis: Scale, y: float, *, in_words: bool) -> list[Markup]:
    """The answers on the row of their proposal, joined to it by a line, also in words if asked."""
    drawn: list[Markup] = []
    begin = axis.left if item.span.first is None else axis.x(item.span.first)
    at = _end(item.span, axis)
    for answer in sorted(item.answers, key=lambda one: one.span.last or date.max):
        if not answer.span.is_day:
            drawn.append(_bar(f"answer {answer.move}", answer.span, axis, y, 5.0))
            if answer.span.first is not None:
                at = max(at, _end(answer.span, axis))
            continue
        place = max(_end(answer.span, axis), at + 13)
        drawn.append(element("line", class_="tie", x1=at + 6, x2=place - 5, y1=y, y2=y))
        drawn.append(element("circle", class_=f"answer {answer.move}", cx=place, cy=y, r=5.0))
        at = place
    words = _answer_words(item)
    if in_words and words:
        after = at + 12 + 6 * len(words) <= axis.right
        place, anchor = (at + 10, None) if after else (begin - 12, "end")
        room = int((axis.right - at - 12 if after else begin - axis.left - 12) / 6)
        words = _shorten(words, max(room, 12))
        drawn.append(
            element(
                "text",
                words,
                class_="answer-words",
                paint_order="stroke",
                x=place,
                y=y + 4,
                text_anchor=anchor,
            )
        )
    return drawn


def _end(span: Span, axis: Scale) -> float:
    return axis.right - 8 if span.last is None else axis.x(span.last)


def _answer_words(item: Item) -> str:
    """The answers to a proposal in words."""
    return "; ".join(dict.fromkeys(answer.words for answer in item.answers))
