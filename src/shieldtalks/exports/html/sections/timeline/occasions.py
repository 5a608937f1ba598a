"""What the timeline shows: events, the proposals made in them, and the answers to these."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...record import models
from ...record.datewords import date_words
from ...record.description.context import Context
from ...record.ledger.nesting import nested
from .scale import short

#: Parties with a colour of their own.
COLOURS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """The days within which something falls; None is open on that side."""

    first: date | None
    last: date | None
    about: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is one day, and sure."""
        return self.first is not None and self.first == self.last and not self.about


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """An answer to a proposal, as its mark needs it."""

    span: Span
    move: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the timeline: an event, or a proposal with its answers."""

    record_id: str
    label: str
    kind: str
    #: For an event its status, for a proposal the class of its proposer's colour.
    style: str
    span: Span
    when: str
    #: The whole row in words.
    words: str
    answers: tuple[AnswerMark, ...] = ()
    depth: int = 0


def span_of(row: Any) -> Span:
    """The days of a row with a date."""
    return Span(
        row.date_earliest, row.date_latest, any(sign in (row.date_edtf or "") for sign in "~?%")
    )


def parties(context: Context) -> dict[str, str]:
    """The class of colour of each party that proposed: the most frequent have one of their own."""
    often = Counter(
        row.proposer_id for row in context.dataset.proposals if row.proposer_id
    ).most_common()
    return {
        actor: f"party-{number}" if number <= COLOURS else "party-0"
        for number, (actor, _) in enumerate(often, 1)
    }


def items(context: Context) -> list[Item]:
    """Every event by date, each followed by the proposals that were made in it."""
    dataset, colours = context.dataset, parties(context)
    made: dict[str, list[models.Proposal]] = defaultdict(list)
    for proposal in dataset.proposals:
        made[proposal.made_in_event_id].append(proposal)
    rows: list[Item] = []
    for event in sorted(dataset.events, key=by_date):
        status = context.label(event, "status")
        told = "" if event.status == "occurred" else f" ({status})"
        rows.append(
            Item(
                event.event_id,
                event.label,
                "event",
                event.status,
                span_of(event),
                short(event.date_edtf),
                f"Event, {date_words(event.date_edtf)}: {event.label}{told}",
            )
        )
        for proposal, depth in nested(made[event.event_id]):
            rows.append(_proposal(context, proposal, event, depth + 1, colours))
    return rows


def by_date(row: Any) -> tuple[date, date, str]:
    """The key that puts rows with a date in order: by the last day on which they can have been."""
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
    told = "; ".join(answer.words for answer in answers) or "no answer recorded"
    return Item(
        row.proposal_id,
        row.label,
        "proposal",
        colours.get(row.proposer_id or "", "party-0"),
        span_of(event),
        short(event.date_edtf),
        f"Proposal{by}, {date_words(event.date_edtf)}: {row.label} - {told}",
        answers,
        depth,
    )


def _answer(context: Context, row: models.Response) -> AnswerMark:
    dated: Any = context.rows.get(row.event_id or "", row)
    words = f"{context.name(row.responder_id)}: {context.move(row)}"
    return AnswerMark(span_of(dated), row.move if row.authority == "official" else "noted", words)
