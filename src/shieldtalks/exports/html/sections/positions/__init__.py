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
from ...section import Inputs, Section, nothing
from .sides import sides

#: What each stance is called, with its mark and its CSS class.
_HELD = {
    "true": ("affirmed", "✓", "accepted"),
    "false": ("denied", "✗", "declined"),
    "open": ("open", "?", "deferred"),
}


def section(inputs: Inputs) -> Section:
    """The section: one row per proposition, one column per side, folded by topic."""
    entries = _entries(inputs)
    return Section(
        anchor="positions",
        menu="Positions",
        heading="What each side affirms or denies",
        intro="Each proposition is stated once and without a speaker. A cell shows whether a side affirms "
        "it, denies it or leaves it open, and when. A claim is in the record because a source reports it, "
        "not because it is true.",
        how="Open a topic to see its propositions, and a cell to see its claims.",
        content=(_topics(inputs.context, entries) if entries else nothing("claims"),),
    )


def _entries(inputs: Inputs) -> tuple[PositionEntry, ...]:
    try:
        return positions(inputs.context.dataset.package)
    except CannotRun:  # the package has no claims
        return ()


def _topics(context: Context, entries: Sequence[PositionEntry]) -> Markup:
    """The topics: first those on which several sides speak. Those on which they differ are open."""
    by_party, columns = sides(context, entries)
    labels = {code.code: code.label for code in context.dataset.codes if code.scheme == "topic"}
    shared = Counter(entry.topic for entry in entries if len(entry.positions) > 1)
    ordered = sorted(
        entries, key=lambda entry: (-shared[entry.topic], entry.topic, entry.proposition_id)
    )
    return element(
        "div",
        element(
            "p",
            element("span", "Topic"),
            *(element("span", side) for side in columns),
            class_="sides",
            aria_hidden="true",
        ),
        *(
            _topic(context, labels.get(topic, topic), list(rows), by_party, columns)
            for topic, rows in groupby(ordered, key=lambda entry: entry.topic)
        ),
        class_=f"positions columns-{len(columns)}",
        data_roving="a, summary",
    )


def _topic(
    context: Context,
    label: str,
    rows: Sequence[PositionEntry],
    by_party: dict[str, str],
    columns: Sequence[str],
) -> Markup:
    """A topic: how many of its propositions each side affirms and denies, and its table."""
    number = f"{len(rows)} proposition{'' if len(rows) == 1 else 's'}"
    return element(
        "details",
        element(
            "summary",
            element("span", element("b", label), " ", element("span", number, class_="soft")),
            *(_counts(side, _held_by(rows, by_party, side)) for side in columns),
        ),
        element(
            "table",
            element("caption", f"Positions on {label}, by side", class_="unseen"),
            element("colgroup", element("col"), element("col", span=len(columns))),
            element(
                "thead",
                element(
                    "tr",
                    element("th", "Proposition", scope="col"),
                    *(element("th", side, scope="col") for side in columns),
                ),
                class_="unseen",
            ),
            element("tbody", *(_row(context, entry, by_party, columns) for entry in rows)),
        ),
        class_="topic",
        open=any(_differ(entry) for entry in rows),
    )


def _held_by(rows: Sequence[PositionEntry], by_party: dict[str, str], side: str) -> Counter[str]:
    """How many propositions a side affirms, denies and leaves open; it can do more than one."""
    stances = [
        {
            step.held
            for one in entry.positions
            if by_party[one.party_id] == side
            for step in one.steps
        }
        for entry in rows
    ]
    return Counter(held for found in stances for held in found)


def _differ(entry: PositionEntry) -> bool:
    held = {step.held for one in entry.positions for step in one.steps}
    return {"true", "false"} <= held


def _counts(side: str, held: Counter[str]) -> Markup:
    told: list[Child] = []
    for stance, (words, mark, name) in _HELD.items():
        if held[stance]:
            told += [" ", element("span", f"{mark} {held[stance]} {words}", class_=f"held {name}")]
    return element("span", element("span", side, class_="side") if told else None, *told)


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
        when = dates[0] if len(dates) == 1 else f"{dates[0]}, again\u00a0{', '.join(dates[1:])}"
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
    return short(step.date_edtf).replace(" ", "\u00a0")  # a date stays in one line


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
