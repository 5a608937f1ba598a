"""The events: everything that happened, was planned or was threatened, by date."""

from __future__ import annotations

from datetime import date
from typing import Any

from ....record.description.context import Context
from ..dates import short
from ..markup import Markup, element, link
from ..section import Inputs, Section


def section(inputs: Inputs) -> Section:
    """The section, with a list that is folded at first."""
    rows = sorted(inputs.context.dataset.events, key=_by_date)
    return Section(
        anchor="by-date",
        menu="Events",
        heading="What happened, by date",
        intro="Talks, speeches, agreements, plans and threats, with the proposals that were made in "
        "them. “By” and “from” mean that only one end of the period is known; “~” means about.",
        content=(
            element(
                "details",
                element("summary", f"{len(rows)} event{'' if len(rows) == 1 else 's'}"),
                element("ol", *(_item(inputs.context, row) for row in rows), data_roving="a"),
                class_="event-list",
            ),
        ),
    )


def _by_date(row: Any) -> tuple[date, date, str]:
    last = row.date_latest or row.date_earliest or date.max
    return (last, row.date_earliest or date.min, row.event_id)


def _item(context: Context, row: Any) -> Markup:
    made = context.referring("proposals", "made_in_event_id", row.event_id)
    proposals = [
        child
        for number, one in enumerate(made)
        for child in ("; " if number else " Proposals: ", link(one.proposal_id, one.label))
    ]
    status = "" if row.status == "occurred" else f" ({context.label(row, 'status')})"
    return element(
        "li",
        element("span", short(row.date_edtf), class_="when"),
        element(
            "span",
            link(row.event_id, row.label),
            element("span", status, *proposals, class_="soft"),
        ),
        data_id=row.event_id,
    )
