"""The links between tables, for an engine that keeps only what it needs.

Faulty parts of a schema are ignored, because such a table is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..package import Resource
from ..package.schema import categories, constraints, kind, own_keys
from ..types import type_of

#: A column: the name of its table and its own.
Column = tuple[str, str]


def key_columns(resources: Sequence[Resource]) -> dict[str, set[str]]:
    """For each table, the fields of its keys and the fields that other tables refer to."""
    keys = {resource.name: _own_fields(resource) for resource in resources}
    for resource in resources:
        for fields, target, columns in resource.foreign_keys:
            keys[resource.name].update(fields)
            keys.get(target, set()).update(columns)
    return keys


def implied(resources: Sequence[Resource]) -> dict[str, dict[str, Column]]:
    """For each table, the fields whose values are valid if a column of another table has them.

    Each field comes with that column, which it refers to. Both have the same type and the same
    constraints (apart from `required` and `unique`), and equal values have equal texts. So a text
    that a valid row of the other table has is valid here too.
    """
    found: dict[str, dict[str, Column]] = {resource.name: {} for resource in resources}
    schemas = {
        (resource.name, field["name"]): field for resource in resources for field in resource.fields
    }
    links = [(resource.name, *link) for resource in resources for link in resource.foreign_keys]
    vouchers = {(target, column) for _, _, target, columns in links for column in columns}
    own = {resource.name: _own_fields(resource) for resource in resources}
    for table, fields, target, columns in links:
        if len(fields) != 1 or len(columns) != 1 or fields[0] in own[table]:
            continue
        child, parent = (table, fields[0]), (target, columns[0])
        if child in vouchers or not {child, parent} <= schemas.keys():
            continue
        if _asked(schemas[child]) is not None and _asked(schemas[child]) == _asked(schemas[parent]):
            found[table].setdefault(fields[0], parent)
    return found


def _asked(field: dict[str, Any]) -> tuple[tuple[str, str], dict[str, Any]] | None:
    """The type of a field and the constraints on its value; None if equal values may differ as text."""
    if type_of(field).has_many_spellings:
        return None
    stated = constraints(field)
    present = {name: stated[name] for name in stated.keys() - {"required", "unique"}}
    return kind(field), present | {"categories": categories(field)}


def _own_fields(resource: Resource) -> set[str]:
    """The fields of a table's primary and unique keys."""
    return {name for _, key in own_keys(resource.schema) for name in key}
