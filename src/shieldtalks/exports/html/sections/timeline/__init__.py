"""The timeline: events by date, with the proposals made in them and the answers to these."""

from __future__ import annotations

from .....record.description.context import Context
from ...markup import Markup, element
from ...section import Inputs, Section
from .drawing import NARROW, WIDE, Published, draw, scale
from .occasions import items, parties


def section(inputs: Inputs) -> Section:
    """The section, with one drawing for wide screens and one for phones."""
    rows = items(inputs.context)
    published = _publications(inputs.context)
    is_even = scale(rows, published, WIDE).is_even
    gaps = "" if is_even else "Long gaps between dates are shortened."
    return Section(
        anchor="timeline",
        menu="Timeline",
        heading="What happened, and what was put forward",
        intro="Events by date, each with the proposals made in it and their answers. Where only a "
        "span of time is known, a bar takes the place of the mark; a point at its end means that "
        f"the span is open. {gaps}",
        content=(
            element(
                "figure",
                element("figcaption", _key(inputs.context)),
                *(
                    element(
                        "div",
                        draw(rows, published, layout),
                        class_=f"drawing {layout.name}",
                    )
                    for layout in (WIDE, NARROW)
                ),
            ),
        ),
    )


def _key(context: Context) -> Markup:
    """What each mark means."""
    return element(
        "ul",
        element("li", element("i", class_="dot"), "event"),
        element("li", element("i", class_="dot planned"), "planned or threatened"),
        *(
            element("li", element("i", class_=f"diamond {style}"), words)
            for style, words in _proposers(context)
        ),
        element("li", element("i", class_="ring"), "answer"),
        element("li", element("i", class_="bar-key"), "some day within"),
        class_="key",
    )


def _proposers(context: Context) -> list[tuple[str, str]]:
    """The CSS class of each colour of proposals, and whose proposals have it."""
    styles = parties(context)
    named = [(style, context.name(actor)) for actor, style in styles.items() if style != "party-0"]
    return [(style, f"proposal by {name}") for style, name in named] + [
        ("party-0", "by another, or not said")
    ]


def _publications(context: Context) -> list[Published]:
    """When each source was published, with the name of its outlet."""
    return [
        Published(row.published_latest, context.name(row.publisher_id))
        for row in context.dataset.sources
        if row.published_latest
    ]
