"""How the schemas of a table differ: fields, types, constraints and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..jsontext import JsonObject
from ..package import Resource
from ..package.schema import constraints, fields_match, missing_labels, missing_values, unique_keys
from ..package.schema import kind as field_kind
from ..types import FieldType, type_of
from ..types.numerals import number_key
from .change import Cell, Change
from .code_changes import code_changes, shown

#: Constraints that are stricter if the value is greater, and those that are stricter if it is smaller.
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength"})
_FLAGS = frozenset({"required", "unique"})

_WORDING = ("title", "description", "example")

#: Keys of a field or a schema that have their own kinds of change, so they are not metadata.
_OWN = {"name", "type", "format", "constraints", "missingValues", "categories", "fields"}
_OWN |= {"primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch", *_WORDING}

#: What each value of `fieldsMatch` allows the columns of a file to be.
_ALLOWED = {
    "exact": frozenset[str](),
    "equal": frozenset({"reordered"}),
    "subset": frozenset({"reordered", "more"}),
    "superset": frozenset({"reordered", "fewer"}),
    "partial": frozenset({"reordered", "more", "fewer"}),
}


def contract_changes(old: Resource, new: Resource, renamed: Mapping[str, str]) -> Iterator[Change]:
    """Each difference between the schemas of a table, in the order of the new schema.

    `renamed` gives the new name of each renamed field.
    """
    before = {renamed.get(field["name"], field["name"]): field for field in old.fields}
    for field in new.fields:
        name = field["name"]
        if name not in before:
            yield _added(new.name, field)
            continue
        was = before[name]
        if was["name"] != name:
            words = f'its name is now "{name}", was "{was["name"]}"'
            yield Change(kind="field-renamed", table=new.name, field=name, words=words)
        yield from _type(new.name, name, field_kind(was), field_kind(field))
        yield from _field(new.name, was, field, old.schema, new.schema)
    for name in before:
        if name not in new.field_names:
            yield Change(kind="field-removed", table=new.name, field=name, words="is removed")
    kept = [name for name in before if name in new.field_names]
    if kept != [name for name in new.field_names if name in before]:
        yield Change(
            kind="fields-reordered", table=new.name, words="the order of its columns is different"
        )
    yield from _missing(new.name, None, old.schema, new.schema, {}, {})
    yield from _match(new.name, fields_match(old.schema), fields_match(new.schema))
    yield from _keys(old, new, renamed)
    yield from _other(new.name, None, old.schema, new.schema)


def _match(table: str, old: str, new: str) -> Iterator[Change]:
    if old == new:
        return
    before, after = _ALLOWED[old], _ALLOWED[new]
    kind = "constraint-stricter" if after < before else "constraint-changed"
    kind = "constraint-looser" if before < after else kind
    cells = (Cell("fieldsMatch", old, new),)
    words = f"its fieldsMatch is now {new}, was {old}"
    yield Change(kind=kind, table=table, words=words, cells=cells)


def _added(table: str, field: JsonObject) -> Change:
    required = constraints(field).get("required") is True
    kind = "required-field-added" if required else "field-added"
    words = "is added as a required field" if required else "is added"
    return Change(kind=kind, table=table, field=field["name"], words=words)


def _type(table: str, name: str, old: tuple[str, str], new: tuple[str, str]) -> Iterator[Change]:
    kind = _other_type(old, new)
    if kind:
        old_type, new_type = " ".join(old), " ".join(new)
        words = f"its type is now {new_type}, was {old_type}"
        cells = (Cell("type", old_type, new_type),)
        yield Change(kind=kind, table=table, field=name, words=words, cells=cells)


def _field(
    table: str, old: JsonObject, new: JsonObject, old_schema: JsonObject, new_schema: JsonObject
) -> Iterator[Change]:
    name = new["name"]
    if "missingValues" in old or "missingValues" in new:
        yield from _missing(table, name, old_schema, new_schema, old, new)
    yield from code_changes(table, name, old, new)
    before, after = constraints(old), constraints(new)
    for constraint in dict.fromkeys([*before, *after]):
        was, now = before.get(constraint), after.get(constraint)
        is_list = constraint == "enum" and {type(was), type(now)} <= {list, type(None)}
        if was != now and not is_list:
            yield from _constraint(table, old, new, constraint)
    yield from _meaning(table, old, new)
    yield from _other(table, name, old, new)


def _other_type(old: tuple[str, str], new: tuple[str, str]) -> str | None:
    """The kind of change from one type and format to another; None if they are the same."""
    if old == new:
        return None
    if old[0] == new[0] == "string" and "default" in (old[1], new[1]):
        return "constraint-looser" if new[1] == "default" else "constraint-stricter"
    return "type-changed"


def _missing(
    table: str,
    field: str | None,
    old_schema: JsonObject,
    new_schema: JsonObject,
    old: JsonObject,
    new: JsonObject,
) -> Iterator[Change]:
    before, after = missing_values(old_schema, old), missing_values(new_schema, new)
    if set(before) != set(after):
        words = f"its missing values are now {shown(after)}, were {shown(before)}"
        yield Change(kind="missing-values-changed", table=table, field=field, words=words)
        return
    was, now = missing_labels(old_schema, old), missing_labels(new_schema, new)
    for value in dict.fromkeys([*was, *now]):
        if was.get(value) != now.get(value):
            words = f"the missing value {shown(value)} has a different label"
            cells = (Cell("label", was.get(value), now.get(value)),)
            yield Change(kind="wording-changed", table=table, field=field, words=words, cells=cells)


def _constraint(table: str, old: JsonObject, new: JsonObject, name: str) -> Iterator[Change]:
    was, now = constraints(old).get(name), constraints(new).get(name)
    if name in _FLAGS and bool(was) == bool(now):
        return
    words = f"{name} is now {shown(now)}, was {shown(was)}"
    kind, cells = _tendency(name, was, now, old, new), (Cell(name, was, now),)
    yield Change(kind=kind, table=table, field=new["name"], words=words, cells=cells)


def _tendency(name: str, was: Any, now: Any, old: JsonObject, new: JsonObject) -> str:
    if _is_unset(was) or _is_unset(now):
        return "constraint-looser" if _is_unset(now) else "constraint-stricter"
    greater = None
    if name in ("minLength", "maxLength"):
        greater = (number_key(str(now)) or "") > (number_key(str(was)) or "")
    elif name in _LOWER | _UPPER:
        greater = _is_greater(type_of(old), was, type_of(new), now)
    if greater is None:
        return "constraint-changed"
    return "constraint-stricter" if greater == (name in _LOWER) else "constraint-looser"


def _is_greater(old: FieldType, was: Any, new: FieldType, now: Any) -> bool | None:
    """Whether a limit is greater than it was; None if the two have no order, or are no values."""
    if not (old.accepts_limit(was) and new.accepts_limit(now)):
        return None
    exceeds = new.exceeds
    if exceeds is None:
        return new.compared_value(now) > old.compared_value(was)
    if exceeds(str(now), "<=", was):  # it is not certainly more
        return None if exceeds(str(now), ">", was) else False
    return True


def _meaning(table: str, old: JsonObject, new: JsonObject) -> Iterator[Change]:
    """Properties that change what the texts of a field mean, such as `decimalChar`."""
    for name, usual in type_of(new).properties.items():
        before, after = (side.get(name, usual) for side in (old, new))
        if before != after and field_kind(old)[0] == field_kind(new)[0]:
            words = f"{name} is now {shown(after)}, was {shown(before)}"
            cells = (Cell(name, before, after),)
            yield Change(
                kind="type-changed", table=table, field=new["name"], words=words, cells=cells
            )


def _is_unset(value: Any) -> bool:
    return value is None or value is False


def _keys(old: Resource, new: Resource, renamed: Mapping[str, str]) -> Iterator[Change]:
    before = [renamed.get(name, name) for name in old.primary_key]
    if before != new.primary_key:
        words = f"the primary key is now {_names(new.primary_key)}, was {_names(before)}"
        yield Change(kind="primary-key-changed", table=new.name, words=words)
    for what, was, now in (
        ("unique key", _unique(old, renamed), _unique(new, {})),
        ("foreign key", _foreign(old, renamed), _foreign(new, {})),
    ):
        for key in now:
            if key not in was:
                words = f"the {what} {key} is added"
                yield Change(kind="constraint-stricter", table=new.name, words=words)
        for key in was:
            if key not in now:
                words = f"the {what} {key} is removed"
                yield Change(kind="constraint-looser", table=new.name, words=words)


def _unique(table: Resource, renamed: Mapping[str, str]) -> list[str]:
    keys = unique_keys(table.schema)
    return [_names([renamed.get(name, name) for name in key]) for key in keys]


def _foreign(table: Resource, renamed: Mapping[str, str]) -> list[str]:
    keys = []
    for key in table.foreign_keys:
        own = _names([renamed.get(name, name) for name in key.fields])
        target = "the table itself" if key.table == table.name else key.table
        keys.append(f"{own} -> {target} ({_names(key.columns)})")
    return keys


def _other(table: str, field: str | None, old: JsonObject, new: JsonObject) -> Iterator[Change]:
    """The other keys of a field or a schema: texts for people, and metadata."""
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) == new.get(name) or name in _OWN - set(_WORDING):
            continue
        if field is not None and name in type_of(new).properties:
            continue
        kind = "wording-changed" if name in _WORDING else "schema-changed"
        yield property_change(kind, table, field, name, old, new)


def property_change(
    kind: str,
    table: str | None,
    field: str | None,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
) -> Change:
    """The change of one property of a descriptor or a schema."""
    words = "is added" if name not in old else "is removed" if name not in new else "is changed"
    cells = (Cell(name, old.get(name), new.get(name)),)
    return Change(kind=kind, table=table, field=field, words=f"{name} {words}", cells=cells)


def _names(names: list[str]) -> str:
    return ", ".join(names) if names else "none"
