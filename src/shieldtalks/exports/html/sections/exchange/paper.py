"""The exchange on paper: the drawing in strips, so that it goes on over the end of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...figure.pen import Pen
from ...markup import Markup, element
from .drawing import whole_name
from .key import key
from .layout import BREAK, Layout, Placed, placed
from .rows import Exchange, Row

#: A strip is cut before a date. A date with many rows is cut when a strip is as high as this.
_HIGH = 420.0


def strips(shown: Exchange, rows: Sequence[Row], layout: Layout) -> Markup:
    """The drawing as a table of strips. Browsers repeat its head, the names of the lanes, on each page."""
    listed, bottom = placed(rows, layout)
    _, height = key(Pen(), shown, rows, layout, bottom + 18)
    head = layout.head - 8
    cuts = [head, *_cuts(listed, head), bottom + 8, height]
    return element(
        "div",
        element("div", _strip(layout, 0.0, head), class_="strips-head"),
        *(element("div", _strip(layout, top, end)) for top, end in pairwise(cuts)),
        class_="drawing paper",
        aria_hidden="true",
    )


def _cuts(listed: Sequence[Placed], head: float) -> list[float]:
    """Where one strip ends and the next one begins."""
    cuts = [head]
    for one in listed[1:]:
        top = one.top - (BREAK if one.pause else 0)
        if one.when or top - cuts[-1] >= _HIGH:
            cuts.append(top)
    return cuts[1:]


def _strip(layout: Layout, top: float, end: float) -> Markup:
    """The part of the drawing between two heights, without drawing it again."""
    return element(
        "svg",
        element("use", href=f"#{whole_name(layout)}"),
        viewBox=f"0 {top:g} {layout.width:g} {end - top:g}",
    )
