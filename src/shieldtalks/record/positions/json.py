"""The positions as JSON: the document that `positions --format json` writes, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...tabular.jsontext import JsonObject, visible
from ...tabular.package import Package
from ..schemas import DIALECT_2020_12
from .entries import CHANGES, COMMITMENTS, HELD, Against, ClaimSpan, Position, PositionEntry, Step

#: Fields in order: JSON type, whether it may be null, meaning.
Fields = Mapping[str, tuple[str, bool, str]]

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
    document = {
        "package": {"name": package.name, "version": package.version},
        "as_of": as_of,
        "known_by": known_by,
        "propositions": [_entry(entry) for entry in entries],
    }
    return visible(document) + "\n"


def _entry(entry: PositionEntry) -> JsonObject:
    found = _fields(entry, _PROPOSITION, "positions")
    return found | {"positions": [_position(position) for position in entry.positions]}


def _position(position: Position) -> JsonObject:
    found = _fields(position, _POSITION, "claims")
    return found | {"claims": [_step(step) for step in position.steps]}


def _step(step: Step) -> JsonObject:
    spans = [_fields(span, _SPAN) | {"speakers": list(span.speakers)} for span in step.evidence]
    others = [_fields(other, _AGAINST) for other in step.contradicted_by]
    return _fields(step, _STEP) | {"contradicted_by": others, "evidence": spans}


def _fields(
    row: PositionEntry | Position | Step | Against | ClaimSpan, fields: Fields, *left_out: str
) -> JsonObject:
    return {name: getattr(row, name) for name in fields if name not in left_out}


def schema() -> JsonObject:
    """The JSON Schema of `positions --format json`."""
    proposition, position = _object(_PROPOSITION), _object(_POSITION)
    claim, span = _object(_STEP), _object(_SPAN)
    proposition["properties"]["positions"]["items"] = {"$ref": "#/$defs/position"}
    position["properties"]["claims"] |= {"items": {"$ref": "#/$defs/claim"}, "minItems": 1}
    for one in (position, claim):
        one["properties"]["held"]["enum"] = list(HELD)
        one["properties"]["commitment"]["enum"] = list(COMMITMENTS)
    claim["properties"]["change"]["enum"] = list(CHANGES)
    claim["properties"]["contradicted_by"]["items"] = {"$ref": "#/$defs/against"}
    claim["properties"]["evidence"]["items"] = {"$ref": "#/$defs/span"}
    span["properties"]["speakers"]["items"] = {"type": "string"}
    day = {"type": ["string", "null"], "format": "date"}
    return {
        "$schema": DIALECT_2020_12,
        "$id": "urn:shieldtalks:schema:positions:1",
        "title": "Output of shieldtalks positions",
        "description": "Each proposition on which a party has a position on a day.",
        "type": "object",
        "properties": {
            "package": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "version": {"type": ["string", "null"]}},
                "required": ["name", "version"],
            },
            "as_of": day
            | {"description": "What had been said by this day counts; null: no limit."},
            "known_by": day
            | {"description": "What had been published by this day counts; null: no limit."},
            "propositions": {"type": "array", "items": {"$ref": "#/$defs/proposition"}},
        },
        "required": ["package", "as_of", "known_by", "propositions"],
        "additionalProperties": False,
        "$defs": {
            "proposition": proposition,
            "position": position,
            "claim": claim,
            "against": _object(_AGAINST),
            "span": span,
        },
    }


def _object(fields: Fields) -> JsonObject:
    return {
        "type": "object",
        "properties": {
            name: {"type": [kind, "null"] if null else kind, "description": meaning}
            for name, (kind, null, meaning) in fields.items()
        },
        "required": list(fields),
        "additionalProperties": False,
    }
