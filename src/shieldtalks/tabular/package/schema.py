"""Answers to questions about a Table Schema: types of fields, keys, foreign keys, missing values.

These functions work on any JSON value in the place of a schema or a field, and never raise. They
ignore what the standard does not allow: the checks of the descriptor report it.
Source: Table Schema, Data Package v2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..findings import cut
from ..jsontext import JsonObject, dumps


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

#: Properties of a field that change what its texts mean.
MEANINGS = frozenset(
    {"decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "delimiter", "itemType"}
)

#: The types of field that may have `categories`.
WITH_CATEGORIES = frozenset({"string", "integer"})


def as_list(value: Any) -> list[str]:
    """One name or a list of names, as a list. Anything that is not a name is left out."""
    if isinstance(value, str):
        return [value]
    return [name for name in _list(value) if isinstance(name, str)]


def as_objects(value: Any) -> list[JsonObject]:
    """The objects of a list. Anything else in it is left out, and what is no list has none."""
    return [entry for entry in _list(value) if isinstance(entry, dict)]


def fields_of(schema: Any) -> list[JsonObject]:
    """The fields that have a name, in order."""
    return [
        field
        for field in _list(_object(schema).get("fields"))
        if isinstance(field, dict) and isinstance(field.get("name"), str)
    ]


#: The addresses that `$schema` has in descriptors of the two versions of the standard.
_PUBLISHED = re.compile(
    r"https?://(datapackage\.org/profiles/((?P<second>2)|1)[./].*|specs\.frictionlessdata\.io/schemas/.*)"
)


def unusable(schema: Any) -> str | None:
    """Why a value cannot be used as a schema at all; None if it can."""
    if not isinstance(schema, dict):
        shown = "a list" if isinstance(schema, list) else cut(dumps(schema), 40)
        return f"the schema is {shown}, not an object with a list of fields"
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        return "the schema has no list of fields"
    for entry in fields:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            return "the schema has a field without a name"
    return None


def kind(field: Any) -> tuple[str, str]:
    """The type and the format of a field, with the defaults filled in.

    The standard removes the prefix `fmt:` of a format, as patterns of dates once had it.
    """
    declared = _object(field)
    form = str(declared.get("format") or "default").removeprefix("fmt:")
    return str(declared.get("type") or "string"), form or "default"


def standard_version(*descriptors: Any) -> int | None:
    """The version of Data Package that a descriptor follows, 1 or 2; None if `$schema` is another address.

    Give the innermost descriptor first: the schema, the resource, the package. The first that has a
    `$schema` decides. The default of `$schema` is version 1.
    """
    declared = (_object(descriptor).get("$schema") for descriptor in descriptors)
    first = next((address for address in declared if address is not None), None)
    if first is None:
        return 1
    known = _PUBLISHED.fullmatch(first) if isinstance(first, str) else None
    return 2 if known and known["second"] else 1 if known else None


def with_types(schema: JsonObject, *descriptors: Any) -> JsonObject:
    """The schema, in which a field without a type has the type `any` if Data Package v2 applies.

    In v1 such a field is a string, which `kind` takes for granted. Give the descriptors around the
    schema, the innermost first.
    """
    fields = _list(schema.get("fields"))
    if all("type" in _object(field) for field in fields):
        return schema
    if standard_version(schema, *descriptors) != 2:
        return schema
    typed = [{"type": "any"} | field if isinstance(field, dict) else field for field in fields]
    return schema | {"fields": typed}


def with_null(schema: JsonObject, text: str | None) -> JsonObject:
    """The schema, in which a text means "no value" in each field: the `nullSequence` of the dialect."""
    if text is None or not isinstance(schema.get("missingValues", []), list):
        return schema
    fields = [
        _with_missing(field, text)
        if isinstance(_object(field).get("missingValues"), list)
        else field
        for field in _list(schema.get("fields"))
    ]
    return _with_missing({"missingValues": [""]} | schema, text) | {"fields": fields}


def _with_missing(side: JsonObject, text: str) -> JsonObject:
    """A schema or a field with one more missing value."""
    listed = _list(side["missingValues"])
    if text in missing_values(side, {}):
        return side
    are_objects = any(isinstance(entry, dict) for entry in listed)
    return side | {"missingValues": [*listed, {"value": text} if are_objects else text]}


def constraints(field: Any) -> JsonObject:
    """The constraints of a field; empty if it has none."""
    return _object(_object(field).get("constraints"))


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
    if kind(field)[0] not in WITH_CATEGORIES:
        return []
    return [value for value, _ in labelled_categories(field)]


def codes(field: Any) -> list[str]:
    """The allowed values of a text field, in order; empty if they are not listed.

    The order is that of the categories if the field has some.
    """
    stated, named = _list(constraints(field).get("enum")), categories(_object(field))
    listed = [value for value in named if value in stated or not stated] or stated
    is_text = kind(field)[0] == "string" and all(isinstance(value, str) for value in listed)
    return list(dict.fromkeys(listed)) if is_text else []


def labelled_categories(field: Any) -> list[tuple[Any, Any]]:
    """The value and the label of each category of a field, in order; the label is None if it has none."""
    return [
        (entry.get("value"), entry.get("label")) if isinstance(entry, dict) else (entry, None)
        for entry in _list(_object(field).get("categories"))
    ]


def missing_values(schema: Any, field: Any) -> list[str]:
    """The texts that mean "no value" in a field of this schema."""
    declared = _missing(schema, field)
    if declared is None:
        return [""]
    return as_list([entry.get("value") if isinstance(entry, dict) else entry for entry in declared])


def missing_labels(schema: Any, field: Any) -> dict[str, str]:
    """The label of each text that means "no value" in a field of this schema and has a label."""
    entries = [entry for entry in _missing(schema, field) or [] if isinstance(entry, dict)]
    return {
        entry["value"]: entry["label"]
        for entry in entries
        if isinstance(entry.get("value"), str) and isinstance(entry.get("label"), str)
    }


def _missing(schema: Any, field: Any) -> list[Any] | None:
    """The missing values that the field declares, otherwise those of the schema."""
    for side in (_object(field), _object(schema)):
        if isinstance(side.get("missingValues"), list):
            return _list(side["missingValues"])
    return None


#: How the fields of a schema and the columns of a file may differ; the first is the default.
FIELDS_MATCH = ("exact", "equal", "subset", "superset", "partial")


def fields_match(schema: Any) -> str:
    """How the columns of a file match the fields: one of FIELDS_MATCH.

    It may be written as a list of one, as the first profile of v2 had it.
    """
    declared = _object(schema).get("fieldsMatch")
    if isinstance(declared, list) and len(declared) == 1:
        declared = declared[0]
    return declared if declared in FIELDS_MATCH else FIELDS_MATCH[0]


def primary_key(schema: Any) -> list[str]:
    """The fields of the primary key; empty if there is none."""
    return as_list(_object(schema).get("primaryKey"))


def unique_keys(schema: Any) -> list[list[str]]:
    """The fields of each key that `uniqueKeys` lists."""
    return [as_list(key) for key in _list(_object(schema).get("uniqueKeys"))]


def other_keys(schema: JsonObject) -> list[list[str]]:
    """The keys of a schema other than the primary key: its unique fields and its unique keys."""
    declared = [*([name] for name in unique_fields(schema)), *unique_keys(schema)]
    return list(map(list, dict.fromkeys(map(tuple, declared))))


def unique_fields(schema: Any) -> list[str]:
    """The fields whose values must be unique."""
    return [field["name"] for field in fields_of(schema) if constraints(field).get("unique")]


def own_keys(schema: Any) -> list[tuple[str, list[str]]]:
    """Each key that identifies rows, with the rule that checks it."""
    primary = primary_key(schema)
    return [
        *([("primary-key", primary)] if primary else []),
        *(("unique-key", key) for key in unique_keys(schema) if key),
        *(("unique", [name]) for name in unique_fields(schema)),
    ]


def foreign_keys(schema: Any, own: str) -> list[ForeignKey]:
    """The foreign keys of the table with the name `own`, in order."""
    return list(_foreign_keys(schema, own))


def _foreign_keys(schema: Any, own: str) -> Iterator[ForeignKey]:
    for key in _list(_object(schema).get("foreignKeys")):
        reference = _object(key).get("reference")
        if isinstance(reference, dict):
            table = str(reference.get("resource") or own)
            yield ForeignKey(as_list(key.get("fields")), table, as_list(reference.get("fields")))


def required_fields(schema: Any) -> set[str]:
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


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}
