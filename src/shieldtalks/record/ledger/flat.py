"""The flat table: one row per proposal and answer, with names and labels beside identifiers and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial

from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.tables.database import has_view
from ...tabular.tables.rows import Row, Table
from ..flat_tables import Columns, flat_fields, flat_rows
from .connection import open_ledger
from .entries import WEIGHTS
from .states import states_of

NAME = "proposals-and-answers"
TITLE = "Proposals and answers: one row per answer, and one per proposal without an answer"

#: The view that has its rows.
VIEW = "proposals_and_answers"

#: Each column: the field from which its values are copied, or its description.
COLUMNS: Columns = {
    "proposal_id": ("proposals", "proposal_id"),
    "proposal": ("proposals", "label"),
    "measure": ("proposals", "measure"),
    "measure_label": "`measure` in words.",
    "measure_path": "`measure` after the broader measures above it, with a slash between them.",
    "kind": ("proposals", "kind"),
    "kind_label": "`kind` in words.",
    "form": ("proposals", "form"),
    "form_label": "`form` in words.",
    "proposer_id": ("proposals", "proposer_id"),
    "proposer": "Name of `proposer_id`.",
    "proposal_voice_id": ("proposals", "voiced_by_id"),
    "proposal_voice": "Name of `proposal_voice_id`.",
    "addressee_id": ("proposals", "addressee_id"),
    "addressee": "Name of `addressee_id`.",
    "proposal_event_id": ("proposals", "made_in_event_id"),
    "proposal_event": "Short name of `proposal_event_id`.",
    "proposal_date_edtf": ("events", "date_edtf"),
    "proposal_date_earliest": ("events", "date_earliest"),
    "proposal_date_latest": ("events", "date_latest"),
    "part_of_id": ("proposals", "part_of_id"),
    "part_of": "Short name of `part_of_id`.",
    "restates_id": ("proposals", "restates_id"),
    "restates": "Short name of `restates_id`.",
    "in_answer_to_id": ("proposals", "in_answer_to_id"),
    "in_answer_to": "Short name of `in_answer_to_id`.",
    "perhaps_same_as_id": ("proposals", "perhaps_same_as_id"),
    "perhaps_same_as": "Short name of `perhaps_same_as_id`.",
    "state": "State of the proposal, after all its answers. Only official answers decide it.",
    "noted": "The moves that are noted and decide nothing, each as move:authority, with blanks between them.",
    "state_brief": "`state` and `noted` in a few words.",
    "state_words": "`state` and `noted` in whole phrases: who, on what authority and when.",
    "response_id": ("responses", "response_id"),
    "responder_id": ("responses", "responder_id"),
    "responder": "Name of `responder_id`.",
    "answer_voice_id": ("responses", "voiced_by_id"),
    "answer_voice": "Name of `answer_voice_id`.",
    "answer_event_id": ("responses", "event_id"),
    "answer_event": "Short name of `answer_event_id`.",
    "answer_date_edtf": ("responses", "date_edtf"),
    "answer_date_earliest": ("responses", "date_earliest"),
    "answer_date_latest": ("responses", "date_latest"),
    "move": ("responses", "move"),
    "move_label": "`move` in words.",
    "authority": ("responses", "authority"),
    "authority_label": "`authority` in words.",
    "weight": "Effect of this answer on the state: it decides, is overtaken by a later answer, or is noted.",
    "answer_condition": ("responses", "condition"),
    "answer_reason": ("responses", "reason"),
}

#: The meaning of the dates, which are those of the event if there is one.
_DATES = {
    "proposal_date_edtf": "When it was put forward: the date of `proposal_event_id`.",
    "proposal_date_earliest": "First day covered by `proposal_date_edtf`.",
    "proposal_date_latest": "Last day covered by `proposal_date_edtf`.",
    "answer_date_edtf": "When it was answered: the date of `answer_event_id` or, if that is empty, its own.",
    "answer_date_earliest": "First day covered by `answer_date_edtf`.",
    "answer_date_latest": "Last day covered by `answer_date_edtf`.",
}

#: The columns that are never empty; those of the answer are empty if there is no answer.
STATED = (
    "proposal_id",
    "proposal",
    "measure",
    "measure_path",
    "kind",
    "form",
    "proposal_event_id",
    "proposal_date_edtf",
    "state",
    "state_brief",
    "state_words",
)


def flat(package: Package) -> Table:
    """The flat table of a package. Raises CannotRun if it is not a record of proposals and answers."""
    schemas = {resource.name: resource.schema for resource in package.resources}
    try:
        schema = flat_schema(schemas, states_of(package))
    except KeyError as error:
        raise _refusal(package) from error
    return Table(NAME, TITLE, schema, partial(_rows, package))


def flat_schema(schemas: Mapping[str, JsonObject], states: Sequence[str]) -> JsonObject:
    """The Table Schema of the flat table, given the schemas of the tables and the possible states.

    Raises KeyError if a table or a field is missing.
    """
    return {
        "name": NAME,
        "title": TITLE,
        "description": "One row is an answer with its proposal, or a proposal without an answer.",
        "fields": flat_fields(
            COLUMNS,
            schemas,
            filled=STATED,
            codes={"state": states, "weight": WEIGHTS},
            meanings=_DATES,
        ),
        "missingValues": [""],
    }


def _rows(package: Package) -> Iterator[Row]:
    with closing(open_ledger(package, VIEW)) as database:
        if not has_view(database, VIEW):
            raise _refusal(package)
        yield from flat_rows(database, VIEW, COLUMNS)


def _refusal(package: Package) -> CannotRun:
    return CannotRun(
        f"{package.name} is not a record of proposals and answers",
        "Only such a record has the flat table.",
    )
