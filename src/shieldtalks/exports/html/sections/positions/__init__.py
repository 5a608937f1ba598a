"""The positions: who holds which proposition true, false or open, since when and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from .....record.description.context import Context, small
from .....record.positions.entries import Position, PositionEntry, Step, positions
from .....tabular.findings import CannotRun
from ...dates import short
from ...markup import Child, Markup, element, link
from ...section import Inputs, Section
from .sides import sides

#: What each stance is called, with its mark and its CSS class.
_HELD = {
    "true": ("affirmed", "✓", "accepted"),
    "false": ("denied", "✗", "declined"),
    "open": ("open", "?", "deferred"),
}


def section(inputs: Inputs) -> Section:
    """The section: one row per proposition, one column per side."""
    entries = _entries(inputs)
    return Section(
        anchor="positions",
        menu="Positions",
        heading="What each side affirms or denies",
        intro="Each row is a proposition, stated once and without a speaker. A cell shows whether a side "
        "affirms it, denies it or leaves it open, and when; open the cell to see the claims. A claim is in "
        "the record because a source reports it, not because it is true.",
        content=(_legend(), _table(inputs.context, entries)) if entries else (),
    )


def _entries(inputs: Inputs) -> tuple[PositionEntry, ...]:
    try:
        return positions(inputs.context.dataset.package)
    except CannotRun:  # the package has no claims
        return ()


def _legend() -> Markup:
    return element(
        "ul",
        *(
            element("li", f"{mark} {words}", class_=f"held {name}")
            for words, mark, name in _HELD.values()
        ),
        class_="legend",
        aria_label="Marks of the positions",
    )


def _table(context: Context, entries: Sequence[PositionEntry]) -> Markup:
    by_party, columns = sides(context, entries)
    topics = {code.code: code.label for code in context.dataset.codes if code.scheme == "topic"}
    shared = Counter(entry.topic for entry in entries if len(entry.positions) > 1)
    ordered = sorted(
        entries, key=lambda entry: (-shared[entry.topic], entry.topic, entry.proposition_id)
    )
    bodies = []
    for topic, rows in groupby(ordered, key=lambda entry: entry.topic):
        head = element("th", topics.get(topic, topic), colspan=len(columns) + 1, scope="rowgroup")
        bodies.append(
            element(
                "tbody",
                element("tr", head, class_="topic"),
                *(_row(context, entry, by_party, columns) for entry in rows),
            )
        )
    return element(
        "div",
        element(
            "table",
            element("caption", "Positions on each proposition, by side", class_="unseen"),
            element(
                "thead",
                element(
                    "tr",
                    element("th", "Proposition", scope="col"),
                    *(element("th", side, scope="col") for side in columns),
                ),
            ),
            *bodies,
            class_="positions",
            data_roving="a, summary",
        ),
        class_="scroll",
        role="region",
        tabindex=0,
        aria_label="Table of the positions",
    )


def _row(
    context: Context, entry: PositionEntry, by_party: dict[str, str], columns: Sequence[str]
) -> Markup:
    cells = []
    for side in columns:
        held = [one for one in entry.positions if by_party[one.party_id] == side]
        cells.append(
            element("td", _cell(context, held) if held else None, data_side=side if held else None)
        )
    claims = [step.claim_id for one in entry.positions for step in one.steps]
    return element(
        "tr",
        element("th", link(entry.proposition_id, entry.text), scope="row"),
        *cells,
        data_id=" ".join([entry.proposition_id, *claims]),
    )


def _cell(context: Context, held: Sequence[Position]) -> Markup:
    """A cell: the stances in order of time; the claims behind them are folded."""
    steps = sorted(
        ((step, one) for one in held for step in one.steps),
        key=lambda pair: (pair[0].date_latest or "9999", pair[0].claim_id),
    )
    stances: list[Child] = []
    for number, (stance, group) in enumerate(groupby(steps, key=lambda pair: pair[0].held)):
        words, mark, name = _HELD[stance]
        dates = list(dict.fromkeys(_when(step) for step, _ in group))
        when = dates[0] if len(dates) == 1 else f"{dates[0]}, again {', '.join(dates[1:])}"
        stances += [
            element("span", ", then ", class_="unseen") if number else None,
            element("span", f"{mark} {words}", class_=f"held {name}"),
            element("span", f" {when}", class_="soft"),
        ]
    return element(
        "details",
        element("summary", *stances),
        element("ul", *(_claim(context, step, one) for step, one in steps)),
    )


def _when(step: Step) -> str:
    return short(step.date_edtf)


def _claim(context: Context, step: Step, one: Position) -> Markup:
    voice = ""
    if step.voiced_by_id and step.voiced_by_id != one.party_id:
        voice = f", through {step.voiced_by or context.name(step.voiced_by_id)}"
    firm = "" if step.commitment in ("certain", "uncommitted") else f" ({small(step.commitment)})"
    return element(
        "li",
        link(step.claim_id, step.text),
        element("span", f" {one.party}{voice}, {_when(step)}{firm}", class_="soft"),
    )
