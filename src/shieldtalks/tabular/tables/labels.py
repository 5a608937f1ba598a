"""Words beside codes: each coded field, and each key to actors or codes, gets a neighbour for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..package.package import JsonObject, Package, as_list, referred
from .rows import Row, Table, rows

#: What the neighbour of a field is called: the field with this behind it.
SUFFIX = "_label"

#: The field that names a row, of the tables whose rows are named beside a key to them.
NAMES = {"actors": "name", "codes": "label"}

#: The words for the values of a field.
Words = Mapping[Any, str]


def labelled(package: Package, table: Table) -> Table:
    """A table with a column of words behind each field of codes or of keys to actors or codes.

    A field whose neighbour's name is taken is left as it is.
    """
    taken = {field["name"] for field in table.fields}
    words = {
        field["name"]: found
        for field in table.fields
        if field["name"] + SUFFIX not in taken and (found := _words(package, table, field))
    }
    fields: list[JsonObject] = []
    for field in table.fields:
        fields.append(field)
        if field["name"] in words:
            fields.append(_neighbour(field))
    return replace(
        table,
        schema=table.schema | {"fields": fields},
        rows=lambda: _rows(table, words),
        resource=None,
    )


def _rows(table: Table, words: Mapping[str, Words]) -> Iterator[Row]:
    for row in table.rows():
        wider: Row = {}
        for name, value in row.items():
            wider[name] = value
            if name in words:
                wider[name + SUFFIX] = words[name].get(value)
        yield wider


def _words(package: Package, table: Table, field: JsonObject) -> Words:
    """The words for the values of a field; empty where it has none."""
    categories = field.get("categories") or []
    listed = {
        entry["value"]: str(entry["label"])
        for entry in categories
        if isinstance(entry, dict)
        and entry.get("label")
        and isinstance(entry.get("value"), str | int | float)
    }
    return listed or _names(package, table, str(field["name"]))


def _names(package: Package, table: Table, field: str) -> Words:
    """The names of the rows that a key refers to."""
    for key in table.schema.get("foreignKeys") or []:
        goal = referred(key, table.name)
        resource = package.resource(goal)
        if as_list(key["fields"]) == [field] and goal in NAMES and resource is not None:
            if NAMES[goal] not in resource.field_names:
                return {}
            (column,) = as_list(key["reference"]["fields"])
            return {row[column]: row[NAMES[goal]] for row in rows(resource)}
    return {}


def _neighbour(field: JsonObject) -> JsonObject:
    return {
        "name": field["name"] + SUFFIX,
        "type": "string",
        "description": f"`{field['name']}` in words.",
    }
