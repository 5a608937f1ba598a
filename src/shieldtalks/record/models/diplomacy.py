"""The tables of what happened and what was proposed: events, participants, proposals, responses."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference, text


class Event(Record):
    """One row is something that happened, is planned or is threatened. A speech act is also an event."""

    table: ClassVar[TableFacts] = TableFacts(
        "events", "Happenings, plans and threats", ("event_id",)
    )

    event_id: str = identifier("events", "Permanent identifier of the event.")
    label: str = text("Short name for lists and charts.", "Burns visits Moscow", max_length=120)
    description: str = text(
        "What happened, in our own words.", "A day of talks between the two sides."
    )
    status: str = code(
        "event-status",
        "Whether it happened, or was only agreed, planned or threatened.",
        "occurred",
    )
    date_edtf: str = edtf("When it happened or is planned to happen.", "2007-04-23")
    date_earliest: date | None = bound(
        "First possible day of `date_edtf`. Empty if the start is open.", "2007-04-23"
    )
    date_latest: date | None = bound(
        "Last possible day of `date_edtf`. Empty if the end is open.", "2007-04-23"
    )
    date_basis: str = code("date-basis", "How the date is known.", "stated-relative")
    reference_id: str | None = reference(
        "references", "The outside reference that settled the date, if there is one."
    )
    place: str | None = text("Place, as the source names it.", "Moscow", max_length=120)
    country: str | None = text(
        "Country of the place (ISO 3166-1 alpha-3).", "RUS", pattern=r"[A-Z]{3}", max_length=3
    )
    factuality: str = code(
        "factuality", "How certain the event is, according to the source (FactBank).", "CT+"
    )
    condition: str | None = text(
        "What the event depends on, if it is conditional.",
        "If the deployment goes ahead.",
        max_length=300,
    )
    announced_in_id: str | None = reference(
        "events", "The event in which the plan or threat was announced.", 2
    )
    notes: str | None = text("What you should know about this row.", "The day is not printed.")


class Participant(Record):
    """One row is the role of one actor in one event."""

    table: ClassVar[TableFacts] = TableFacts(
        "participants", "Who took part in what, and how", ("event_id", "actor_id", "role")
    )

    event_id: str = reference("events", "The event.")
    actor_id: str = reference("actors", "The actor.")
    role: str = code("role", "The role of the actor in the event.", "speaker")
    capacity: str | None = text(
        "Office or position of the actor at the time, as the source gives it.",
        "Secretary of Defense",
        max_length=120,
    )


class Proposal(Record):
    """One row is one thing that was offered, suggested, asked, demanded or set as a condition.

    A package of measures is one row. Each measure in the package is another row.
    """

    table: ClassVar[TableFacts] = TableFacts("proposals", "What was put forward", ("proposal_id",))

    proposal_id: str = identifier("proposals", "Permanent identifier of the proposal.")
    label: str = text("Short name for lists and charts.", "Radar co-location", max_length=120)
    description: str = text(
        "What was proposed, in our own words.", "Place radars of both sides together."
    )
    measure: str = code("measure", "The measure that was proposed.", "radar-colocation")
    kind: str = code(
        "proposal-kind", "Whether it is a single measure, a package or a principle.", "measure"
    )
    form: str = code("form", "How it was proposed, such as offer or demand.", "offer")
    proposer_id: str | None = reference(
        "actors",
        "The party that made the proposal, or for which it was made. Empty only for an agreement, if "
        "the source does not say who proposed it.",
    )
    voiced_by_id: str | None = reference(
        "actors",
        "Who stated the proposal, according to the source. Empty if only the article's own voice reports it.",
        2,
    )
    addressee_id: str | None = reference("actors", "The party to which it was addressed.", 3)
    made_in_event_id: str = reference("events", "The event in which it was proposed.")
    part_of_id: str | None = reference("proposals", "The package that it is part of.", 2)
    combination: str | None = code(
        "combination",
        "For a package with parts: whether they belong together or are alternatives.",
        "all",
    )
    restates_id: str | None = reference(
        "proposals", "The earlier proposal that this one repeats.", 3
    )
    in_answer_to_id: str | None = reference(
        "proposals", "The proposal of the other side that this one answers with something else.", 4
    )
    perhaps_same_as_id: str | None = reference(
        "proposals",
        "Another proposal that may be the same. The sources leave it open.",
        5,
    )
    condition: str | None = text(
        "What the proposal depends on.",
        "Once both sides agree.",
        max_length=300,
        empty_because="In the three articles, no proposal depends on a condition.",
    )
    notes: str | None = text("What you should know about this row.", "Reported by the other side.")


class Response(Record):
    """One row is the answer (the move) of one party to one proposal."""

    table: ClassVar[TableFacts] = TableFacts("responses", "Answers to proposals", ("response_id",))

    response_id: str = identifier("responses", "Permanent identifier of the response.")
    proposal_id: str = reference("proposals", "The proposal that was answered.")
    responder_id: str = reference("actors", "The party that answered.")
    voiced_by_id: str | None = reference(
        "actors",
        "Who gave the answer, according to the source. Empty if only the article's own voice reports it.",
        2,
    )
    event_id: str | None = reference("events", "The event in which the answer was given.")
    date_edtf: str | None = edtf(
        "Date of the answer, if the source names no event for it.", "../2008-11-12"
    )
    date_earliest: date | None = bound(
        "First possible day of `date_edtf`. Empty if the start is open.",
        "2008-11-12",
        empty_because="The only answer without an event is a lasting position, and its start is open.",
    )
    date_latest: date | None = bound(
        "Last possible day of `date_edtf`. Empty if the end is open.", "2008-11-12"
    )
    date_basis: str | None = code("date-basis", "How the date is known.", "publication-bound")
    move: str = code(
        "move", "What the party does with the proposal, such as accept or decline.", "decline"
    )
    authority: str = code(
        "authority",
        "Whether the answer is official, anonymous, or reported only by the other side.",
        "official",
    )
    condition: str | None = text(
        "What the answer depends on.",
        "Under a new president.",
        max_length=300,
        empty_because="In the three articles, no answer depends on a condition.",
    )
    reason: str | None = text(
        "The reason that was given, in our own words.", "Not enough.", max_length=300
    )
    notes: str | None = text("What you should know about this row.", "Reported by three agencies.")
