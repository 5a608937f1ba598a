"""What a description is made of. Nothing here is escaped: whoever shows it does so for the medium."""

from __future__ import annotations

from dataclasses import dataclass

from ...tabular.package.citation import Citation


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record: a label, the fact in words, and the identifiers of the rows it names.

    A label comes as often as it has facts (each participant is a line), always in a run.
    """

    label: str
    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """One span of a source that bears on the record, with its place and who says that who said."""

    evidence_id: str
    source_id: str
    #: The source: title, outlet and date.
    source: str
    #: The one field of the record that it supports; None where it supports the record.
    field: str | None
    #: Labels of the codes.
    stance: str
    directness: str
    quotation: str
    #: Where in the text, such as "about a third into the text".
    place: str
    #: The actors from the original speaker (hop 0) to the outlet.
    chain: tuple[str, ...]
    #: The same from the outlet back: "The Tech, citing Robert M. Gates".
    chain_words: str
    #: Offset and length of the span in the source's canonical form, and its SHA-256 (hex).
    start: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Description:
    """One record in words."""

    record_id: str
    #: The table it is a row of.
    table: str
    #: What it is, in one line.
    heading: str
    lines: tuple[Fact, ...]
    evidence: tuple[Support, ...]
    #: For a claim, the claims that contradict or qualify it.
    claims_against: tuple[Fact, ...]
    #: The oldest version of the changelog; None where the package has none.
    first_version: str | None
    #: The versions whose entry in the changelog names the record, oldest first.
    changed_in: tuple[str, ...]
    #: SHA-256 (hex) of the row (see `rowhash`).
    row_hash: str
    citation: Citation

    @property
    def versions(self) -> str:
        """In which versions the record changed, in words; empty where there is no changelog."""
        if self.changed_in:
            return f"named in the changelog at {', '.join(self.changed_in)}"
        # A row that was added need not be named: the changelog cannot tell since when it is there.
        return f"no change named since {self.first_version}" if self.first_version else ""
