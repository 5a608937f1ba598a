"""The tables of what was said: propositions, claims about them, and relations between propositions."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from .spec import Record, TableFacts, bound, code, edtf, identifier, reference
from .spec import text as words


class Proposition(Record):
    """One row is one thing that can be held true or false, stated once, positively, without a speaker."""

    table: ClassVar[TableFacts] = TableFacts(
        "propositions", "What can be held true or false", ("proposition_id",)
    )

    proposition_id: str = identifier("propositions", "Permanent identifier of the proposition.")
    text: str = words(
        "The proposition in our own words: positive, and without a speaker.",
        "The planned system threatens Russia's national security.",
        max_length=500,
    )
    topic: str = code("topic", "What the proposition is about.", "threat-to-russia")
    about_event_id: str | None = reference("events", "The event that the proposition is about.", 2)
    about_proposal_id: str | None = reference(
        "proposals", "The proposal that the proposition is about."
    )
    about_actor_id: str | None = reference(
        "actors",
        "The actor that the proposition is about: the one that acts, or else the one that is affected.",
        3,
    )
    notes: str | None = words("What you should know about this row.", "The object is left open.")


class Claim(Record):
    """One row is the commitment of one party to one proposition at one time, as a source reports it.

    The party can be the article's own voice.
    """

    table: ClassVar[TableFacts] = TableFacts(
        "claims", "Who holds which proposition true or false", ("claim_id",)
    )

    claim_id: str = identifier("claims", "Permanent identifier of the claim.")
    proposition_id: str = reference("propositions", "The proposition that is held true or false.")
    text: str = words(
        "What the claimant holds, in our own words. A denial is written as a denial, and caution is "
        "part of the sentence.",
        "The planned system does not threaten Russia's national security.",
        max_length=500,
    )
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
    speech_act: str = code(
        "speech-act",
        "What the speaker does with the proposition, such as assert or predict.",
        "assert",
    )
    factuality: str = code(
        "factuality",
        "How certain the claimant is that the proposition is true or false (FactBank).",
        "CT-",
    )
    standing: str = code(
        "standing",
        "Whether the claim is only reported, disputed, or known to be wrong.",
        "as-reported",
    )
    notes: str | None = words("What you should know about this row.", "Said to reporters.")


class Relation(Record):
    """One row is how one proposition bears on another."""

    table: ClassVar[TableFacts] = TableFacts(
        "relations", "How propositions bear on each other", ("proposition_id", "other_id")
    )

    proposition_id: str = reference("propositions", "The first proposition.")
    other_id: str = reference("propositions", "The second proposition.", 2)
    kind: str = code(
        "relation", "How the first proposition bears on the second, such as implies.", "implies"
    )
