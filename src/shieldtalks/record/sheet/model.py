"""The layout of a coding sheet. A key has the name of its field in the codebook, without `_id`.

Most keys may be left out: the coding rules of the codebook give the value (see `defaults`). An empty
text ("") leaves the field empty where a rule would fill it in.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _date_text(value: Any) -> Any:
    """A date of TOML, or a year as a number, as text."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return f"{value:04}" if isinstance(value, int) and not isinstance(value, bool) else value


#: A date in EDTF level 1. A date or a year of TOML without quotes is accepted, too.
Date = Annotated[str, BeforeValidator(_date_text)]


def key(description: str, **more: Any) -> Any:
    """A key that may be left out."""
    return Field(default=None, description=description, **more)


#: What several tables say about a key.
_SHARED = {
    "notes": "What readers should know about the row.",
    "condition": "What it depends on.",
    "event": "The event, by label or identifier. Default: the one above it.",
    "date": "The date, if there is no event. Default: until publication.",
    "date_basis": "Default, if there is no event: standing-position.",
    "voiced_by": "Default: the speaker of the event. Without an event: the party.",
}


def shared(name: str) -> Any:
    """A key that several tables have."""
    return key(_SHARED[name])


def entries(description: str) -> Any:
    """A list of tables, empty if it is left out."""
    return Field(default_factory=list, description=description)


class Part(BaseModel):
    """One table of the sheet. A key that is not in the layout is refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Span(Part):
    """One passage of the article, and what it is evidence for."""

    first: str | None = key("The first words of the passage.", alias="from")
    last: str | None = key("The last words of the passage.", alias="to")
    quote: str | None = key("All words of the passage.")
    sentence: str | None = key("Words that only one sentence has: the passage is this sentence.")
    at: tuple[int, int] | None = key(
        "Start and length of the passage in the canonical form, instead of its words."
    )
    source: str | None = key("Another article that has the passage: one of `context`.")
    sha256: str | None = key("The hash of the passage at this position. `code` compares it.")
    field: str | None = key("The only field that the passage supports. Default: the whole row.")
    stance: str | None = key("Default: supports.")
    directness: str | None = key("Default: explicit.")
    quotation: str | None = key(
        "Default: narration without a voice; otherwise by the quotation marks of the passage."
    )
    hops: list[str] | None = key(
        "The chain of speakers. Default: the voice of the row, the news agency, the outlet."
    )


class Code(Part):
    """An action code of an event, a proposal or an answer."""

    code: str = Field(description="A code with its scheme, such as cameo:010, or its label.")
    rank: int | None = key("1 for the main code (default), 2 for the alternative.", ge=1, le=2)
    reason: str | None = key("Why this code was chosen.")


class Coded(Span):
    """What events, proposals, answers and claims have in common."""

    id: str | None = key("The identifier of a row that is already in the collection.")
    evidence: list[Span] = entries("More passages.")
    notes: str | None = shared("notes")


class Acted(Coded):
    """A row that can have action codes."""

    codes: list[str | Code] = entries("The action codes: main codes as text.")


class Who(Part):
    """An actor in an event, with the office that the source gives."""

    actor: str = Field(description="Identifier, name or alias.")
    capacity: str | None = key("The office or position, as the source gives it.")


class Answer(Acted):
    """The answer of a party to a proposal: a row of `responses`."""

    proposal: str | None = key("The proposal, by label or identifier. Default: the one above it.")
    responder: str | None = key("The party. Default: who is represented in the event, or speaks.")
    voiced_by: str | None = shared("voiced_by")
    event: str | None = shared("event")
    date: Date | None = shared("date")
    date_basis: str | None = shared("date_basis")
    move: str | None = key("What the party does with the proposal, such as decline.")
    authority: str | None = key("Default: official; anonymous if the voice is an unnamed source.")
    condition: str | None = key("What the answer depends on.")
    reason: str | None = key("The reason that was given, in your own words.")


class Proposal(Acted):
    """Something that was put forward: a row of `proposals`."""

    label: str | None = key("Short name. Other entries name the proposal by it.")
    description: str | None = key("What was proposed, in your own words. Default: the label.")
    measure: str | None = key("The measure, by code or label.")
    kind: str | None = key("Default: package if it has parts, otherwise measure.")
    form: str | None = key("Offer, demand and so on. Default in a part: that of the whole.")
    proposer: str | None = key("The party. Default: who is represented in the event, or acts.")
    voiced_by: str | None = key("Who put it into words. Default: the speaker of the event.")
    addressee: str | None = key("Default: the addressee of the event.")
    event: str | None = shared("event")
    part_of: str | None = key("Default: the proposal above it.")
    combination: str | None = key("Default: all, for a package with parts in this sheet.")
    restates: str | None = key("The earlier proposal that it repeats.")
    in_answer_to: str | None = key("The proposal that it answers.")
    perhaps_same_as: str | None = key("Another proposal that may be the same.")
    condition: str | None = shared("condition")
    part: list[Proposal] = entries("The measures in a package.")
    answer: list[Answer] = entries("Answers to this proposal.")


class Proposition(Part):
    """Something that can be held true or false: a row of `propositions`."""

    text: str = Field(description="The proposition, positive and without a speaker.")
    topic: str | None = key("What it is about, by code or label.")
    about_event: str | None = key("The event that it is about.")
    about_proposal: str | None = key("The proposal that it is about.")
    about_actor: str | None = key("The actor that it is about.")
    notes: str | None = shared("notes")


class Claim(Coded):
    """The commitment of a party to a proposition: a row of `claims`."""

    proposition: str | Proposition | None = key(
        "The proposition, by text or identifier. A new one is written here as a table."
    )
    text: str | None = key(
        "What the claimant holds, in one sentence, with its caution or its denial. Default for CT+: "
        "the proposition."
    )
    claimant: str | None = key(
        "Whose view it is. Default: who is represented in the event, or speaks. Without an event: the "
        "article's own voice."
    )
    voiced_by: str | None = shared("voiced_by")
    event: str | None = shared("event")
    date: Date | None = shared("date")
    date_basis: str | None = shared("date_basis")
    speech_act: str | None = key("Default: assert.")
    factuality: str | None = key("Default: CT+.")
    standing: str | None = key(
        "Default: disputed if another claim contradicts it, otherwise as-reported."
    )


class Event(Acted):
    """Something that happened, is planned or is threatened: a row of `events`."""

    label: str | None = key("Short name. Other entries name the event by it.")
    description: str | None = key("What happened, in your own words. Default: the label.")
    status: str | None = key("Default: occurred.")
    date: Date | None = key("Default: on or before the day of publication.")
    date_basis: str | None = key(
        "Default: publication-bound without a date, otherwise stated-relative, scheduled for a plan, "
        "cross-source with a reference."
    )
    reference: str | None = key("The outside document that settled the date.")
    place: str | None = key("The place, as the source names it.")
    country: str | None = key("Country of the place (ISO 3166-1 alpha-3).")
    factuality: str | None = key("Default: CT+; PR+ for a plan, PS+ for a threat.")
    condition: str | None = shared("condition")
    announced_in: str | None = key("The event in which it was announced.")
    participants: dict[str, str | Who | list[str | Who]] = Field(
        default_factory=dict, description="Who took part: an actor, or a list, for each role."
    )
    proposal: list[Proposal] = entries("What was proposed in this event.")
    answer: list[Answer] = entries("What was answered in this event.")
    claim: list[Claim] = entries("What was claimed in this event.")


class Alias(Part):
    """Another name of an actor."""

    alias: str = Field(description="The other name.")
    kind: str | None = key("Default: short.")


class Actor(Part):
    """An actor that is not in the collection yet."""

    name: str = Field(description="The usual English name.")
    kind: str | None = key("State, person, outlet and so on.")
    country: str | None = key("ISO 3166-1 alpha-3.")
    member_of: str | None = key("The body that it belongs to. Not for persons.")
    wikidata_id: str | None = key("Leave it out unless you are certain.")
    cameo_actor: str | None = key("The code of the CAMEO scheme for actors.")
    reference: str | None = key("The outside document that settled an identifier.")
    notes: str | None = shared("notes")
    aliases: list[str | Alias] = entries("Other names. Default kind: short.")


class Reference(Part):
    """An outside document that is not in the collection yet."""

    title: str = Field(description="Its title. Other entries name the document by it.")
    publisher: str | None = key("Who published it.")
    date: Date | None = key("Its date.")
    url: str | None = key("Its web address.")
    citation: str | None = key("What it settled.")
    rights: str | None = key("Its copyright status.")
    confidence: str | None = key("Default: high.")
    notes: str | None = shared("notes")


class Term(Part):
    """A code that is not in the collection yet."""

    scheme: str = Field(description="The vocabulary, such as measure or topic.")
    code: str = Field(description="The code.")
    label: str = Field(description="Short name for people.")
    definition: str = Field(description="When it applies.")
    parent: str | None = key("The broader code of the same vocabulary.")
    score: float | int | str | None = key("Conflict-cooperation score of an action code.")
    score_variant: float | int | str | None = key("The score in another edition of the scheme.")
    notes: str | None = key("Errata and usage.")


class Relation(Part):
    """How a proposition bears on another."""

    proposition: str = Field(description="The first one, by text or identifier.")
    other: str = Field(description="The second one, by text or identifier.")
    kind: str = Field(description="Excludes, implies and so on.")
    if_there: bool = Field(
        default=False, description="Leave it out while one of the two is not in the collection."
    )


class Source(Part):
    """The article. If it is in the collection already, only `id` is needed."""

    id: str | None = key("The identifier, such as src-0002. Default for a new one: the next free.")
    kind: str | None = key("The kind of publication.")
    title: str | None = key("The headline.")
    title_basis: str | None = key("Default: printed.")
    publisher: str | None = key(
        "The outlet, which is an actor. Each chain of speakers ends with it."
    )
    agency: str | None = key("The news agency, if the outlet prints an agency's story.")
    byline: str | None = key("Author or agency, as printed.")
    dateline: str | None = key("The place at the start of the story.")
    published: Date | None = key("The date of publication.")
    published_basis: str | None = key("Default: stated; cross-source with a reference.")
    reference: str | None = key("The outside document that settled the date.")
    language: str | None = key("Default: en.")
    url: str | None = key("The web address of the copy.")
    rights: str | None = key("Default: in-copyright.")
    notes: str | None = shared("notes")


class OtherSource(Source):
    """Another article, whose copy is not needed: its length and hash are in the sheet."""

    canon_length: int = Field(description="The letters and digits of the article, as a number.")
    canon_sha256: str = Field(description="The hash of the article in its canonical form.")


class Context(Part):
    """What another article gives, as far as the entries of this sheet need it.

    `code` adds a row of it only if the collection does not have the row.
    """

    source: OtherSource = Field(description="The other article.")
    proposition: list[Proposition] = entries("Propositions that only this article states.")
    event: list[Event] = entries("Events, with what was proposed, answered and claimed in them.")
    proposal: list[Proposal] = entries("Proposals of other events.")
    answer: list[Answer] = entries("Answers without an event here.")
    claim: list[Claim] = entries("Claims without an event here.")


class Sheet(Part):
    """A coding sheet: everything that one article gives to a collection."""

    source: Source = Field(description="The article.")
    code: list[Term] = entries("New codes.")
    reference: list[Reference] = entries("New outside documents.")
    actor: list[Actor] = entries("New actors.")
    proposition: list[Proposition] = entries("New propositions.")
    event: list[Event] = entries("Events, with what was proposed, answered and claimed in them.")
    proposal: list[Proposal] = entries("Proposals of events that are not in this sheet.")
    answer: list[Answer] = entries("Answers without an event in this sheet.")
    claim: list[Claim] = entries("The article's own voice, and views without an occasion.")
    relation: list[Relation] = entries("How propositions bear on each other.")
    context: list[Context] = entries("Rows of other articles that the entries of this sheet need.")


#: What a row of evidence can support, as the sheet calls it, with its table.
TABLE_OF = {"event": "events", "proposal": "proposals", "answer": "responses", "claim": "claims"}
#: The field of `evidence` (and of `codings`) that names the row, by table.
TARGET_OF = {
    "events": "event_id",
    "proposals": "proposal_id",
    "responses": "response_id",
    "claims": "claim_id",
}
