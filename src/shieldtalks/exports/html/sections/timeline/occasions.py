"""The rows of the timeline: events, the proposals made in them, and the answers to these."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from .....record import models
from .....record.datewords import date_words
from .....record.description.context import Context
from .....record.ledger.nesting import nested
from ...dates import short

#: How many parties have a colour of their own.
COLOURS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """The period in which something happened; None if it is open on that side."""

    first: date | None
    last: date | None
    about: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day that is certain."""
        return self.first is not None and self.first == self.last and not self.about


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """An answer to a proposal: what its mark needs."""

    span: Span
    move: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the timeline: an event, or a proposal with its answers."""

    record_id: str
    label: str
    kind: str
    #: For an event its status; for a proposal the CSS class of its proposer's colour.
    style: str
    span: Span
    when: str
    #: The whole row in words.
    words: str
    answers: tuple[AnswerMark, ...] = ()
    depth: int = 0


def span_of(row: Any) -> Span:
    """The period of a row that has a date."""
    return Span(
        row.date_earliest, row.date_latest, any(sign in (row.date_edtf or "") for sign in "~?%")
    )


def parties(context: Context) -> dict[str, str]:
    """The CSS class of the colour of each proposer. The most frequent have a colour of their own."""
    by_frequency = Counter(
        row.proposer_id for row in context.dataset.proposals if row.proposer_id
    ).most_common()
    return {
        actor: f"party-{number}" if number <= COLOURS else "party-0"
        for number, (actor, _) in enumerate(by_frequency, 1)
    }


def items(context: Context) -> list[Item]:
    """Every event by date, each followed by the proposals that were made in it."""
    dataset, colours = context.dataset, parties(context)
    proposals: dict[str, list[models.Proposal]] = defaultdict(list)
    for proposal in dataset.proposals:
        proposals[proposal.made_in_event_id].append(proposal)
    rows: list[Item] = []
    for event in sorted(dataset.events, key=by_date):
        status = "" if event.status == "occurred" else f" ({context.label(event, 'status')})"
        rows.append(
            Item(
                event.event_id,
                event.label,
                "event",
                event.status,
                span_of(event),
                short(event.date_edtf),
                f"Event, {date_words(event.date_edtf)}: {event.label}{status}",
            )
        )
        for proposal, depth in nested(proposals[event.event_id]):
            rows.append(_proposal(context, proposal, event, depth + 1, colours))
    return rows


def by_date(row: Any) -> tuple[date, date, str]:
    """The key that sorts rows with a date: by the last day that is possible for them."""
    last = row.date_latest or row.date_earliest or date.max
    first = row.date_earliest or date.min
    return (min(last, date.max), first, getattr(row, row.table.key[0]))


def _proposal(
    context: Context, row: models.Proposal, event: models.Event, depth: int, colours: dict[str, str]
) -> Item:
    answers = tuple(
        _answer(context, answer)
        for answer in context.referring("responses", "proposal_id", row.proposal_id)
    )
    by = f", by {context.name(row.proposer_id)}" if row.proposer_id else ""
    outcome = "; ".join(answer.words for answer in answers) or "no answer recorded"
    return Item(
        row.proposal_id,
        row.label,
        "proposal",
        colours.get(row.proposer_id or "", "party-0"),
        span_of(event),
        short(event.date_edtf),
        f"Proposal{by}, {date_words(event.date_edtf)}: {row.label} - {outcome}",
        answers,
        depth,
    )


def _answer(context: Context, row: models.Response) -> AnswerMark:
    dated: Any = context.rows.get(row.event_id or "", row)
    words = f"{context.name(row.responder_id)}: {context.move(row)}"
    return AnswerMark(span_of(dated), row.move if row.authority == "official" else "noted", words)
