"""Proposals, answers and claims with their dates, signs and states joined in, ready to count and to plot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.schema import codes
from ..tabular.tables.rows import Row, Table, rows

#: For each table: the field with the event in which it was done or said, the name of the new column with
#: the short name of that event, and a row and its occasion in words.
_OCCASIONS = {
    "proposals": ("made_in_event_id", "made_in", "proposal", "made"),
    "responses": ("event_id", "given_in", "answer", "given"),
    "claims": ("said_in_event_id", "said_in", "claim", "made"),
}

#: The parts of a date, and how the columns with the date of the occasion begin.
_PARTS, _WHEN = ("edtf", "earliest", "latest", "basis"), "when_"

#: What a claim does with its proposition, by the sign of its factuality.
_HELD = {"+": ("true", 1), "-": ("false", -1)}
_OPEN = ("open", 0)

#: The new columns of the claims.
_CLAIM_FIELDS: tuple[JsonObject, ...] = (
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
)

#: What a new column of a table has in a row, given the row.
_New = Callable[[Row], Row]


def joined(package: Package, name: str, table: Table) -> Table:
    """A table with new columns at the end, if it has any. A column that it already has stays as it is."""
    taken = {field["name"] for field in table.fields}
    if name not in _OCCASIONS or _OCCASIONS[name][0] not in taken:
        return table
    about, add = _about(package, name)
    date, *others = _occasion_fields(package, name)
    fields = [field for field in (date, *about, *others) if field["name"] not in taken]
    schema = table.schema | {"fields": [*table.fields, *fields]}
    names = [str(field["name"]) for field in fields]
    found = _occasions(package, name)

    def with_new() -> Iterator[Row]:
        when, new = found(), add()
        for row in table.rows():
            values = when(row) | new(row)
            yield row | {column: values.get(column) for column in names}

    return replace(table, schema=schema, rows=with_new, resource=None)


def _occasion_fields(package: Package, name: str) -> list[JsonObject]:
    event, label, one, done = _OCCASIONS[name]
    own = " or, if that is empty, its own date" if name != "proposals" else ""
    basis = _codes(package, "events", "date_basis")
    return [
        {
            "name": "date",
            "type": "date",
            "description": f"A day to plot the {one} on: the last day on which it can have been {done}. "
            "If that is not known, the first day.",
        },
        {"name": label, "type": "string", "description": f"Short name of `{event}`."},
        {
            "name": "when_edtf",
            "type": "string",
            "description": f"When it was {done}, in EDTF: the date of `{event}`{own}.",
        },
        {
            "name": "when_earliest",
            "type": "date",
            "description": "First possible day of `when_edtf`.",
        },
        {"name": "when_latest", "type": "date", "description": "Last possible day of `when_edtf`."},
        {"name": "when_basis", "type": "string", "description": "How `when_edtf` is known."}
        | basis,
    ]


def _occasions(package: Package, name: str) -> Callable[[], _New]:
    """What finds the date of a row: that of its event or, without an event, its own."""
    field, label, *_ = _OCCASIONS[name]

    def load() -> _New:
        events = _by_id(package, "events", "event_id")

        def of(row: Row) -> Row:
            event = events.get(row.get(field))
            when = {part: (event or row).get(f"date_{part}") for part in _PARTS}
            return {_WHEN + part: value for part, value in when.items()} | {
                "date": when["latest"] or when["earliest"],
                label: (event or {}).get("label"),
            }

        return of

    return load


def _about(package: Package, name: str) -> tuple[list[JsonObject], Callable[[], _New]]:
    """The other new columns of a table, and what finds their values."""
    if name == "claims":
        topic = _codes(package, "propositions", "topic")
        fields = [field | (topic if field["name"] == "topic" else {}) for field in _CLAIM_FIELDS]
        return fields, lambda: _stances(package)
    if name == "proposals":
        return _state_fields(package), lambda: _states(package)
    return [], lambda: lambda _: {}


def _stances(package: Package) -> _New:
    propositions = _by_id(package, "propositions", "proposition_id")

    def of(claim: Row) -> Row:
        proposition = propositions.get(claim.get("proposition_id"), {})
        held, sign = _HELD.get(str(claim.get("factuality"))[2:3], _OPEN)
        return {
            "sign": sign,
            "held": held,
            "proposition": proposition.get("text"),
            "topic": proposition.get("topic"),
        }

    return of


#: The columns of the ledger that a proposal gets.
_STATE = ("state", "state_brief")


def _state_fields(package: Package) -> list[JsonObject]:
    """The columns with the state; none if the package does not have what the ledger needs."""
    from .ledger.flat import flat

    try:
        return [field for field in flat(package).fields if field["name"] in _STATE]
    except CannotRun:
        return []


def _states(package: Package) -> _New:
    from .ledger.entries import ledger

    try:
        found = {entry.proposal_id: entry for entry in ledger(package)}
    except CannotRun:
        found = {}

    def of(proposal: Row) -> Row:
        entry = found.get(str(proposal.get("proposal_id")))
        return {"state": entry.state, "state_brief": entry.brief} if entry else {}

    return of


def _codes(package: Package, table: str, name: str) -> JsonObject:
    """The codes of a field, as the constraint of a column that is copied from it."""
    resource = package.resource(table)
    for field in resource.fields if resource is not None else []:
        if field["name"] == name and codes(field):
            return {"constraints": {"enum": codes(field)}}
    return {}


def _by_id(package: Package, table: str, key: str) -> Mapping[Any, Row]:
    """The rows of a table by identifier; none if there is no such table."""
    resource = package.resource(table)
    return {row.get(key): row for row in rows(resource)} if resource is not None else {}
