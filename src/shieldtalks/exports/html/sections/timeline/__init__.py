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
        heading="Events, proposals and answers",
        intro="Events in order of date. The proposals made in an event are below it, with their "
        "answers. If only a period is known, a bar shows it; a pointed end means that the period "
        f"is open on that side. {gaps}",
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
        element("li", element("i", class_="bar-key"), "a day in this period"),
        class_="key",
    )


def _proposers(context: Context) -> list[tuple[str, str]]:
    """The CSS class of each colour of proposals, and whose proposals have it."""
    styles = parties(context)
    named = [(style, context.name(actor)) for actor, style in styles.items() if style != "party-0"]
    return [(style, f"proposal by {name}") for style, name in named] + [
        ("party-0", "other proposal")
    ]


def _publications(context: Context) -> list[Published]:
    """When each source was published, with the name of its outlet."""
    return [
        Published(row.published_latest, context.name(row.publisher_id))
        for row in context.dataset.sources
        if row.published_latest
    ]
