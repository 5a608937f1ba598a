"""What a sheet need not say: the values that follow from the coding rules of the codebook.

Each function takes the cells that are known, and gives the value of the fields that may be left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: The certainty of an event by its status. Something planned or threatened is never certain.
_CERTAINTY = {"planned": "PR+", "threatened": "PS+"}

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Who took part in an event: the actors of each role."""

    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def only(self, role: str) -> str:
        """The only actor of a role; "" if there is none or more than one."""
        actors = self.roles.get(role, ())
        return actors[0] if len(actors) == 1 else ""

    @property
    def speaker(self) -> str:
        """The only speaker."""
        return self.only("speaker")

    @property
    def acting(self) -> str:
        """The role of those whose act it is: who is represented; if nobody is, who acts; or else who speaks.

        "" if there is nobody.
        """
        roles = ("represented", "actor", "speaker")
        return next((role for role in roles if self.roles.get(role)), "")

    @property
    def party(self) -> str:
        """The party whose act it is (see `acting`); "" if several are: nobody knows which is meant."""
        return self.only(self.acting)


def source(cells: Cells) -> dict[str, str]:
    """What follows for a source."""
    return {
        "title_basis": "printed",
        "published_basis": "cross-source" if cells.get("reference_id") else "stated",
        "language": "en",
        "rights": "in-copyright",
    }


def until(published: str) -> str:
    """On or before the day of publication, as an EDTF date."""
    return f"../{published}" if published and "/" not in published else published


def event(cells: Cells, published: str) -> dict[str, str]:
    """What follows for an event."""
    status = cells.get("status", "occurred")
    if cells.get("reference_id"):
        basis = "cross-source"
    elif "date_edtf" not in cells:
        basis = "publication-bound"
    else:
        basis = "scheduled" if status == "planned" else "stated-relative"
    return {
        "description": cells.get("label", ""),
        "status": "occurred",
        "date_edtf": until(published),
        "date_basis": basis,
        "factuality": _CERTAINTY.get(status, "CT+"),
    }


def proposal(cells: Cells, people: People, whole: Cells | None, has_parts: bool) -> dict[str, str]:
    """What follows for a proposal. `whole` has the cells of the proposal that it is a part of."""
    above = whole or {}
    kind = cells.get("kind", "package" if has_parts else "measure")
    form = cells.get("form", above.get("form", ""))
    party = "" if form == "agreement" else people.party
    return {
        "description": cells.get("label", ""),
        "kind": kind,
        "form": form,
        "proposer_id": above.get("proposer_id", party),
        "voiced_by_id": above.get("voiced_by_id", people.speaker),
        "addressee_id": above.get("addressee_id", people.only("addressee")),
        "combination": "all" if kind == "package" and has_parts else "",
    }


def answer(cells: Cells, people: People, published: str, unnamed: set[str]) -> dict[str, str]:
    """What follows for an answer. `unnamed` are the actors that are unnamed sources."""
    responder = cells.get("responder_id", people.party)
    has_event = bool(cells.get("event_id"))
    voice = cells.get("voiced_by_id", people.speaker if has_event else responder)
    return {
        "responder_id": responder,
        "voiced_by_id": voice,
        "date_edtf": "" if has_event else until(published),
        "date_basis": _standing(cells, has_event),
        "authority": "anonymous" if voice in unnamed else "official",
    }


def claim(
    cells: Cells, people: People, published: str, own_voice: str, proposition: str
) -> dict[str, str]:
    """What follows for a claim. `own_voice` is the outlet or agency; `proposition` is the text."""
    has_event = bool(cells.get("said_in_event_id"))
    claimant = cells.get("claimant_id", people.party if has_event else own_voice)
    is_own = claimant == own_voice and not has_event
    certain = cells.get("factuality", "CT+") == "CT+"
    return {
        "text": proposition if certain else "",
        "claimant_id": claimant,
        "voiced_by_id": people.speaker if has_event else "" if is_own else claimant,
        "date_edtf": "" if has_event else published if is_own else until(published),
        "date_basis": "publication-bound" if is_own else _standing(cells, has_event),
        "speech_act": "assert",
        "factuality": "CT+",
        "standing": "as-reported",
    }


def _standing(cells: Cells, has_event: bool) -> str:
    return "" if has_event or cells.get("date_edtf") == "" else "standing-position"


def hops(voice: str, outlets: Sequence[str]) -> list[str]:
    """The chain of speakers: the voice, then the news agency (if any), then the outlet."""
    return [voice, *outlets] if voice and voice != outlets[0] else [*outlets]
