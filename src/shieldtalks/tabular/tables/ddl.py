"""The SQL that makes a table in SQLite from its Table Schema: types, keys, checks, indexes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import inf, isfinite
from typing import Any

from ..engine.sql import constant, glob, identifier, literal
from ..jsontext import JsonObject, LongNumber, exact_float
from ..package.schema import (
    ForeignKey,
    fields_of,
    foreign_keys,
    other_keys,
    primary_key,
)
from ..package.schema import constraints as constraints_of
from ..types import FieldType, type_of

#: Decimal numbers of at most this many characters are read by SQLite as by everybody else.
_SURE_CHARACTERS = 12

_COMPARED = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}


def create_table(
    name: str, schemas: Mapping[str, JsonObject], inexact: Collection[str] = ()
) -> str:
    """The statement that makes the table `name`; `inexact` are fields with numbers that are rounded.

    It has a foreign key only if `schemas` has the other table and the fields there are a key.
    """
    schema = schemas[name]
    key = primary_key(schema)
    parts = [
        _column(field, key, is_exact=field["name"] not in inexact) for field in schema["fields"]
    ]
    if key:
        parts.append(f"PRIMARY KEY ({_names(key)})")
    parts += [f"UNIQUE ({_names(fields)})" for fields in other_keys(schema) if fields != key]
    parts += [
        f"FOREIGN KEY ({_names(fields)}) REFERENCES {identifier(target)} ({_names(to)})"
        for fields, target, to in _held_keys(name, schema, schemas)
    ]
    return f"CREATE TABLE {identifier(name)} (\n  " + ",\n  ".join(parts) + "\n) STRICT"


def create_indexes(name: str, schemas: Mapping[str, JsonObject], taken: set[str]) -> Iterator[str]:
    """The statements that make an index for each foreign key that has none yet.

    The name of each index is added to `taken`, the names in lower case that are in use.
    """
    schema = schemas[name]
    indexed = [primary_key(schema), *other_keys(schema)]
    for fields, _, _ in _held_keys(name, schema, schemas):
        if not any(known[: len(fields)] == fields for known in indexed):
            indexed.append(fields)
            index = f"{name}_by_{'_and_'.join(fields)}"
            while index.lower() in taken:
                index += "_"
            taken.add(index.lower())
            yield f"CREATE INDEX {identifier(index)} ON {identifier(name)} ({_names(fields)})"


def unknown_fields(schema: JsonObject) -> list[str]:
    """What keys of a schema name although it is no field of the table."""
    known = {field["name"] for field in fields_of(schema)}
    keys = [primary_key(schema), *other_keys(schema)]
    keys += [key.fields for key in foreign_keys(schema, "")]
    return [name for key in keys for name in key if name not in known]


def _names(fields: list[str]) -> str:
    return ", ".join(map(identifier, fields))


def _column(field: JsonObject, key: list[str], *, is_exact: bool) -> str:
    name = identifier(field["name"])
    constraints = constraints_of(field)
    type_ = type_of(field)
    # An INTEGER that is the whole key would become the row's number and change the order of rows.
    is_row_number = type_.sqlite == "INTEGER" and key == [field["name"]]
    words = [name, "INT" if is_row_number else type_.sqlite]
    if field["name"] in key or constraints.get("required"):
        words.append("NOT NULL")
    words += [f"CHECK ({check})" for check in _checks(type_, name, constraints, is_exact=is_exact)]
    return " ".join(words)


def _checks(type_: FieldType, name: str, constraints: JsonObject, *, is_exact: bool) -> list[str]:
    """What SQLite can check by itself; a pattern only if GLOB can express it."""
    checks = []
    if type_.sqlite_check:
        checks.append(type_.sqlite_check.format(x=name))
    if constraints.get("enum") and type_.stores_values:
        stored = [_stored(type_, value) for value in constraints["enum"]]
        if all(map(_is_sure, stored)):
            checks.append(f"{name} IN ({', '.join(map(constant, stored))})")
    for word, operator in _COMPARED.items():
        if word in constraints and type_.stores_values:
            limit = _stored(type_, constraints[word])
            if _is_sure(limit):
                # Where a value or the limit is rounded, the two can become equal, but never change sides.
                is_rounded = type(limit) is float and _is_long(constraints[word])
                strict = is_exact and not is_rounded
                sign = operator if strict else f"{operator[0]}="
                checks.append(f"{name} {sign} {constant(limit)}")
    if type_.size is not None:
        return checks
    if "minLength" in constraints:
        checks.append(f"length({name}) >= {int(constraints['minLength'])}")
    if "maxLength" in constraints:
        checks.append(f"length({name}) <= {int(constraints['maxLength'])}")
    short = glob(str(constraints.get("pattern", "")))
    if short is not None and type_.sqlite == "TEXT":
        checks.append(f"{name} GLOB {literal(short)}")
    return checks


def _stored(type_: FieldType, stated: Any) -> str | int | float:
    """A value that a schema states, as the column holds it; infinite if no double is near it."""
    value = type_.stored_value(stated)
    try:
        return float(value) if type_.sqlite == "REAL" or isinstance(value, float) else value
    except OverflowError:
        return inf


def _is_long(stated: Any) -> bool:
    """Whether a number that a schema states has more digits than a double."""
    return isinstance(exact_float(str(stated)), LongNumber)


def _is_sure(value: str | int | float) -> bool:
    """Whether SQLite reads the value in SQL as what it is: its own reader of numbers is not exact."""
    if isinstance(value, int):
        return -(2**63) < value < 2**63
    if not isinstance(value, float):
        return True
    digits, _, exponent = repr(float(value)).partition("e")
    return isfinite(value) and not exponent and len(digits) <= _SURE_CHARACTERS


def _are_texts_of_values(schema: JsonObject, names: list[str]) -> bool:
    """Whether a field of a key is stored as text, and can be written in several ways."""
    types = [type_of(field) for field in schema["fields"] if field["name"] in names]
    return any(type_.has_many_spellings and not type_.stores_values for type_ in types)


def _held_keys(
    name: str, schema: JsonObject, schemas: Mapping[str, JsonObject]
) -> Iterator[ForeignKey]:
    """The foreign keys that SQLite allows: those that refer to a key of one of these tables.

    SQLite would not find a value that is written in another way there, such as a time with a zone.
    """
    for key in foreign_keys(schema, name):
        if key.table in schemas and not _are_texts_of_values(schema, key.fields):
            parent = schemas[key.table]
            if key.columns in [primary_key(parent), *other_keys(parent)]:
                yield key
