"""Flat tables: the columns of a view, described by the fields from which their values are copied."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..tabular.jsontext import JsonObject
from ..tabular.tables.rows import Row

#: Columns in order, each with the table and field from which its values are copied, or its description.
Columns = Mapping[str, tuple[str, str] | str]


def flat_fields(
    columns: Columns,
    schemas: Mapping[str, JsonObject],
    *,
    filled: Collection[str],
    codes: Mapping[str, Sequence[str]],
    meanings: Mapping[str, str] | None = None,
) -> list[JsonObject]:
    """The fields of the columns, given the schemas of the tables. Raises KeyError if one is missing.

    The columns in `filled` are never empty. `codes` are all values of a column that no table has,
    and `meanings` are descriptions other than that of the copied field.
    """
    known = {
        (name, field["name"]): field
        for name, schema in schemas.items()
        for field in schema["fields"]
    }
    return [
        _own(name, source, codes.get(name), is_filled=name in filled)
        if isinstance(source, str)
        else _copied(name, known[source], (meanings or {}).get(name), is_filled=name in filled)
        for name, source in columns.items()
    ]


def flat_rows(database: sqlite3.Connection, view: str, columns: Columns) -> Iterator[Row]:
    """The rows of a view."""
    for values in database.execute(f"SELECT {', '.join(columns)} FROM {view}"):
        yield dict(zip(columns, values, strict=True))


def _own(
    name: str, description: str, codes: Sequence[str] | None, *, is_filled: bool
) -> JsonObject:
    """The field of a column that no table has."""
    constraints: JsonObject = {"required": is_filled} | ({"enum": list(codes)} if codes else {})
    return {"name": name, "type": "string", "description": description, "constraints": constraints}


def _copied(name: str, field: JsonObject, meaning: str | None, *, is_filled: bool) -> JsonObject:
    """The field of a column that a table has; here its values can repeat, and can be missing."""
    constraints = dict(field.get("constraints") or {})
    constraints.pop("unique", None)
    constraints["required"] = is_filled
    described = {"description": meaning} if meaning else {}
    return field | {"name": name, "constraints": constraints} | described
