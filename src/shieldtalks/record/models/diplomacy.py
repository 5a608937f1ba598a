"""What happened and what was put forward: events, participants, proposals and responses."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference, text


class Event(Record):
    """One row is something that happened, is planned or is threatened, speech acts included."""

    table: ClassVar[TableFacts] = TableFacts(
        "events", "Happenings, plans and threats", ("event_id",)
    )

    event_id: str = identifier("events", "Opaque identifier of the event.")
    label: str = text("Short name for lists and charts.", "Gates visits Moscow", max_length=120)
    description: str = text("What happened, in our own words.", "A day of talks in Moscow.")
    status: str = code("event-status", "Whether it happened or was only planned.", "occurred")
    date_edtf: str = edtf("When it happened or was to happen.", "2007-04-23")
    date_earliest: date | None = bound("First day covered by `date_edtf`.", "2007-04-23")
    date_latest: date | None = bound("Last day covered by `date_edtf`.", "2007-04-23")
    date_basis: str = code("date-basis", "How the date is known.", "stated-relative")
    reference_id: str | None = reference(
        "references", "Outside knowledge that settled the date; present only where it did."
    )
    place: str | None = text("Place as the source names it.", "Moscow", max_length=120)
    country: str | None = text(
        "Country of the place (ISO 3166-1 alpha-3).", "RUS", pattern=r"[A-Z]{3}", max_length=3
    )
    factuality: str = code(
        "factuality", "How firmly the source commits to the event (FactBank).", "CT+"
    )
    condition: str | None = text(
        "What a conditional event depends on.", "If the deployment goes ahead.", max_length=300
    )
    announced_in_id: str | None = reference(
        "events", "The event in which a plan or threat was voiced.", 2
    )
    notes: str | None = text("What a reader of this row should know.", "The day is not printed.")


class Participant(Record):
    """One row is an actor's part in an event."""

    table: ClassVar[TableFacts] = TableFacts(
        "participants", "Who took part in what, and how", ("event_id", "actor_id", "role")
    )

    event_id: str = reference("events", "The event.")
    actor_id: str = reference("actors", "The actor.")
    role: str = code("role", "The part the actor had.", "speaker")
    capacity: str | None = text(
        "Office or standing that the source gives the actor at the time.",
        "Secretary of Defense",
        max_length=120,
    )


class Proposal(Record):
    """One row is one thing offered, suggested, asked, demanded or set as a condition.

    A package of measures is a row, and each measure in it is a row of its own.
    """

    table: ClassVar[TableFacts] = TableFacts("proposals", "What was put forward", ("proposal_id",))

    proposal_id: str = identifier("proposals", "Opaque identifier of the proposal.")
    label: str = text("Short name for lists and charts.", "Radar co-location", max_length=120)
    description: str = text(
        "What was put forward, in our own words.", "Place radars of both sides together."
    )
    measure: str = code("measure", "The measure put forward.", "radar-colocation")
    kind: str = code("proposal-kind", "A single measure, a package or a principle.", "measure")
    form: str = code("form", "How it was put forward.", "offer")
    proposer_id: str | None = reference(
        "actors",
        "Party on whose behalf it was put forward; empty only on an agreement of which the source "
        "does not say who put it forward.",
    )
    voiced_by_id: str | None = reference(
        "actors",
        "Who put it into words in the source; empty where the article alone reports it.",
        2,
    )
    addressee_id: str | None = reference("actors", "Party to whom it was addressed.", 3)
    made_in_event_id: str = reference("events", "The event in which it was put forward.")
    part_of_id: str | None = reference("proposals", "The package it belongs to.", 2)
    combination: str | None = code(
        "combination", "On a package: whether its parts belong together or stand as choices.", "all"
    )
    restates_id: str | None = reference(
        "proposals", "The earlier proposal that this one repeats.", 3
    )
    condition: str | None = text(
        "What the proposal itself was made to depend on.",
        "Once both sides agree.",
        max_length=300,
        empty_because="None of the articles ties a proposal to a condition.",
    )
    notes: str | None = text("What a reader of this row should know.", "Told by the other side.")


class Response(Record):
    """One row is one party's move on one proposal."""

    table: ClassVar[TableFacts] = TableFacts("responses", "Answers to proposals", ("response_id",))

    response_id: str = identifier("responses", "Opaque identifier of the response.")
    proposal_id: str = reference("proposals", "The proposal that was answered.")
    responder_id: str = reference("actors", "Party that answered.")
    voiced_by_id: str | None = reference(
        "actors", "Who put the answer into words; empty where the article alone reports it.", 2
    )
    event_id: str | None = reference("events", "The event in which the answer was given.")
    date_edtf: str | None = edtf("When, where the source gives no occasion.", "../2008-11-12")
    date_earliest: date | None = bound(
        "First day covered by `date_edtf`.",
        "2008-11-12",
        empty_because="The one answer without an occasion is a lasting stand, open to the past.",
    )
    date_latest: date | None = bound("Last day covered by `date_edtf`.", "2008-11-12")
    date_basis: str | None = code("date-basis", "How the date is known.", "publication-bound")
    move: str = code("move", "What the answer does to the proposal.", "decline")
    authority: str = code("authority", "On whose authority the answer is reported.", "official")
    condition: str | None = text(
        "What the answer was made to depend on.",
        "Under a new president.",
        max_length=300,
        empty_because="None of the articles ties an answer to a condition.",
    )
    reason: str | None = text("The reason given, in our own words.", "Not enough.", max_length=300)
    notes: str | None = text("What a reader of this row should know.", "Told by three agencies.")
