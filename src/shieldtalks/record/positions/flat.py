"""The flat table of positions: one row per claim, with its proposition, its party and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial

from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject
from ...tabular.package import Package
from ...tabular.tables.rows import Row, Table
from ..flat_tables import Columns, flat_fields, flat_rows
from .entries import CHANGES, COMMITMENTS, HELD, open_positions

NAME = "positions"
TITLE = "Positions: one row per claim, as a step in the position of its party on its proposition"

#: Each column: the field from which its values are copied, or its description.
COLUMNS: Columns = {
    "proposition_id": ("propositions", "proposition_id"),
    "proposition": ("propositions", "text"),
    "topic": ("propositions", "topic"),
    "topic_label": "`topic` in words.",
    "about_event_id": ("propositions", "about_event_id"),
    "about_proposal_id": ("propositions", "about_proposal_id"),
    "about_actor_id": ("propositions", "about_actor_id"),
    "about_actor": "Name of `about_actor_id`.",
    "party_id": ("claims", "claimant_id"),
    "party": "Name of `party_id`.",
    "held": "Whether the party holds the proposition true, false or open.",
    "commitment": "How firmly it does so.",
    "change": "How the claim differs from the one before it.",
    "claim_id": ("claims", "claim_id"),
    "claim": ("claims", "text"),
    "factuality": ("claims", "factuality"),
    "speech_act": ("claims", "speech_act"),
    "standing": ("claims", "standing"),
    "voiced_by_id": ("claims", "voiced_by_id"),
    "voiced_by": "Name of `voiced_by_id`.",
    "said_in_event_id": ("claims", "said_in_event_id"),
    "said_in": "Short name of `said_in_event_id`.",
    "date_edtf": ("claims", "date_edtf"),
    "date_earliest": ("claims", "date_earliest"),
    "date_latest": ("claims", "date_latest"),
    "date_basis": ("claims", "date_basis"),
    "contradicted_by": "The claims that contradict it, with blanks between them.",
    "sources": "The sources of its evidence, with blanks between them.",
}

#: The values of the columns that no table has.
_VALUES = {"held": HELD, "commitment": COMMITMENTS, "change": CHANGES}

#: The columns that can be empty.
_OPTIONAL = {
    *(
        "topic_label",
        "about_event_id",
        "about_proposal_id",
        "about_actor_id",
        "about_actor",
        "party",
    ),
    *("voiced_by_id", "voiced_by", "said_in_event_id", "said_in"),
    *("date_edtf", "date_earliest", "date_latest", "date_basis", "contradicted_by", "sources"),
}


def flat(package: Package) -> Table:
    """The flat table of a package. Raises CannotRun if it is not a record of claims."""
    schemas = {resource.name: resource.schema for resource in package.resources}
    try:
        schema = flat_schema(schemas)
    except KeyError as error:
        raise CannotRun(
            f"{package.name} is not a record of claims", "Only such a record has positions."
        ) from error
    return Table(NAME, TITLE, schema, partial(_rows, package))


def flat_schema(schemas: Mapping[str, JsonObject]) -> JsonObject:
    """The Table Schema of the flat table. Raises KeyError if a table or a field is missing."""
    return {
        "name": NAME,
        "title": TITLE,
        "description": "One row is a claim as a step in the position of its party.",
        "fields": flat_fields(COLUMNS, schemas, filled=COLUMNS.keys() - _OPTIONAL, codes=_VALUES),
        "missingValues": [""],
    }


def _rows(package: Package) -> Iterator[Row]:
    with closing(open_positions(package)) as database:
        yield from flat_rows(database, NAME, COLUMNS)
