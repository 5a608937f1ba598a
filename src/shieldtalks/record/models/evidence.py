"""Where each row is printed and who says so: evidence, attributions and action codings."""

from __future__ import annotations

from typing import ClassVar

from .spec import Record, TableFacts, code, count, identifier, reference, text


class Evidence(Record):
    """One row is one span of one source that supports one row of the record.

    The span is given as an anchor: offset and length in the source's canonical form and the
    SHA-256 of the span, so that a holder of a copy can check it and nobody can read it from here.
    """

    table: ClassVar[TableFacts] = TableFacts("evidence", "Spans of the sources", ("evidence_id",))

    evidence_id: str = identifier("evidence", "Opaque identifier of the evidence.")
    source_id: str = reference("sources", "The source that prints it.")
    event_id: str | None = reference("events", "The event it supports.")
    proposal_id: str | None = reference("proposals", "The proposal it supports.")
    response_id: str | None = reference("responses", "The response it supports.")
    claim_id: str | None = reference("claims", "The claim it supports.")
    field: str | None = text(
        "The one field of that row that the span supports; empty where it supports the row.",
        "date_edtf",
        max_length=40,
        pattern=r"[a-z_]+",
    )
    start: int = count("Offset of the span's first character in canonical form, from 0.", 120)
    length: int = count("Characters of the span in canonical form.", 96, at_least=40, at_most=300)
    sha256: str = text(
        "SHA-256 (hex) of the UTF-8 of the span in canonical form.",
        "0" * 64,
        pattern=r"[0-9a-f]{64}",
        max_length=64,
    )
    stance: str = code("stance", "How the span bears on the row.", "supports")
    directness: str = code("directness", "How openly the span says it.", "explicit")
    quotation: str = code("quotation", "Whose words the span prints.", "direct")


class Attribution(Record):
    """One row is one hop of who says that who said.

    Hop 0 is the original speaker; the last hop, always present, is the outlet.
    """

    table: ClassVar[TableFacts] = TableFacts(
        "attributions", "Who says that who said, hop by hop", ("evidence_id", "hop")
    )

    evidence_id: str = reference("evidence", "The evidence.")
    hop: int = count("Place in the chain, from 0 at the original speaker.", 0, at_most=9)
    actor_id: str = reference("actors", "Who speaks at this hop.")


class Coding(Record):
    """One row is an action code given to an event, a proposal or a response."""

    table: ClassVar[TableFacts] = TableFacts("codings", "Action codes", ("coding_id",))

    coding_id: str = identifier("codings", "Opaque identifier of the coding.")
    event_id: str | None = reference("events", "The event that is coded.")
    proposal_id: str | None = reference("proposals", "The proposal that is coded.")
    response_id: str | None = reference("responses", "The response that is coded.")
    code_id: str = text(
        "The code, scheme included.",
        "cameo:0312",
        max_length=80,
        pattern=r"[a-z][a-z-]*:[A-Za-z0-9:+-]+",
        references="codes",
    )
    rank: int = count("1 for the main code, 2 for the alternative.", 1, at_least=1, at_most=2)
    reason: str | None = text(
        "Why this code, where the choice is not plain; also why no code of a scheme fits.",
        "Only the deployment is threatened, not its use.",
        max_length=300,
    )
