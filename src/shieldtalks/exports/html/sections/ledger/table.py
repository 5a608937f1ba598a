"""The matrix of the ledger as a table of the page, and as a picture."""

from __future__ import annotations

from typing import Any

from ...record.datewords import date_words
from ...record.description.context import Context
from ...record.ledger.entries import Entry
from .markup import Markup, element, join, link
from .matrix import LedgerRow, Matrix, decided, state_class, word
from .scale import short
from .timeline import shorten


def table(context: Context, made: Matrix) -> Markup:
    """The ledger by everything recorded, and beside it the state at every date."""
    head = element(
        "tr",
        element("th", "Put forward", scope="col"),
        element("th", "Proposal", scope="col"),
        element(
            "th", "State", element("span", " by all that is recorded", id="as-of-head"), scope="col"
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
            for column in made.columns
        ),
    )
    return element(
        "table",
        element("caption", "Each proposal and its state at each date", class_="unseen"),
        element("thead", head),
        element("tbody", *(_row(context, row) for row in made.rows)),
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
        element("td", *state(context, entry), class_="state"),
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


def state(context: Context, entry: Entry) -> tuple[Markup, Markup]:
    """A state as colour and word, and who decided it."""
    return (
        element("span", word(entry), class_=f"pill {state_class(entry)}"),
        element("span", decided(context, entry), class_="by"),
    )


def steps(context: Context, made: Matrix) -> dict[str, Any]:
    """What the slider needs: the moments, the states as words, class and who; each proposal's steps."""
    states: dict[tuple[str, str, str], int] = {}

    def number(entry: Entry) -> int:
        key = (word(entry), state_class(entry), decided(context, entry))
        return states.setdefault(key, len(states))

    proposals = {
        row.entry.proposal_id: {
            "now": number(row.entry),
            "steps": [[day, number(entry)] for day, entry in row.told],
        }
        for row in made.rows
    }
    return {
        "moments": [[day, date_words(day)] for day in made.moments],
        "states": [list(key) for key in states],
        "proposals": proposals,
    }


#: Unanswered, with a refusal that is only noted.
_STRIPES = element(
    "defs",
    element(
        "pattern",
        element("rect", class_="ground", width=9, height=9),
        element("line", class_="stripe", x1=0, x2=0, y1=0, y2=9),
        id="noted-declined",
        width=9,
        height=9,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    ),
)

_LEFT, _ROW, _HEAD, _WIDTH = 396.0, 26.0, 46.0, 1080.0


def picture(made: Matrix, **attributes: str | None) -> Markup:
    """The matrix as SVG."""
    column = (_WIDTH - _LEFT - 10) / max(len(made.columns), 1)
    head = join(
        *(
            element(
                "text",
                element("tspan", each.head[0], x=_LEFT + (number + 0.5) * column, class_="axis"),
                element("tspan", each.head[1], x=_LEFT + (number + 0.5) * column, dy=13.0),
                class_="when",
                y=18.0,
                text_anchor="middle",
            )
            for number, each in enumerate(made.columns)
        )
    )
    rows = [_drawn(row, _HEAD + number * _ROW, column) for number, row in enumerate(made.rows)]
    return element(
        "svg",
        element("title", "Ledger of proposals", id="ledger-title"),
        element("desc", about(made), id="ledger-about"),
        _STRIPES,
        element("g", head),
        *rows,
        viewBox=f"0 0 {_WIDTH:g} {_HEAD + len(rows) * _ROW + 10:g}",
        role="img",
        aria_labelledby="ledger-title ledger-about",
        **attributes,
    )


def _drawn(row: LedgerRow, top: float, column: float) -> Markup:
    middle = top + _ROW / 2 + 4
    drawn = [
        element(
            "text", short(row.entry.date_edtf), class_="when", x=134.0, y=middle, text_anchor="end"
        ),
        element(
            "text",
            shorten(row.entry.label, 38 - 2 * row.depth),
            class_=f"label {'event' if row.depth == 0 else 'proposal'}",
            x=146.0 + 14 * row.depth,
            y=middle,
        ),
    ]
    at = _LEFT
    for run in row.runs:
        width = column * run.columns
        name = state_class(run.entry)
        drawn.append(
            element(
                "rect",
                element("title", word(run.entry)) if run.entry else None,
                class_=f"cell {name}",
                x=at + 1.5,
                y=top + 2,
                width=width - 3,
                height=_ROW - 4,
                rx=3.0,
            )
        )
        if run.entry:
            words = shorten(word(run.entry), max(int((width - 10) / 5.6), 1))
            drawn.append(element("text", words, class_=f"word {name}", x=at + 6.5, y=middle - 0.5))
        at += width
    return element("g", *drawn)


def about(made: Matrix) -> str:
    """The matrix in words."""
    counts: dict[str, int] = {}
    for row in made.rows:
        counts[word(row.entry)] = counts.get(word(row.entry), 0) + 1
    told = ", ".join(f"{number} {words}" for words, number in sorted(counts.items()))
    return f"{len(made.rows)} proposals by date and what became of each: {told}."


def legend(made: Matrix) -> Markup:
    """Each colour that occurs, once, with the state that it stands for."""
    words: dict[str, str] = {}
    entries = (run.entry for row in made.rows for run in row.runs if run.entry)
    for entry in sorted(entries, key=lambda one: len(word(one))):
        words.setdefault(state_class(entry), word(entry))
    return element(
        "ul",
        *(element("li", said, class_=f"pill {name}") for name, said in words.items()),
        class_="legend",
        aria_label="Colours of the ledger",
    )
