"""The tables that other tables refer to: sources, actors, codes, retired identifiers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import (
    Record,
    TableFacts,
    bound,
    code,
    count,
    edtf,
    flag,
    identifier,
    number,
    reference,
    text,
)


class Source(Record):
    """One row is an article that was read and coded."""

    table: ClassVar[TableFacts] = TableFacts(
        "sources", "Articles that were read and coded", ("source_id",)
    )

    source_id: str = identifier("sources", "Permanent identifier of the source.")
    kind: str = code("source-kind", "The kind of publication.", "agency-story")
    title: str = text("Headline of the article.", "Report: Talks resume", max_length=300)
    title_basis: str = code("title-basis", "Where the title comes from.", "printed")
    publisher_id: str = reference("actors", "The outlet that published the copy that was read.")
    agency_id: str | None = reference(
        "actors", "The news agency that wrote the story, if the outlet prints an agency's story.", 2
    )
    byline: str | None = text(
        "The line that names the author or agency, as printed. Empty if the copy has none.",
        "news services",
        max_length=200,
    )
    dateline: str | None = text(
        "The place at the start of the story, as printed.", "MOSCOW", max_length=100
    )
    published_edtf: str = edtf("Date on which the story was first published.", "2008-11-12")
    published_earliest: date | None = bound(
        "First possible day of `published_edtf`. Empty if the start is open.", "2008-11-12"
    )
    published_latest: date | None = bound(
        "Last possible day of `published_edtf`. Empty if the end is open.", "2008-11-12"
    )
    published_basis: str = code("date-basis", "How the publication date is known.", "cross-source")
    reference_id: str | None = reference(
        "references",
        "The outside document that settled the publication date or the news agency, if there is one.",
    )
    language: str = text(
        "Language of the text that was read, as a BCP 47 code.",
        "en",
        max_length=35,
        pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
        constant_because="All three articles are in English. Other collections can use other languages.",
    )
    url: str | None = text(
        "Web address of the copy that was read.",
        "https://www.nbcnews.com/id/wbna27676077",
        pattern=r"https?://[^ ]+",
    )
    rights: str = code(
        "rights",
        "Copyright status of the article's text. The package does not contain the text.",
        "in-copyright",
        constant_because="All three articles are in copyright.",
    )
    canon_version: str = text(
        "Version of the canonical form that offsets and hashes use.",
        "canon-1",
        pattern=r"canon-[0-9]+",
        max_length=20,
        constant_because="There is one canonical form so far.",
    )
    canon_length: int = count(
        "Number of characters of the whole article in canonical form.", 2164, at_least=1
    )
    canon_sha256: str = text(
        "SHA-256 of the whole article in canonical form, as UTF-8, in hexadecimal.",
        "0" * 64,
        pattern=r"[0-9a-f]{64}",
        max_length=64,
    )
    notes: str | None = text("What you should know about this row.", "The copy prints no date.")


class Actor(Record):
    """One row is a state, organisation, office, person, outlet or unnamed source."""

    table: ClassVar[TableFacts] = TableFacts(
        "actors",
        "States, organisations, offices, persons, outlets and unnamed sources",
        ("actor_id",),
    )

    actor_id: str = identifier("actors", "Permanent identifier of the actor.")
    name: str = text("The usual English name.", "Robert M. Gates", max_length=200)
    kind: str = code("actor-kind", "The kind of actor.", "person")
    country: str | None = text(
        "Country that the actor belongs to or speaks for (ISO 3166-1 alpha-3).",
        "USA",
        pattern=r"[A-Z]{3}",
        max_length=3,
    )
    member_of_id: str | None = reference(
        "actors",
        "The body that this body or unnamed source belongs to. Empty for persons: `capacity` in the "
        "table participants gives their office at the time.",
        1,
    )
    wikidata_id: str | None = text(
        "The Wikidata item. Empty if it is not certain.",
        "Q159",
        pattern=r"Q[1-9][0-9]*",
        max_length=20,
    )
    cameo_actor: str | None = text(
        "The code of the CAMEO scheme for actors. Empty if the scheme has none.",
        "USAGOV",
        pattern=r"[A-Z]{3}([A-Z]{3})*",
        max_length=30,
    )
    reference_id: str | None = reference(
        "references",
        "The outside reference that settled an identifier or a membership, if there is one.",
    )
    notes: str | None = text("What you should know about this row.", "Civilian.")


class Alias(Record):
    """One row is another name that readers use for an actor. Two actors cannot have the same alias."""

    table: ClassVar[TableFacts] = TableFacts(
        "aliases", "Other names of the actors", ("actor_id", "alias")
    )

    actor_id: str = reference("actors", "The actor.", 2)
    alias: str = text("The other name.", "Washington", max_length=200)
    kind: str = code(
        "alias-kind",
        "Whether it is a short form, a place that is named for the actor, or a former name.",
        "metonym",
    )


class Code(Record):
    """One row is a term of a vocabulary."""

    table: ClassVar[TableFacts] = TableFacts("codes", "Terms of the vocabularies", ("code_id",))

    code_id: str = text(
        "Scheme and code joined by a colon.",
        "move:decline",
        pattern=r"[a-z][a-z-]*:[A-Za-z0-9:+-]+",
        max_length=80,
        unique=True,
    )
    scheme: str = text(
        "Vocabulary the term belongs to.", "move", pattern=r"[a-z][a-z-]*", max_length=40
    )
    code: str = text(
        "The term as it is written in the tables; always text (`010` is not `10`).",
        "decline",
        pattern=r"[A-Za-z0-9:+-]+",
        max_length=40,
    )
    label: str = text("Short name for people.", "Declined", max_length=80)
    definition: str = text("When the term applies, in our own words.", "The party says no.")
    parent_id: str | None = text(
        "Broader term of the same vocabulary. Measures form a tree.",
        "plover:REJECT",
        pattern=r"[a-z][a-z-]*:[A-Za-z0-9:+-]+",
        max_length=80,
        references="codes",
    )
    score: float | None = number(
        "Conflict-cooperation score of an action code: Goldstein value as in the GDELT file (CAMEO), "
        "or the score of the scheme's manual (PLOVER), from -10 to +10.",
        -4.0,
    )
    score_variant: float | None = number(
        "Goldstein value in the ICEWS file, where it differs from `score`.", -5.0
    )
    decides: bool | None = flag(
        "For codes of the scheme `move`, and only for them: whether an official move of this kind "
        "decides the state of a proposal in the ledger.",
        True,
    )
    outcome: str | None = text(
        "For codes of the scheme `move`, and only for them: what the ledger calls the result of this "
        "move. If the move decides, this is the state of the proposal (with hyphens for spaces).",
        "declined",
        pattern=r"[a-z]+( [a-z]+)*",
        max_length=40,
    )
    notes: str | None = text("Errata and usage.", "The manual prints the score without its sign.")


class Retired(Record):
    """One row is an identifier that was withdrawn or merged. Identifiers are never deleted."""

    table: ClassVar[TableFacts] = TableFacts(
        "retired", "Identifiers withdrawn or merged", ("record_id",)
    )

    record_id: str = text(
        "The identifier that is no longer used.",
        "clm-0007",
        pattern=r"(src|act|evt|prp|rsp|pos|clm|evd|cod|ref|cor)-[0-9]{4}",
        max_length=8,
        unique=True,
    )
    retired_in: str = text(
        "First version of the package without this identifier.",
        "1.1.0",
        pattern=r"[0-9]+\.[0-9]+\.[0-9]+",
        max_length=20,
        constant_because="Version 2.0.0 is the first that withdraws identifiers.",
    )
    replaced_by: str | None = text(
        "The identifier that replaces it. Empty if there is none.",
        "clm-0009",
        pattern=r"(src|act|evt|prp|rsp|pos|clm|evd|cod|ref|cor)-[0-9]{4}",
        max_length=8,
    )
    reason: str = text("Why it was withdrawn.", "Two rows recorded one statement.")
