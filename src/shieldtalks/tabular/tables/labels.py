"""Words beside codes: each coded field, and each key to actors or codes, gets a neighbour for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..jsontext import JsonObject
from ..package import Package
from ..package.schema import foreign_keys
from .rows import Row, Table, rows

#: What the neighbour of a field is called: the field with this behind it.
SUFFIX = "_label"

#: The words for the values of a field.
Words = Mapping[Any, str]


def labelled(package: Package, table: Table, names: Mapping[str, str]) -> Table:
    """A table with a column of words behind each field of codes and each key to a named row.

    `names` gives, for each table whose rows have a name, the field that holds it.

    A field whose neighbour's name is taken is left as it is.
    """
    taken = {field["name"] for field in table.fields}
    words = {
        field["name"]: found
        for field in table.fields
        if field["name"] + SUFFIX not in taken and (found := _words(package, table, field, names))
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


def _words(package: Package, table: Table, field: JsonObject, names: Mapping[str, str]) -> Words:
    """The words for the values of a field; empty where it has none."""
    categories = field.get("categories") or []
    listed = {
        entry["value"]: str(entry["label"])
        for entry in categories
        if isinstance(entry, dict)
        and entry.get("label")
        and isinstance(entry.get("value"), str | int | float)
    }
    return listed or _names(package, table, str(field["name"]), names)


def _names(package: Package, table: Table, field: str, names: Mapping[str, str]) -> Words:
    """The names of the rows that a key refers to."""
    for key in foreign_keys(table.schema, table.name):
        resource = package.resource(key.table)
        if key.fields == [field] and key.table in names and resource is not None:
            name = names[key.table]
            if name not in resource.field_names:
                return {}
            (column,) = key.columns
            return {row[column]: row[name] for row in rows(resource)}
    return {}


def _neighbour(field: JsonObject) -> JsonObject:
    return {
        "name": field["name"] + SUFFIX,
        "type": "string",
        "description": f"`{field['name']}` in words.",
    }
