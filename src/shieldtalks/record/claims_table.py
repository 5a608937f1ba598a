"""The claims with the date, the sign and the proposition of each, ready to plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.schema import codes
from ..tabular.tables.rows import Row, Table, rows

NAME = "claims"

#: The parts of a date, and how the columns with the date of the occasion begin.
_PARTS, _WHEN = ("edtf", "earliest", "latest", "basis"), "when_"

#: What a claim does with its proposition, by the sign of its factuality.
_HELD = {"+": ("true", 1), "-": ("false", -1)}
_OPEN = ("open", 0)

#: The new columns. Those of the date and the topic are copied from fields of the same kind.
_FIELDS: tuple[JsonObject, ...] = (
    {
        "name": "date",
        "type": "date",
        "description": "A day to plot the claim on: the last day on which it can have been said. If that "
        "is not known, the first day.",
    },
    {
        "name": "sign",
        "type": "integer",
        "description": "1 if the claimant holds the proposition true, -1 if false, 0 if open. A claim "
        "with -1 is a denial.",
    },
    {
        "name": "held",
        "type": "string",
        "description": "`sign` in words: whether the claimant holds the proposition true, false or open.",
        "constraints": {"enum": ["true", "false", "open"]},
    },
    {"name": "proposition", "type": "string", "description": "The text of `proposition_id`."},
    {"name": "topic", "type": "string", "description": "What the proposition is about."},
    {"name": "said_in", "type": "string", "description": "Short name of `said_in_event_id`."},
    {
        "name": "when_edtf",
        "type": "string",
        "description": "When it was said, in EDTF: the date of `said_in_event_id` or, if that is empty, "
        "its own.",
    },
    {"name": "when_earliest", "type": "date", "description": "First possible day of `when_edtf`."},
    {"name": "when_latest", "type": "date", "description": "Last possible day of `when_edtf`."},
    {"name": "when_basis", "type": "string", "description": "How `when_edtf` is known."},
)


def joined(package: Package, claims: Table) -> Table:
    """The claims, with new columns at the end. A column that the table already has stays as it is."""
    taken = {field["name"] for field in claims.fields}
    coded = _coded(package)
    fields = [
        field | coded.get(field["name"], {}) for field in _FIELDS if field["name"] not in taken
    ]
    schema = claims.schema | {"fields": [*claims.fields, *fields]}
    names = [str(field["name"]) for field in fields]
    return replace(claims, schema=schema, rows=lambda: _rows(package, claims, names), resource=None)


def _rows(package: Package, claims: Table, names: list[str]) -> Iterator[Row]:
    events = _by_id(package, "events", "event_id")
    propositions = _by_id(package, "propositions", "proposition_id")
    for claim in claims.rows():
        event = events.get(claim.get("said_in_event_id"))
        proposition = propositions.get(claim.get("proposition_id"), {})
        when = {part: (event or claim).get(f"date_{part}") for part in _PARTS}
        held, sign = _HELD.get(str(claim.get("factuality"))[2:3], _OPEN)
        new = {_WHEN + part: value for part, value in when.items()} | {
            "date": when["latest"] or when["earliest"],
            "sign": sign,
            "held": held,
            "proposition": proposition.get("text"),
            "topic": proposition.get("topic"),
            "said_in": (event or {}).get("label"),
        }
        yield claim | {name: new[name] for name in names}


def _coded(package: Package) -> dict[str, JsonObject]:
    """The codes of the columns that are copied from a field with codes."""
    found = {}
    for column, table, name in (
        ("topic", "propositions", "topic"),
        ("when_basis", "events", "date_basis"),
    ):
        resource = package.resource(table)
        for field in resource.fields if resource is not None else []:
            if field["name"] == name and codes(field):
                found[column] = {"constraints": {"enum": codes(field)}}
    return found


def _by_id(package: Package, table: str, key: str) -> Mapping[Any, Row]:
    """The rows of a table by identifier; none if there is no such table."""
    resource = package.resource(table)
    return {row.get(key): row for row in rows(resource)} if resource is not None else {}
