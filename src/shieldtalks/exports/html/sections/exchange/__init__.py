"""The exchange: the finding in three sentences, and who offered what to whom and got which answer."""

from __future__ import annotations

import re

from ...figure.pen import Pen
from ...markup import Child, Markup, element, link
from ...section import Inputs, Section
from .drawing import draw
from .finding import finding
from .layout import layouts
from .paper import strips
from .rows import Exchange, Row, drawn, exchange

#: The counts of the finding that a reader must not miss, each with what is counted.
_COUNT = re.compile(
    r"([0-9]+ proposals?(?= (?:is|are) reported)|(?:[0-9]+|It) (?:was|were) [a-z ]+?(?=[,.]| \(| and [0-9])|"
    r"(?:[0-9]+|It) (?:has|have) no official answer)"
)


def section(inputs: Inputs) -> Section:
    """The section, with one drawing for wide screens and one for phones, and a table that says the same."""
    shown = exchange(inputs.context, inputs.entries)
    return Section(
        anchor="exchange",
        menu="The exchange",
        heading="What was offered, and what was answered",
        intro="The earliest is at the top. Each arrow is a proposal or an answer, from the party that makes "
        "it to the party that it addresses. A hollow head means no official answer. A dashed line means that "
        "the speaker is not named, or that only the other side reports it.",
        how="Select an arrow to open its record.",
        lead=(
            element(
                "div",
                *(
                    element("p", *_with_counts(sentence))
                    for sentence in finding(inputs.context, inputs.entries)
                ),
                class_="finding",
            ),
        ),
        content=(_figure(shown), _table(shown)) if shown.rows else (),
    )


def _with_counts(sentence: str) -> list[Child]:
    """A sentence with its counts in bold."""
    parts = _COUNT.split(sentence)
    return [element("b", part) if number % 2 else part for number, part in enumerate(parts)]


def about(shown: Exchange) -> str:
    """The drawing in words."""
    proposals = [row for row in shown.rows if not row.move]
    answers = [row for row in shown.rows if row.move]
    told = ". ".join(row.label for row in answers[:12])
    sides = " and ".join(name for name in shown.lanes[1:] if name)
    return (
        f"Moves between {sides} and with others, from the earliest to the latest: "
        f"{len(proposals)} proposals (those in a package are counted with it) and {len(answers)} answers. "
        f"{sum(not row.decided for row in proposals)} proposals have no official answer. {told}"
    )


def _figure(shown: Exchange) -> Markup:
    rows = drawn(shown.rows)
    both = layouts(shown.lanes)
    less = len(rows) < len(shown.rows)
    note = (
        f"The figure shows {len(rows)} of {len(shown.rows)} moves: proposals that were answered, and "
        "their answers. The table below has all of them."
    )
    return element(
        "figure",
        *(
            element(
                "div",
                draw(shown, rows, layout, Pen(), about(shown)),
                class_=f"drawing {layout.name}",
                data_roving="a",
            )
            for layout in both
        ),
        strips(shown, rows, both[0]),
        element("figcaption", note) if less else None,
        class_="exchange",
    )


def _table(shown: Exchange) -> Markup:
    head = ("When", "From", "To", "Proposal or answer", "State")
    return element(
        "details",
        element("summary", "The exchange as a table"),
        element(
            "div",
            element(
                "table",
                element("caption", "Proposals and answers in order of time", class_="unseen"),
                element(
                    "thead", element("tr", *(element("th", name, scope="col") for name in head))
                ),
                element("tbody", *map(_table_row, shown.rows), data_roving="a"),
                class_="plain",
            ),
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label="Table of the exchange",
        ),
        class_="as-table",
    )


def _table_row(row: Row) -> Markup:
    parts = [
        child
        for number, (record_id, label) in enumerate(row.parts)
        for child in (", " if number else " (with ", link(record_id, label))
    ]
    return element(
        "tr",
        element("td", row.when),
        element("td", row.sender.names or "not said"),
        element("td", row.receiver.names or "not said"),
        element("td", link(row.record_id, row.label), *parts, ")" if parts else None),
        element("td", row.outcome),
        data_id=" ".join([row.record_id, *(name for name, _ in row.parts)]),
    )
