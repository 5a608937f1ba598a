"""The ledger as a table of the page, and the steps of its slider."""

from __future__ import annotations

from typing import Any

from .....record.datewords import date_words
from .....record.description.context import Context
from .....record.ledger.entries import Entry
from ...dates import short
from ...markup import Markup, element, link
from .matrix import LedgerRow, Matrix, decided, state_class, word


def table(context: Context, matrix: Matrix) -> Markup:
    """One row per proposal: its state over the whole record, then its state at each date."""
    head = element(
        "tr",
        element("th", "Put forward", scope="col"),
        element("th", "Proposal", scope="col"),
        element(
            "th",
            "State",
            element("span", " at the end of the record", id="as-of-head"),
            scope="col",
        ),
        *(
            element(
                "th",
                element("span", column.head[0]),
                " ",
                element("span", column.head[1]),
                scope="col",
                class_="moment",
                data_day=column.last,
                title=column.words,
            )
            for column in matrix.columns
        ),
    )
    return element(
        "table",
        element("caption", "Each proposal and its state at each date", class_="unseen"),
        element("thead", head),
        element("tbody", *(_row(context, row) for row in matrix.rows)),
        class_="ledger",
        id="ledger-table",
    )


def _row(context: Context, row: LedgerRow) -> Markup:
    entry = row.entry
    parties = " → ".join(
        context.name(actor) for actor in (entry.proposer_id, entry.addressee_id) if actor
    )
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
        element("td", *state(entry), class_="state"),
        *(
            element(
                "td",
                element("span", word(run.entry), class_=f"word {state_class(run.entry)}"),
                class_="run",
                colspan=run.columns if run.columns > 1 else None,
                title=word(run.entry) or None,
            )
            for run in row.runs
        ),
        data_id=entry.proposal_id,
    )


def state(entry: Entry) -> tuple[Markup, Markup]:
    """A state in a few coloured words, and then in whole phrases."""
    return (
        element("span", word(entry), class_=f"pill {state_class(entry)}"),
        element("span", decided(entry), class_="by"),
    )


def steps(matrix: Matrix) -> dict[str, Any]:
    """What the slider needs: the dates, the states (words, CSS class, who) and each proposal's steps."""
    states: dict[tuple[str, str, str], int] = {}

    def number(entry: Entry) -> int:
        key = (word(entry), state_class(entry), decided(entry))
        return states.setdefault(key, len(states))

    proposals = {
        row.entry.proposal_id: {
            "now": number(row.entry),
            "steps": [[day, number(entry)] for day, entry in row.history],
        }
        for row in matrix.rows
    }
    return {
        "moments": [[day, date_words(day)] for day in matrix.moments],
        "states": [list(key) for key in states],
        "proposals": proposals,
    }
