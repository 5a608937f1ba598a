"""What was said: claims, and the claims that stand against each other."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference
from .spec import text as words


class Claim(Record):
    """One row is one assertion attributed to somebody, the article's own voice included."""

    table: ClassVar[TableFacts] = TableFacts(
        "claims", "Assertions and who made them", ("claim_id",)
    )

    claim_id: str = identifier("claims", "Opaque identifier of the claim.")
    text: str = words(
        "The proposition, stated positively and in our own words; `factuality` carries the sign.",
        "The planned system threatens Russia's national security.",
        max_length=500,
    )
    topic: str = code("topic", "What the claim is about.", "threat-to-russia")
    claimant_id: str = reference("actors", "Whose view it is.")
    voiced_by_id: str | None = reference(
        "actors", "Who put it into words; empty where the article alone reports it.", 2
    )
    said_in_event_id: str | None = reference("events", "The event in which it was said.")
    date_edtf: str | None = edtf("When it held, for a standing position.", "../2008-11-12")
    date_earliest: date | None = bound("First day covered by `date_edtf`.", "2008-11-12")
    date_latest: date | None = bound("Last day covered by `date_edtf`.", "2008-11-12")
    date_basis: str | None = code("date-basis", "How the date is known.", "standing-position")
    about_event_id: str | None = reference("events", "The event the claim is about.", 2)
    about_proposal_id: str | None = reference("proposals", "The proposal the claim is about.")
    about_actor_id: str | None = reference("actors", "The actor the claim is about.", 3)
    speech_act: str = code("speech-act", "What the speaker does with the proposition.", "assert")
    factuality: str = code(
        "factuality", "The claimant's commitment to the proposition (FactBank).", "CT+"
    )
    standing: str = code("standing", "How the claim stands in this record.", "as-reported")
    notes: str | None = words("What a reader of this row should know.", "Said to reporters.")


class Opposition(Record):
    """One row is two claims that contradict or qualify each other."""

    table: ClassVar[TableFacts] = TableFacts(
        "oppositions", "Claims that stand against each other", ("claim_id", "other_id")
    )

    claim_id: str = reference("claims", "The claim with the smaller identifier.")
    other_id: str = reference("claims", "The claim with the greater identifier.", 2)
    kind: str = code("opposition-kind", "How the two stand to each other.", "contradicts")
