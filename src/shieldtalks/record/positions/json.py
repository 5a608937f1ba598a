"""The positions as JSON: the document that `positions --format json` writes, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable

from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ..dated import document, document_schema, values
from ..output_schemas import Fields, object_schema
from .entries import CHANGES, COMMITMENTS, HELD, Position, PositionEntry, Step

_PROPOSITION: Fields = {
    "proposition_id": ("string", False, "The proposition."),
    "text": ("string", False, "The proposition in words."),
    "topic": ("string", False, "Code of its topic."),
    "about_event_id": ("string", True, "The event that it is about."),
    "about_proposal_id": ("string", True, "The proposal that it is about."),
    "about_actor_id": ("string", True, "The actor that it is about."),
    "about_actor": ("string", True, "Name of that actor."),
    "positions": ("array", False, "The parties that have a position on it."),
}

_POSITION: Fields = {
    "party_id": ("string", False, "The party."),
    "party": ("string", True, "Name of the party."),
    "held": (
        "string",
        False,
        "Whether the party holds it true, false or open, after its last claim.",
    ),
    "commitment": ("string", False, "How firmly it does so, after its last claim."),
    "changed": ("boolean", False, "Whether a claim differs from the one before it."),
    "words": ("string", False, "The position in words."),
    "claims": ("array", False, "The claims of the party, oldest first."),
}

_STEP: Fields = {
    "claim_id": ("string", False, "The claim."),
    "text": ("string", False, "What the party holds, in words."),
    "held": ("string", False, "Whether it holds the proposition true, false or open."),
    "commitment": ("string", False, "How firmly it does so."),
    "factuality": ("string", False, "Sign and commitment as a FactBank code."),
    "change": ("string", False, "How it differs from the claim before it."),
    "speech_act": ("string", False, "Code of what the speaker does with the proposition."),
    "standing": ("string", False, "Code of the standing of the claim."),
    "voiced_by_id": ("string", True, "Speaker of the claim."),
    "voiced_by": ("string", True, "Name of that speaker."),
    "said_in_event_id": ("string", True, "The event in which it was said."),
    "said_in": ("string", True, "Short name of that event."),
    "date_edtf": ("string", True, "Date of the claim, in EDTF."),
    "date_earliest": ("string", True, "First possible day; null if the start is open."),
    "date_latest": ("string", True, "Last possible day; null if the end is open."),
    "certain": ("boolean", False, "Whether it was certainly made by the day `as_of`."),
    "contradicted_by": ("array", False, "The claims that contradict it and count on that day."),
    "evidence": ("array", False, "The spans behind it."),
}

_AGAINST: Fields = {
    "claim_id": ("string", False, "The claim that contradicts it."),
    "claimant_id": ("string", False, "Whose claim that is."),
    "claimant": ("string", True, "Name of that party."),
}

_SPAN: Fields = {
    "evidence_id": ("string", False, "The evidence."),
    "source_id": ("string", False, "The source that contains the span."),
    "start": ("integer", False, "Position of the first character, in canonical form."),
    "length": ("integer", False, "Number of characters, in canonical form."),
    "stance": ("string", False, "Whether the span supports, qualifies or contradicts the claim."),
    "speakers": ("array", False, "The names of the speakers, from the first to the outlet."),
}


def text(
    package: Package, entries: Iterable[PositionEntry], as_of: str | None, known_by: str | None
) -> str:
    """The JSON document of these entries of a package; the dates are ISO days, or None for no limit."""
    rows = map(_entry, entries)
    return document(package, as_of, known_by, "propositions", rows)


def _entry(entry: PositionEntry) -> JsonObject:
    return values(entry, _PROPOSITION) | {
        "positions": [_position(position) for position in entry.positions]
    }


def _position(position: Position) -> JsonObject:
    facts = [name for name in _POSITION if name != "claims"]
    return values(position, facts) | {"claims": [_step(step) for step in position.steps]}


def _step(step: Step) -> JsonObject:
    spans = [values(span, _SPAN) | {"speakers": list(span.speakers)} for span in step.evidence]
    others = [values(other, _AGAINST) for other in step.contradicted_by]
    return values(step, _STEP) | {"contradicted_by": others, "evidence": spans}


def schema() -> JsonObject:
    """The JSON Schema of `positions --format json`."""
    proposition, position = object_schema(_PROPOSITION), object_schema(_POSITION)
    claim, span = object_schema(_STEP), object_schema(_SPAN)
    proposition["properties"]["positions"]["items"] = {"$ref": "#/$defs/position"}
    position["properties"]["claims"] |= {"items": {"$ref": "#/$defs/claim"}, "minItems": 1}
    for one in (position, claim):
        one["properties"]["held"]["enum"] = list(HELD)
        one["properties"]["commitment"]["enum"] = list(COMMITMENTS)
    claim["properties"]["change"]["enum"] = list(CHANGES)
    claim["properties"]["contradicted_by"]["items"] = {"$ref": "#/$defs/against"}
    claim["properties"]["evidence"]["items"] = {"$ref": "#/$defs/span"}
    span["properties"]["speakers"]["items"] = {"type": "string"}
    facts = {
        "$id": "urn:shieldtalks:schema:positions:1",
        "title": "Output of shieldtalks positions",
        "description": "Each proposition on which a party has a position on a day.",
    }
    definitions = {
        "proposition": proposition,
        "position": position,
        "claim": claim,
        "against": object_schema(_AGAINST),
        "span": span,
    }
    return document_schema(facts, "said", "propositions", definitions, "proposition")
