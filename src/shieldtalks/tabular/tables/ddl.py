"""A Table Schema as the statements that make the table in SQLite: types, keys, checks, indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..engine.sql import glob, identifier, literal
from ..jsontext import JsonObject
from ..package.schema import ForeignKey, foreign_keys, kind, primary_key, unique_fields, unique_keys
from ..package.schema import constraints as constraints_of

#: The type of a column by that of its field; every other is TEXT.
_TYPES = {"integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER", "number": "REAL"}

_COMPARED = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}


def create_table(name: str, schemas: Mapping[str, JsonObject]) -> str:
    """The statement that makes the table `name` among the tables with these schemas.

    A foreign key is kept where its table is among them and the fields that it leads to are a key.
    """
    schema = schemas[name]
    key = primary_key(schema)
    parts = [_column(field, key) for field in schema["fields"]]
    if key:
        parts.append(f"PRIMARY KEY ({_names(key)})")
    parts += [f"UNIQUE ({_names(fields)})" for fields in _other_keys(schema) if fields != key]
    parts += [
        f"FOREIGN KEY ({_names(fields)}) REFERENCES {identifier(target)} ({_names(to)})"
        for fields, target, to in _held_keys(name, schema, schemas)
    ]
    return f"CREATE TABLE {identifier(name)} (\n  " + ",\n  ".join(parts) + "\n) STRICT"


def create_indexes(name: str, schemas: Mapping[str, JsonObject]) -> Iterator[str]:
    """The statements that make an index for each foreign key of a table that has none yet."""
    schema = schemas[name]
    indexed = [primary_key(schema), *_other_keys(schema)]
    for fields, _, _ in _held_keys(name, schema, schemas):
        if not any(known[: len(fields)] == fields for known in indexed):
            indexed.append(fields)
            index = f"{name}_by_{'_and_'.join(fields)}"
            while index.lower() in map(str.lower, schemas):
                index += "_"
            yield f"CREATE INDEX {identifier(index)} ON {identifier(name)} ({_names(fields)})"


def _names(fields: list[str]) -> str:
    return ", ".join(map(identifier, fields))


def _column(field: JsonObject, key: list[str]) -> str:
    name = identifier(field["name"])
    constraints = constraints_of(field)
    type_ = _TYPES.get(kind(field)[0], "TEXT")
    if type_ == "INTEGER" and key == [field["name"]]:
        type_ = (
            "INT"  # an INTEGER that is the key alone would be the row's number, and sort the rows
        )
    words = [name, type_]
    if field["name"] in key or constraints.get("required"):
        words.append("NOT NULL")
    words += [f"CHECK ({check})" for check in _checks(field, name, constraints)]
    return " ".join(words)


def _checks(field: JsonObject, name: str, constraints: JsonObject) -> list[str]:
    """What SQLite itself can check; a pattern only where GLOB says the same."""
    checks = []
    if kind(field)[0] == "boolean":
        checks.append(f"{name} IN (0, 1)")
    if constraints.get("enum"):
        listed = ", ".join(_value(field, value) for value in constraints["enum"])
        checks.append(f"{name} IN ({listed})")
    for word, operator in _COMPARED.items():
        if word in constraints:
            checks.append(f"{name} {operator} {_value(field, constraints[word])}")
    if "minLength" in constraints:
        checks.append(f"length({name}) >= {int(constraints['minLength'])}")
    if "maxLength" in constraints:
        checks.append(f"length({name}) <= {int(constraints['maxLength'])}")
    short = glob(str(constraints.get("pattern", "")))
    if short is not None and _TYPES.get(kind(field)[0]) is None:
        checks.append(f"{name} GLOB {literal(short)}")
    return checks


def _value(field: JsonObject, value: Any) -> str:
    type_ = _TYPES.get(kind(field)[0])
    if type_ is None:
        return literal(str(value))
    if kind(field)[0] == "boolean":
        return "1" if str(value) in ("True", "true", "TRUE", "1") else "0"
    try:
        return str(int(str(value)))
    except ValueError:
        return repr(float(value))


def _other_keys(schema: JsonObject) -> list[list[str]]:
    """The declared keys beside the primary one."""
    declared = [*([name] for name in unique_fields(schema)), *unique_keys(schema)]
    return list(map(list, dict.fromkeys(map(tuple, declared))))


def _held_keys(
    name: str, schema: JsonObject, schemas: Mapping[str, JsonObject]
) -> Iterator[ForeignKey]:
    """The foreign keys that SQLite can hold: those that refer to a key of one of these tables."""
    for key in foreign_keys(schema, name):
        if key.table in schemas:
            parent = schemas[key.table]
            if key.columns in [primary_key(parent), *_other_keys(parent)]:
                yield key
