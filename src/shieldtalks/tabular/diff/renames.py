"""Which tables and fields were only renamed. A new name is claimed only if the values agree."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from ..jsontext import JsonObject, dumps
from ..package import Package, Resource
from ..package.schema import constraints
from ..package.schema import kind as field_kind
from .table_rows import UNREADABLE, have_same_rows, have_same_values


def table_pairs(old: Package, new: Package, unread: Collection[str]) -> dict[str, Resource]:
    """The old table for the name of each new table. A table with the same fields and rows was renamed.

    `unread` are the tables of which the rows cannot be read.
    """
    pairs = {}
    gone = [table for table in old.resources if new.resource(table.name) is None]
    for table in new.resources:
        before = old.resource(table.name)
        if before is None and table.name not in unread:
            alike = [
                other
                for other in gone
                if other.name not in unread and _have_same_rows(other, table)
            ]
            if len(alike) == 1:
                before = alike[0]
                gone.remove(before)
        if before is not None:
            pairs[table.name] = before
    return pairs


def renamed_fields(old: Resource, new: Resource) -> dict[str, str]:
    """The new name for the old name of each renamed field.

    It has the same place and definition, and in the rows that both sides have the same values.
    """
    renamed = {}
    for place, field in enumerate(old.fields):
        if field["name"] in new.field_names or place >= len(new.fields):
            continue
        other = new.fields[place]
        if other["name"] in old.field_names or _definition(field) != _definition(other):
            continue
        with suppress(*UNREADABLE):
            if have_same_values(old, new, field["name"], other["name"]):
                renamed[field["name"]] = other["name"]
    return renamed


def _have_same_rows(old: Resource, new: Resource) -> bool:
    try:
        return old.field_names == new.field_names and have_same_rows(old, new)
    except UNREADABLE:
        return False


def _definition(field: JsonObject) -> tuple[str, ...]:
    return (*field_kind(field), dumps(constraints(field), sort_keys=True))
