"""The tables of what was said: claims, and pairs of claims that contradict or qualify each other."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference
from .spec import text as words


class Claim(Record):
    """One row is one assertion that is attributed to somebody, or to the article's own voice."""

    table: ClassVar[TableFacts] = TableFacts(
        "claims", "Assertions and who made them", ("claim_id",)
    )

    claim_id: str = identifier("claims", "Permanent identifier of the claim.")
    text: str = words(
        "The proposition in our own words, without negation. `factuality` shows whether it is denied.",
        "The planned system threatens Russia's national security.",
        max_length=500,
    )
    topic: str = code("topic", "What the claim is about.", "threat-to-russia")
    claimant_id: str = reference("actors", "Whose view it is.")
    voiced_by_id: str | None = reference(
        "actors",
        "Who stated the claim, according to the source. Empty if only the article's own voice reports it.",
        2,
    )
    said_in_event_id: str | None = reference("events", "The event in which it was said.")
    date_edtf: str | None = edtf(
        "Date of the view, if it was not said in an event.", "../2008-11-12"
    )
    date_earliest: date | None = bound(
        "First possible day of `date_edtf`. Empty if the start is open.", "2008-11-12"
    )
    date_latest: date | None = bound(
        "Last possible day of `date_edtf`. Empty if the end is open.", "2008-11-12"
    )
    date_basis: str | None = code("date-basis", "How the date is known.", "standing-position")
    about_event_id: str | None = reference("events", "The event the claim is about.", 2)
    about_proposal_id: str | None = reference("proposals", "The proposal the claim is about.")
    about_actor_id: str | None = reference("actors", "The actor the claim is about.", 3)
    speech_act: str = code(
        "speech-act",
        "What the speaker does with the proposition, such as assert or predict.",
        "assert",
    )
    factuality: str = code(
        "factuality",
        "How certain the claimant is that the proposition is true or false (FactBank).",
        "CT+",
    )
    standing: str = code(
        "standing",
        "Whether the claim is only reported, disputed, or known to be wrong.",
        "as-reported",
    )
    notes: str | None = words("What you should know about this row.", "Said to reporters.")


class Opposition(Record):
    """One row is two claims that contradict or qualify each other."""

    table: ClassVar[TableFacts] = TableFacts(
        "oppositions", "Claims that stand against each other", ("claim_id", "other_id")
    )

    claim_id: str = reference("claims", "The claim with the lower identifier.")
    other_id: str = reference("claims", "The claim with the higher identifier.", 2)
    kind: str = code(
        "opposition-kind", "Whether the two claims contradict or qualify each other.", "contradicts"
    )
