"""The tables of evidence, attributions and action codes."""

from __future__ import annotations

from typing import ClassVar

from .spec import Record, TableFacts, code, count, identifier, reference, text


class Evidence(Record):
    """One row is one span (passage) of one source that supports one row of the record.

    The row gives the offset and length of the span in the canonical form of the source, and the
    SHA-256 of the span. With your own copy of the source, you can check the span. The row does not
    contain its text.
    """

    table: ClassVar[TableFacts] = TableFacts("evidence", "Spans of the sources", ("evidence_id",))

    evidence_id: str = identifier("evidence", "Permanent identifier of the evidence.")
    source_id: str = reference("sources", "The source that contains the span.")
    event_id: str | None = reference("events", "The event that the span supports.")
    proposal_id: str | None = reference("proposals", "The proposal that the span supports.")
    response_id: str | None = reference("responses", "The response that the span supports.")
    claim_id: str | None = reference("claims", "The claim that the span supports.")
    field: str | None = text(
        "The only field of that row that the span supports. Empty if it supports the whole row.",
        "date_edtf",
        max_length=40,
        pattern=r"[a-z_]+",
    )
    start: int = count(
        "Position of the first character of the span in canonical form, counted from 0.", 120
    )
    length: int = count(
        "Number of characters of the span in canonical form.", 96, at_least=40, at_most=300
    )
    sha256: str = text(
        "SHA-256 of the span in canonical form, as UTF-8, in hexadecimal.",
        "0" * 64,
        pattern=r"[0-9a-f]{64}",
        max_length=64,
    )
    stance: str = code(
        "stance", "Whether the span supports, qualifies or contradicts the row.", "supports"
    )
    directness: str = code("directness", "How directly the span says it.", "explicit")
    quotation: str = code(
        "quotation",
        "Whether the span quotes the speaker, retells, or is the article's own voice.",
        "direct",
    )


class Attribution(Record):
    """One row is one hop in the chain of speakers of a piece of evidence.

    Hop 0 is the original speaker. Then come those who passed it on. The last hop is always the outlet.
    """

    table: ClassVar[TableFacts] = TableFacts(
        "attributions", "Who says that who said, hop by hop", ("evidence_id", "hop")
    )

    evidence_id: str = reference("evidence", "The evidence that the chain belongs to.")
    hop: int = count("Position in the chain. 0 is the original speaker.", 0, at_most=9)
    actor_id: str = reference("actors", "Who speaks at this hop.")


class Coding(Record):
    """One row is an action code for an event, a proposal or a response."""

    table: ClassVar[TableFacts] = TableFacts("codings", "Action codes", ("coding_id",))

    coding_id: str = identifier("codings", "Permanent identifier of the coding.")
    event_id: str | None = reference("events", "The event that is coded.")
    proposal_id: str | None = reference("proposals", "The proposal that is coded.")
    response_id: str | None = reference("responses", "The response that is coded.")
    code_id: str = text(
        "The code, with its scheme in front.",
        "cameo:0312",
        max_length=80,
        pattern=r"[a-z][a-z-]*:[A-Za-z0-9:+-]+",
        references="codes",
    )
    rank: int = count("1 for the main code, 2 for the alternative.", 1, at_least=1, at_most=2)
    reason: str | None = text(
        "Why this code was chosen, if that is not obvious, or why no code of the scheme fits.",
        "Only the deployment is threatened, not its use.",
        max_length=300,
    )
