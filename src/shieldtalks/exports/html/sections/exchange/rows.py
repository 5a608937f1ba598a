"""The rows of the exchange: each proposal and each answer, by date, from one party to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .....record import models
from .....record.description.context import Context
from .....record.ledger.entries import Answer, Entry
from .....record.ledger.nesting import nested
from .....record.ledger.states import NO_OFFICIAL_ANSWER
from ...dates import short
from ...figure.marks import MOVES

#: The lanes: a party is on its own lane, or among the others; None is a party that is not known.
OTHERS, FIRST, SECOND = 0, 1, 2

#: With more rows than this, the figure shows the proposals that were answered, and their answers.
MOST_ROWS = 120


@dataclass(frozen=True, slots=True)
class Side:
    """One end of an arrow: its lane, and the names of the parties that are there."""

    lane: int | None
    names: str


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
class Row:
    """A proposal or an answer."""

    record_id: str
    #: For an answer its move; "" for a proposal.
    move: str
    label: str
    sender: Side
    receiver: Side
    span: Span
    when: str
    #: The whole row in words.
    words: str
    #: For a proposal: its state in a few words, and the move behind it ("" if nothing official decides).
    outcome: str = ""
    decided: str = ""
    #: The measures in a package: identifier and label.
    parts: tuple[tuple[str, str], ...] = ()
    #: The rows that it answers.
    answers: tuple[str, ...] = ()
    #: Whether its voice is not named, or only the other side reports it.
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """The exchange between two parties, and with others beside them."""

    #: The names on the lanes: the others, the first and the second party ("" if there is none).
    lanes: tuple[str, str, str]
    #: The identifiers of the first and the second party.
    parties: tuple[str, ...]
    rows: tuple[Row, ...]


def exchange(context: Context, entries: Sequence[Entry]) -> Exchange:
    """Every proposal that is not part of another one, and every answer, in order of time."""
    parties = _parties(context)
    by_id = {entry.proposal_id: entry for entry in entries}
    rows: list[tuple[tuple[date, date, int, str], Row]] = []
    top: dict[str, str] = {}
    for proposal, depth in nested(context.dataset.proposals):
        top[proposal.proposal_id] = (
            top[proposal.part_of_id or ""] if depth else proposal.proposal_id
        )
        entry = by_id.get(proposal.proposal_id)
        if not depth:
            row = _proposal(context, proposal, entry, parties)
            rows.append((_key(row.span, 2 if row.answers else 0, row.record_id), row))
    rows = [
        (key, replace(row, answers=tuple(top[one] for one in row.answers))) for key, row in rows
    ]
    for proposal in context.dataset.proposals:
        entry = by_id.get(proposal.proposal_id)
        for answer in entry.answers if entry else ():
            row = _answer(context, proposal, answer, top[proposal.proposal_id], parties)
            rows.append((_key(row.span, 1, row.record_id), row))
    found = tuple(row for _, row in sorted(rows, key=lambda one: one[0]))
    sides = [side for row in found for side in (row.sender, row.receiver)]
    others = sorted({side.names for side in sides if side.lane == OTHERS})
    named = [context.name(party) for party in parties]
    beside = others[0] if len(others) == 1 else "Others" if others else ""
    lanes = (beside, *[*named, "", ""][:2])
    return Exchange((lanes[0], lanes[1], lanes[2]), parties, found)


def _parties(context: Context) -> tuple[str, ...]:
    """The two parties with most proposals and answers. If only one acts, the second is who is addressed."""
    dataset = context.dataset
    acts = Counter(row.proposer_id for row in dataset.proposals if row.proposer_id)
    acts += Counter(row.responder_id for row in dataset.responses)
    addressed = Counter(row.addressee_id for row in dataset.proposals if row.addressee_id)
    ranked = sorted({*acts, *addressed}, key=lambda one: (-acts[one], -addressed[one], one))
    return tuple(ranked[:2])


def _key(span: Span, number: int, record_id: str) -> tuple[date, date, int, str]:
    last = span.last or span.first or date.max
    return (last, span.first or date.min, number, record_id)


def _side(context: Context, actors: Sequence[str], parties: Sequence[str]) -> Side:
    if not actors:
        return Side(None, "")
    names = ", ".join(dict.fromkeys(context.name(actor) for actor in actors))
    if len(set(actors)) == 1 and actors[0] in parties:
        return Side(FIRST + parties.index(actors[0]), names)
    return Side(OTHERS, names)


def _span(row: Any) -> Span:
    rough = any(sign in (row.date_edtf or "") for sign in "~?%")
    return Span(row.date_earliest, row.date_latest, rough)


def _parts(context: Context, proposal: models.Proposal) -> Iterator[models.Proposal]:
    for part in context.referring("proposals", "part_of_id", proposal.proposal_id):
        yield part
        yield from _parts(context, part)


def _proposal(
    context: Context, row: models.Proposal, entry: Entry | None, parties: Sequence[str]
) -> Row:
    event: Any = context.rows[row.made_in_event_id]
    parts = list(_parts(context, row))
    own = [row.addressee_id] if row.addressee_id else [part.addressee_id for part in parts]
    proposer = [row.proposer_id] if row.proposer_id else []
    sender = _side(context, proposer, parties)
    receiver = _side(context, [one for one in own if one], parties)
    state, brief = (entry.state, entry.brief) if entry else (NO_OFFICIAL_ANSWER, "")
    # What several parties agreed on is put forward by none of them.
    by = "by several parties" if row.form == "agreement" else "by parties not named"
    way = " to ".join(side.names for side in (sender, receiver) if side.names)
    return Row(
        row.proposal_id,
        "",
        row.label,
        sender,
        receiver,
        _span(event),
        short(event.date_edtf),
        f"Proposal, {short(event.date_edtf)}, {way or by}: {row.label}. {brief}.",
        brief,
        MOVES.get(state, ""),
        tuple((part.proposal_id, part.label) for part in parts),
        (row.in_answer_to_id,) if row.in_answer_to_id else (),
        _unnamed(context, row.voiced_by_id),
    )


def _unnamed(context: Context, actor: str | None) -> bool:
    voice = context.rows.get(actor or "")
    return isinstance(voice, models.Actor) and voice.kind == "unnamed-source"


def _answer(
    context: Context,
    proposal: models.Proposal,
    answer: Answer,
    top: str,
    parties: Sequence[str],
) -> Row:
    response: Any = context.rows[answer.response_id]
    dated: Any = context.rows.get(response.event_id or "", response)
    sender = _side(context, [answer.responder_id], parties)
    asked = [one for one in (proposal.proposer_id,) if one]
    receiver = _side(context, asked, parties)
    if not asked and sender.lane in (FIRST, SECOND) and len(parties) == SECOND:
        other = parties[SECOND - (sender.lane or 0)]
        receiver = _side(context, [other], parties)
    return Row(
        answer.response_id,
        answer.move,
        f"{answer.brief}: {proposal.label}",
        sender,
        receiver,
        _span(dated),
        short(answer.date_edtf),
        f"Answer, {short(answer.date_edtf)}, {sender.names}: {answer.words}. On: {proposal.label}.",
        answers=(top,),
        unsure=answer.authority != "official",
    )


def drawn(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that the figure shows: all, or the first of those that were answered or are answers."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    answered = {name for row in rows for name in row.answers}
    telling = [row for row in rows if row.answers or row.record_id in answered]
    return tuple((telling or list(rows))[:MOST_ROWS])
