"""Labels for people: a new column with words next to each field of codes and each key to named rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..jsontext import JsonObject
from ..package import Package
from ..package.schema import foreign_keys
from .rows import Row, Table, rows

#: The name of the new column is the name of the field with this suffix.
SUFFIX = "_label"

#: The label of each value of a field.
Labels = Mapping[Any, str]


def labelled(package: Package, table: Table, names: Mapping[str, str]) -> Table:
    """A table with a column of labels after each field of codes and each key to a named row.

    `names` gives, for each table whose rows have a name, the field with the name. If the table already
    has a column with the name of the new column, the new name gets one more `_` at its end.
    """
    taken = {field["name"].casefold() for field in table.fields}
    labels: dict[str, tuple[str, Labels]] = {}
    fields: list[JsonObject] = []
    for field in table.fields:
        fields.append(field)
        found = _labels(package, table, field, names)
        if found:
            column = field["name"] + SUFFIX
            while column.casefold() in taken:
                column += "_"
            taken.add(column.casefold())
            labels[field["name"]] = column, found
            fields.append(_label_field(field, column))
    return replace(
        table,
        schema=table.schema | {"fields": fields},
        rows=lambda: _rows(table, labels),
        resource=None,
    )


def _rows(table: Table, labels: Mapping[str, tuple[str, Labels]]) -> Iterator[Row]:
    for row in table.rows():
        labelled_row: Row = {}
        for name, value in row.items():
            labelled_row[name] = value
            if name in labels:
                column, words = labels[name]
                labelled_row[column] = words.get(value)
        yield labelled_row


def _labels(package: Package, table: Table, field: JsonObject, names: Mapping[str, str]) -> Labels:
    """The labels of the values of a field; empty if it has none."""
    categories = field.get("categories") or []
    listed = {
        entry["value"]: str(entry["label"])
        for entry in categories
        if isinstance(entry, dict)
        and entry.get("label")
        and isinstance(entry.get("value"), str | int | float)
    }
    return listed or _names(package, table, str(field["name"]), names)


def _names(package: Package, table: Table, field: str, names: Mapping[str, str]) -> Labels:
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


def _label_field(field: JsonObject, name: str) -> JsonObject:
    return {
        "name": name,
        "type": "string",
        "description": f"`{field['name']}` in words.",
    }
