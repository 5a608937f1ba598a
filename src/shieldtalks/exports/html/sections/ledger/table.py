"""The ledger as a table of the page, and the steps of its slider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .....record.datewords import date_words
from .....record.description.context import Context
from .....record.ledger.entries import Entry
from ...dates import short
from ...markup import Markup, element, isolated, link
from .axis import Axis
from .bars import bars, head
from .matrix import History, LedgerRow, Matrix, decided, state_class, word

#: The day by which something was published; the entries at the end and the histories that were known then.
Known = tuple[str, Iterable[Entry], Mapping[str, History]]


def table(context: Context, matrix: Matrix, axis: Axis, slider: Markup) -> Markup:
    """One row per proposal: its state on the date that is chosen, and its states over time."""
    return element(
        "table",
        element("caption", "Each proposal and its state over time", class_="unseen"),
        element(
            "thead",
            element(
                "tr",
                element("th", "Put forward", scope="col"),
                element("th", "Proposal", scope="col"),
                element(
                    "th",
                    "State",
                    element("span", " at the end of the record", id="as-of-head"),
                    scope="col",
                ),
                element(
                    "th",
                    element("span", "States over time", class_="unseen"),
                    slider,
                    head(axis),
                    scope="col",
                    class_="time",
                ),
            ),
        ),
        element("tbody", *(_row(context, row, axis) for row in matrix.rows), data_roving="a"),
        class_="ledger",
        id="ledger-table",
    )


def _row(context: Context, row: LedgerRow, axis: Axis) -> Markup:
    entry = row.entry
    # Each name is apart, so that the arrow points from the first to the second in any script.
    named = [
        element("bdi", context.name(one)) for one in (entry.proposer_id, entry.addressee_id) if one
    ]
    parties = Markup(" → ".join(named))
    return element(
        "tr",
        element("td", short(entry.date_edtf), class_="when"),
        element(
            "th",
            link(entry.proposal_id, entry.label),
            element("span", parties, class_="parties") if parties else None,
            scope="row",
            class_=f"depth-{min(row.depth, 3)}",
        ),
        element("td", *state(entry, context), class_="state"),
        element("td", bars(row, axis), class_="time"),
        class_="quiet" if row.quiet else None,
        data_id=entry.proposal_id,
    )


def state(entry: Entry, context: Context) -> tuple[Markup, Markup]:
    """A state in a few coloured words, and then in whole phrases."""
    return (
        element("span", word(entry), class_=f"pill {state_class(entry)}"),
        element("span", decided(entry, context), class_="by"),
    )


def steps(context: Context, matrix: Matrix, axis: Axis, known: Iterable[Known]) -> dict[str, Any]:
    """What the slider needs: its days, the states (words, CSS class, who), each proposal's steps.

    `known` has the steps again for each day by which something was published.
    """
    states: dict[tuple[str, str, str], int] = {}

    def number(entry: Entry) -> int:
        key = (isolated(word(entry)), state_class(entry), isolated(decided(entry, context)))
        return states.setdefault(key, len(states))

    def of(entries: Iterable[Entry], histories: Mapping[str, History]) -> dict[str, Any]:
        return {
            entry.proposal_id: {
                "now": number(entry),
                "steps": [[day, number(one)] for day, one in histories.get(entry.proposal_id, ())],
            }
            for entry in entries
        }

    whole = of(
        (row.entry for row in matrix.rows),
        {row.entry.proposal_id: row.history for row in matrix.rows},
    )
    by_day = {day: of(entries, histories) for day, entries, histories in known}
    return {
        "first": axis.first.isoformat(),
        "days": axis.days,
        "moments": [[day, date_words(day)] for day in matrix.moments],
        "proposals": whole,
        "known": by_day,
        "states": [list(key) for key in states],
    }
