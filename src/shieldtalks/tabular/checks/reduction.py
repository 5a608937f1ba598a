"""What is left of a schema without the fields and keys that cannot be checked.

So that one such part hides nothing else: the other cells, rows and keys of the table are still checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..jsontext import JsonObject, Place
from ..package import Resource
from ..package.schema import as_list, constraints, foreign_keys, primary_key

#: Properties of a field without which its cells cannot be read.
_READING = ("name", "missingValues")


@dataclass(slots=True, eq=False, repr=False)
class Unchecked:
    """The parts of a schema that cannot be checked."""

    #: Fields whose values are not checked. Whether they are missing is still checked.
    fields: set[str] = field(default_factory=set)
    #: Constraints that are not checked, each with its field. The others of the field still are.
    constraints: set[tuple[str, str]] = field(default_factory=set)
    #: Places of keys in the schema: `("primaryKey",)`, `("uniqueKeys", 0)`, `("foreignKeys", 0)`.
    keys: set[Place] = field(default_factory=set)
    #: Whether only the shape of the table can be checked, because the cells of no field can be read.
    shape_only: bool = False
    #: Whether the whole table cannot be checked.
    whole: bool = False

    def add(self, resource: Resource, place: Place) -> None:
        """Note the part at a place in the resource. Most other places are the whole table."""
        match place:
            case ("schema", "fields", int(index), "constraints", str(name), *_):
                self.constraints.add((_field_name(resource, index), name))
            case ("hash", *_) | ("schema", "uniqueKeys" | "foreignKeys"):
                pass
            case ("schema", "fields", int(index), inner, *_) if inner not in _READING:
                self.fields.add(_field_name(resource, index))
            case ("schema", "primaryKey", *_):
                self.keys.add(place[1:2])
            case ("schema", "uniqueKeys" | "foreignKeys", int(), *_):
                self.keys.add(place[1:3])
            case ("schema", *_):
                if not self.shape_only:  # once: there may be thousands of faults and of fields
                    self.fields.update(resource.field_names or resource.ambiguous)
                self.shape_only = True
            case _:
                self.whole = True

    def without(self, entry: JsonObject) -> JsonObject:
        """A field without what cannot be checked."""
        return _field(entry, self, set())


def _field_name(resource: Resource, index: int) -> str:
    """The name of a field. Every field of a table that is read has one."""
    if resource.ambiguous:
        return resource.ambiguous[index]
    return str(resource.schema["fields"][index]["name"])


def reduced(resource: Resource, unchecked: Mapping[str, Unchecked]) -> Resource:
    """A table without its parts that cannot be checked. `unchecked` has them for each table."""
    own = unchecked.get(resource.name, Unchecked())
    # Only the tables that a key leads to are looked up: there may be thousands of tables.
    targets = {link.table for link in resource.foreign_keys}
    others = {name: unchecked[name].fields for name in targets if name in unchecked}
    if not (own.fields or own.constraints or own.keys or any(others.values())):
        return resource
    if own.shape_only:
        return replace(resource, schema={"fields": []})
    schema = dict(resource.schema)
    key = primary_key(schema)
    drop_key = ("primaryKey",) in own.keys or bool(own.fields.intersection(key))
    if drop_key:
        schema.pop("primaryKey", None)
    filled = set(key) if drop_key else set()
    schema["fields"] = [_field(entry, own, filled) for entry in resource.fields]
    for name in ("uniqueKeys", "foreignKeys"):
        if isinstance(schema.get(name), list):
            schema[name] = [
                entry
                for number, entry in enumerate(schema[name])
                if (name, number) not in own.keys and _is_sound(entry, resource, own.fields, others)
            ]
    return replace(resource, schema=schema)


def _is_sound(
    entry: Any, resource: Resource, fields: set[str], others: Mapping[str, set[str]]
) -> bool:
    """Whether a unique or foreign key needs no field that is not checked."""
    links = foreign_keys({"foreignKeys": [entry]}, resource.name)
    own: Sequence[str] = links[0].fields if links else as_list(entry)
    target = others.get(links[0].table, set()).intersection(links[0].columns) if links else ()
    return not fields.intersection(own) and not target


def _field(entry: JsonObject, unchecked: Unchecked, filled: set[str]) -> JsonObject:
    """A field as it can be checked. The fields in `filled` must have a value."""
    name, stated = entry["name"], constraints(entry)
    kept = {key: value for key, value in stated.items() if (name, key) not in unchecked.constraints}
    if name in unchecked.fields:
        entry = {key: entry[key] for key in ("name", "missingValues") if key in entry}
        entry["type"] = "any"
        kept = {"required": stated.get("required") is True}
    kept |= {"required": True} if name in filled else {}
    return entry | {"constraints": kept} if kept or stated else entry
