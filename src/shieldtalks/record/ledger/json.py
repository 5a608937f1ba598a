"""The ledger as JSON: the document that `ledger --format json` writes, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ..dated import document, document_schema, values
from ..output_schemas import Fields, object_schema
from .entries import LISTS, WEIGHTS, Entry

#: The fields of a proposal, in order: JSON type, whether it may be null, meaning.
FIELDS: Fields = {
    "proposal_id": ("string", False, "The proposal."),
    "label": ("string", False, "Its short name."),
    "measure": ("string", False, "Code of the measure put forward."),
    "kind": ("string", False, "Whether it is a measure, a package or a principle."),
    "form": ("string", False, "Code of the way in which it was put forward."),
    "proposer_id": ("string", True, "Party on whose behalf it was put forward."),
    "proposer": ("string", True, "Name of that party."),
    "voiced_by_id": ("string", True, "Speaker who put it forward."),
    "voiced_by": ("string", True, "Name of that speaker."),
    "addressee_id": ("string", True, "Party to whom it was addressed."),
    "addressee": ("string", True, "Name of that party."),
    "made_in_event_id": ("string", False, "The event in which it was put forward."),
    "date_edtf": ("string", False, "Date of that event, in EDTF."),
    "date_earliest": ("string", True, "First day covered by the date; null if it has no start."),
    "date_latest": ("string", True, "Last day covered by the date; null if it has no end."),
    "certain": ("boolean", False, "Whether it is certain that it was made by the day `as_of`."),
    "part_of_id": ("string", True, "The package that it is a part of."),
    "restates_id": ("string", True, "The earlier proposal that it repeats."),
    "in_answer_to_id": ("string", True, "The proposal of the other side that it answers."),
    "perhaps_same_as_id": ("string", True, "Another proposal that may be the same."),
    "state": ("string", False, "State of the proposal. Only official answers decide it."),
    "noted": ("array", False, "The moves that are noted, each as move:authority."),
    "possibly": ("boolean", False, "Whether the deciding answer is not certain on that day."),
    "standing": (
        "boolean",
        False,
        "Whether an answer that decides or is noted has no known start.",
    ),
    "decided_by": ("array", False, "The answers that decide the state."),
    "responder_id": (
        "string",
        True,
        "Party of the last answer that decides; otherwise of the last noted one.",
    ),
    "responder": ("string", True, "Name of that party."),
    "answer_voice_id": ("string", True, "Speaker of that answer."),
    "answer_voice": ("string", True, "Name of that speaker."),
    "authority": ("string", True, "On whose authority that answer is reported."),
    "answer_date_edtf": ("string", True, "When that answer was given, in EDTF."),
    "answered_with": ("array", False, "The proposals that answer it with something else."),
    "claims": ("array", False, "The claims about it. They decide nothing."),
    "package_state": ("string", False, "State of its package; empty if it is not a part."),
    "brief": ("string", False, "The state and the noted moves in a few words."),
    "words": ("string", False, "The state and the noted moves in whole phrases."),
    "answers": ("array", False, "All answers that count on that day, oldest first."),
}

_ANSWER: Fields = {
    "response_id": ("string", False, "The answer."),
    "move": ("string", False, "Code of the move that it makes on the proposal."),
    "authority": ("string", False, "On whose authority it is reported."),
    "responder_id": ("string", False, "Party that answered."),
    "responder": ("string", True, "Name of that party."),
    "voiced_by_id": ("string", True, "Speaker of the answer."),
    "voiced_by": ("string", True, "Name of that speaker."),
    "date_edtf": ("string", True, "Date of the answer, in EDTF."),
    "possibly": ("boolean", False, "Whether it is not certain on the day `as_of`."),
    "weight": ("string", False, "Effect on the state: decides, overtaken or noted."),
    "told_by": (
        "string",
        True,
        "The outlets that report the move of somebody else in their own voice.",
    ),
    "brief": ("string", False, "The move in a word or two."),
    "words": ("string", False, "The move in a phrase: who, on what authority and when."),
}


def text(
    package: Package, entries: Iterable[Entry], as_of: str | None, known_by: str | None
) -> str:
    """The JSON document of these entries of a package; the dates are ISO days, or None for no limit."""
    rows = map(entry_object, entries)
    return document(package, as_of, known_by, "proposals", rows)


def entry_object(entry: Entry) -> JsonObject:
    """An entry of the ledger as a JSON object."""
    answers = [values(answer, _ANSWER) for answer in entry.answers]
    lists = {name: list(getattr(entry, name)) for name in LISTS}
    return values(entry, FIELDS) | lists | {"answers": answers}


def schema(states: Sequence[str]) -> JsonObject:
    """The JSON Schema of `ledger --format json`, given the possible states."""
    answer = object_schema(_ANSWER)
    answer["properties"]["weight"] = {"enum": list(WEIGHTS)}
    proposal = object_schema(FIELDS)
    proposal["properties"]["state"]["enum"] = list(states)
    for name in LISTS:
        proposal["properties"][name]["items"] = {"type": "string"}
    proposal["properties"]["answers"]["items"] = {"$ref": "#/$defs/answer"}
    facts = {
        "$id": "urn:shieldtalks:schema:ledger:2",
        "title": "Output of shieldtalks ledger",
        "description": "Each proposal that counts on a day, with its state on that day.",
    }
    definitions = {"proposal": proposal, "answer": answer}
    return document_schema(facts, "done", "proposals", definitions, "proposal")
