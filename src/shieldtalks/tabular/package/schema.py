"""Answers to questions about a Table Schema: types of fields, keys, foreign keys, missing values.

These functions work on any schema, even on one that breaks the standard. They ignore what the
standard does not allow: the checks of the descriptor report it.
Source: Table Schema, Data Package v2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..jsontext import JsonObject


class ForeignKey(NamedTuple):
    """A foreign key: its fields, the table that it refers to, and the fields of that table, in order."""

    fields: list[str]
    #: The name of the table that it refers to, which can be its own table.
    table: str
    columns: list[str]


_ORDERED = frozenset(
    {"integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth"}
)
_SIZED = frozenset({"string", "array", "object", "list", "geojson"})

#: The types of field that have a constraint (Table Schema, "Field Constraints"). Every type has a
#: constraint that is not listed here.
TYPES_WITH: dict[str, frozenset[str]] = {
    "minimum": _ORDERED,
    "maximum": _ORDERED,
    "exclusiveMinimum": _ORDERED,
    "exclusiveMaximum": _ORDERED,
    "minLength": _SIZED,
    "maxLength": _SIZED,
    "pattern": frozenset({"string"}),
    "jsonSchema": frozenset({"object", "array", "geojson"}),
}

#: The types of field that may have `categories`.
WITH_CATEGORIES = frozenset({"string", "integer"})


def as_list(value: Any) -> list[str]:
    """One name or a list of names, as a list. Anything that is not a name is left out."""
    if isinstance(value, str):
        return [value]
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def fields_of(schema: JsonObject) -> list[JsonObject]:
    """The fields, in order."""
    return list(schema.get("fields", []))


def kind(field: JsonObject) -> tuple[str, str]:
    """The type and the format of a field, with the defaults filled in."""
    return str(field.get("type") or "string"), str(field.get("format") or "default")


def constraints(field: JsonObject) -> JsonObject:
    """The constraints of a field; empty if it has none."""
    declared = field.get("constraints")
    return declared if isinstance(declared, dict) else {}


def misfits(field: JsonObject) -> list[str]:
    """The constraints that the type of a field does not have. They are a fault and are not checked."""
    own = kind(field)[0]
    return [name for name in constraints(field) if own not in TYPES_WITH.get(name, {own})]


def checked_constraints(field: JsonObject) -> JsonObject:
    """The constraints of a field that its type has."""
    left_out = misfits(field)
    declared = constraints(field)
    return {name: declared[name] for name in declared if name not in left_out}


def categories(field: JsonObject) -> list[Any]:
    """The values of the categories of a field; empty if it has none, or if its type has none."""
    listed = field.get("categories")
    if not isinstance(listed, list) or kind(field)[0] not in WITH_CATEGORIES:
        return []
    return [entry.get("value") if isinstance(entry, dict) else entry for entry in listed]


def codes(field: JsonObject) -> list[str]:
    """The allowed values of a text field, in order; empty if they are not listed."""
    listed = constraints(field).get("enum") or []
    is_text = kind(field)[0] == "string" and all(isinstance(value, str) for value in listed)
    return list(dict.fromkeys(listed)) if is_text else []


def missing_values(schema: JsonObject, field: JsonObject) -> list[str]:
    """The texts that mean "no value" in a field of this schema."""
    values: Any = field.get("missingValues", schema.get("missingValues", [""]))
    return [str(value["value"] if isinstance(value, dict) else value) for value in values]


def primary_key(schema: JsonObject) -> list[str]:
    """The fields of the primary key; empty if there is none."""
    return as_list(schema.get("primaryKey"))


def unique_keys(schema: JsonObject) -> list[list[str]]:
    """The fields of each key that `uniqueKeys` lists."""
    return [as_list(key) for key in _list(schema.get("uniqueKeys"))]


def unique_fields(schema: JsonObject) -> list[str]:
    """The fields whose values must be unique."""
    return [field["name"] for field in fields_of(schema) if constraints(field).get("unique")]


def own_keys(schema: JsonObject) -> list[tuple[str, list[str]]]:
    """Each key that identifies rows, with the rule that checks it."""
    primary = primary_key(schema)
    return [
        *([("primary-key", primary)] if primary else []),
        *(("unique-key", key) for key in unique_keys(schema)),
        *(("unique", [name]) for name in unique_fields(schema)),
    ]


def foreign_keys(schema: JsonObject, own: str) -> list[ForeignKey]:
    """The foreign keys of the table with the name `own`, in order."""
    return list(_foreign_keys(schema, own))


def _foreign_keys(schema: JsonObject, own: str) -> Iterator[ForeignKey]:
    for key in _list(schema.get("foreignKeys")):
        reference = key.get("reference") if isinstance(key, dict) else None
        if isinstance(reference, dict):
            table = str(reference.get("resource") or own)
            yield ForeignKey(as_list(key.get("fields")), table, as_list(reference.get("fields")))


def required_fields(schema: JsonObject) -> set[str]:
    """The fields that must have a value: required fields and the primary key."""
    required = {field["name"] for field in fields_of(schema) if constraints(field).get("required")}
    return required.union(primary_key(schema))


def without_foreign_keys(schema: JsonObject, own: str, kept: set[str]) -> JsonObject:
    """The schema without the foreign keys that refer to a table outside `kept`."""
    keys = [
        entry
        for entry in _list(schema.get("foreignKeys"))
        if all(key.table in kept for key in _foreign_keys({"foreignKeys": [entry]}, own))
    ]
    rest = {name: value for name, value in schema.items() if name != "foreignKeys"}
    return rest | {"foreignKeys": keys} if keys else rest


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
