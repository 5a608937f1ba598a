"""Each SQL view of the record as a table, with a type and a description for each column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

from ..tabular.findings import CannotRun
from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.schema import codes
from ..tabular.tables.database import has_view
from ..tabular.tables.rows import Row, Table
from ..tabular.types import type_of
from .views import open_record, selects

#: What a column contains, if no field of the same name says so.
_MEANINGS = {
    "as_of": "The day up to which the view counts what was done. Empty: no limit.",
    "known_by": "The day up to which the view counts what was published. Empty: no limit.",
    "kind": "How the two claims contradict each other: denies, excludes or implies.",
    "text": "The claim in our own words, with its sign and its caution.",
    "proposition": "The text of `proposition_id`.",
    "source": "The title of `source_id`.",
    "publisher": "Name of the outlet that published the source.",
    "notes": "What you should know about this row.",
    "chain": "The speakers, from the first one to the outlet.",
    "record": "The name of the row that the span supports.",
    "record_id": "The row that the span supports.",
    "field": "The field that the span supports. Empty: the whole row.",
    "said_in": "Short name of `said_in_event_id`.",
    "voiced_by_id": "Who said it, according to the source.",
    "event_id": "The event in which it was done.",
    "date_edtf": "The date of the event or, if there is none, of the row itself, in EDTF.",
    "start": "Where the span starts, in characters of the canonical text.",
    "length": "The length of the span, in characters of the canonical text.",
    "sha256": "SHA-256 (hex) of the span.",
    "factuality": "How certain the claimant is that the proposition is true or false (FactBank).",
    "other_id": "The claim that contradicts the first one.",
    "other_text": "The other claim in our own words.",
    "other_factuality": "`factuality` of the other claim.",
    "other_claimant_id": "Whose view the other claim is.",
    "other_proposition_id": "The proposition of the other claim.",
    "is_planned": "Whether the answer is only planned or threatened.",
    "is_certain": "Whether it was certainly done by the day `as_of`.",
    "is_standing": "Whether it has no known start, so that it counts on every day.",
    "is_agreement": "Whether nobody put the proposal forward: it is an agreement.",
    "done": "What the ledger calls the result of the move.",
    "weight": "Effect on the state: the answer decides, is overtaken by a later one, or is noted.",
    "told_by": "The outlets that report the move of somebody else in their own voice.",
    "brief": "The move in a word or two.",
    "words": "The move in a phrase: who, on what authority and when.",
    "act_words": "The part of `words` with the result, the party and the authority.",
    "date_words": "The part of `words` with the date.",
}


def view_table(package: Package, name: str) -> Table:
    """A view of the record as a table. Raises CannotRun if the package has not what the view needs."""
    with closing(open_record(package)) as database:
        if not has_view(database, name):
            raise CannotRun(
                f'{package.name} has no view "{name}"',
                "Its tables do not have all the fields that the view reads.",
            )
        cursor = database.execute(f"SELECT * FROM {name}")  # a name of ours
        columns = [str(column[0]) for column in cursor.description]
        values = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(columns)
    known = _fields(package)
    fields = [
        _field(column, cells, known, columns) for column, cells in zip(columns, values, strict=True)
    ]
    typed = [_values(field, cells) for field, cells in zip(fields, values, strict=True)]
    rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in zip(*typed, strict=True)]
    schema: JsonObject = {"name": name, "title": _title(name), "fields": fields}
    return Table(name, _title(name), schema, lambda: iter(rows))


def _title(name: str) -> str:
    """The first sentence of the comment at the start of a view."""
    lines = selects()[name].splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("--")), 0)
    return " ".join(line.removeprefix("--").strip() for line in lines[:end]).partition(". ")[0]


def _fields(package: Package) -> dict[str, list[JsonObject]]:
    """The fields of all tables by name. If one of them is the key of its table, only this one."""
    found: dict[str, list[JsonObject]] = defaultdict(list)
    for resource in package.resources:
        for field in resource.fields:
            found[field["name"]].append(field)
    for resource in package.resources:
        for field in resource.fields:
            if resource.primary_key == [field["name"]]:
                found[field["name"]] = [field]
    return found


def _field(
    name: str, values: Sequence[Any], known: dict[str, list[JsonObject]], columns: Sequence[str]
) -> JsonObject:
    """The field of a column: the one of a table that its values fit, otherwise one of its own."""
    same = known.get(name, [])
    description = _MEANINGS.get(name) or _described(name, same, columns)
    for field in same if len({str(codes(field)) for field in same}) == 1 else []:
        if _fits(field, values):
            kept: JsonObject = {
                key: field[key] for key in ("type", "format", "categories") if key in field
            }
            enum: JsonObject = {"constraints": {"enum": codes(field)}} if codes(field) else {}
            return {"name": name, **kept, "description": description, **enum}
    return {"name": name, "type": _type(name, values), "description": description}


def _described(name: str, same: Sequence[JsonObject], columns: Iterable[str]) -> str:
    if f"{name}_id" in columns:
        return f"Name of `{name}_id`."
    if name.removesuffix("_label") in columns and name.endswith("_label"):
        return f"`{name.removesuffix('_label')}` in words."
    words = name.replace("_", " ")
    described = {str(field.get("description") or "") for field in same}
    return described.pop() if len(described) == 1 else f"{words[:1].upper()}{words[1:]}."


def _fits(field: JsonObject, values: Iterable[Any]) -> bool:
    allowed, type_ = codes(field), type_of(field)
    return all(
        value is None or (value in allowed if allowed else type_.fits_column(value))
        for value in values
    )


def _type(name: str, values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        flags = name.startswith(("is_", "has_")) and {*values} <= {0, 1, None}
        return "boolean" if flags else "integer"
    return "number" if kinds and kinds <= {int, float} else "string"


def _values(field: JsonObject, values: Sequence[Any]) -> list[Any]:
    if field["type"] == "boolean":
        return [None if value is None else bool(value) for value in values]
    if field["type"] == "string":
        return [None if value is None else str(value) for value in values]
    return list(values)
