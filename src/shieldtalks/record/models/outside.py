"""The tables of outside documents: the documents, and what they say of rows of the record."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference, text


class Reference(Record):
    """One row is an outside document. It settled a date or an identifier, or it bears on a row."""

    table: ClassVar[TableFacts] = TableFacts("references", "Outside documents", ("reference_id",))

    reference_id: str = identifier("references", "Permanent identifier of the reference.")
    title: str = text(
        "Title of the document. In square brackets: our own words, because the title is not known.",
        "Missile Shield Fact Sheet",
        max_length=300,
    )
    publisher: str | None = text(
        "Who published the document. Empty if it is not known.", "Reuters", max_length=200
    )
    date_edtf: str | None = edtf(
        "Date of the document. Empty if it is not known, or if the document has no date.",
        "2008-11-05",
    )
    date_earliest: date | None = bound(
        "First possible day of `date_edtf`. Empty if the start is open.", "2008-11-05"
    )
    date_latest: date | None = bound(
        "Last possible day of `date_edtf`. Empty if the end is open.", "2008-11-05"
    )
    url: str | None = text(
        "Web address. Empty if none is known.",
        "https://www.wikidata.org/wiki/Q159",
        pattern=r"https?://[^ ]+",
    )
    citation: str | None = text(
        "What the document settled, with the other documents that were read beside it. Empty if it "
        "settled nothing.",
        "Settles the day of the annual address to parliament.",
    )
    rights: str | None = code(
        "rights",
        "Copyright status of the document. The package does not contain its text. Empty if it is not "
        "known.",
        "public-domain",
    )
    confidence: str = code(
        "confidence",
        "How far the document can be relied on for what the record takes from it.",
        "high",
    )
    notes: str | None = text(
        "What you should know about this row.", "Only the first part of the page was seen."
    )


class Corroboration(Record):
    """One row is what an outside document says of one row of the record.

    It is not the word of the articles, and it is not evidence. It adds no claim, and it never changes
    the certainty of the row.
    """

    table: ClassVar[TableFacts] = TableFacts(
        "corroborations",
        "What outside documents say of the rows",
        ("corroboration_id",),
    )

    corroboration_id: str = identifier(
        "corroborations", "Permanent identifier of the corroboration."
    )
    event_id: str | None = reference("events", "The event that the document bears on.")
    proposal_id: str | None = reference("proposals", "The proposal that the document bears on.")
    response_id: str | None = reference("responses", "The response that the document bears on.")
    claim_id: str | None = reference("claims", "The claim that the document bears on.")
    reference_id: str = reference("references", "The outside document.")
    relation: str = code(
        "corroboration",
        "Whether the document confirms, contradicts or refines the row.",
        "confirms",
    )
    field: str | None = text(
        "The field of that row that the document bears on. Empty if it bears on the whole row.",
        "date_edtf",
        max_length=40,
        pattern=r"[a-z_]+",
    )
    note: str = text(
        "What the document says, in our own words.",
        "Dates the speech to the same day.",
        max_length=500,
    )
