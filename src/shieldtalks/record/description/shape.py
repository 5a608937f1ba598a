"""The parts of a description. The text is not escaped: each output format escapes it."""

from __future__ import annotations

from dataclasses import dataclass

from ...tabular.package.citation import Citation


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record: a label, the fact in words, and the identifiers of the rows it names.

    Several facts can have the same label, such as one fact per participant. They follow each other.
    """

    label: str
    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """One span of a source as evidence for the record, with its place and its chain of speakers."""

    evidence_id: str
    source_id: str
    #: The source: title, outlet and date.
    source: str
    #: The field that the span supports. None if it supports the whole record.
    field: str | None
    #: The labels of the three codes.
    stance: str
    directness: str
    quotation: str
    #: The place in the text, such as "about a third into the text".
    place: str
    #: The actors from the original speaker (hop 0) to the outlet.
    chain: tuple[str, ...]
    #: The same actors in words, from the outlet back: "The Tech, citing Robert M. Gates".
    chain_words: str
    #: Offset and length of the span in the canonical form of the source, and its SHA-256 (hex).
    start: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What one outside document says of the record. It is not evidence: the articles do not say it."""

    corroboration_id: str
    reference_id: str
    #: The document: title, publisher and date.
    document: str
    #: The web address of the document. None if none is known.
    url: str | None
    #: The label of the relation: confirms, contradicts or refines.
    relation: str
    #: The field that the document bears on. None if it bears on the whole record.
    field: str | None
    #: What the document says, in our own words.
    note: str
    #: The label of how far the document can be relied on.
    confidence: str


@dataclass(frozen=True, slots=True)
class Description:
    """One record in words."""

    record_id: str
    #: The table that contains the row.
    table: str
    #: The name of the record, in one line.
    heading: str
    lines: tuple[Fact, ...]
    evidence: tuple[Support, ...]
    #: What outside documents say of the record. It never changes how certain the record is.
    outside: tuple[Outside, ...]
    #: Only for a claim: the claims that contradict it.
    claims_against: tuple[Fact, ...]
    #: The oldest version in the changelog. None if the package has no changelog.
    first_version: str | None
    #: The versions whose changelog entry names the record, oldest first.
    changed_in: tuple[str, ...]
    #: SHA-256 (hex) of the row (see `rowhash`).
    row_hash: str
    citation: Citation

    @property
    def versions(self) -> str:
        """In which versions the record changed, in words. Empty if there is no changelog."""
        if self.changed_in:
            return f"named in the changelog for {', '.join(self.changed_in)}"
        # The changelog need not name added rows. So it does not show when the row was added.
        return (
            f"the changelog names no change since {self.first_version}"
            if self.first_version
            else ""
        )
