"""A condition `FIELD=VALUE` on the rows of a table, in the words that a reader types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...tabular.findings import CannotRun
from ...tabular.jsontext import JsonObject
from ...tabular.nearest import nearest
from ...tabular.package.schema import codes, foreign_keys
from ...tabular.tables.rows import Row, Table
from ...tabular.types import type_of
from ...tabular.types.temporal import Temporal
from ..identifiers import nearest_identifier
from ..measures import SCHEME, Measures

if TYPE_CHECKING:
    from ..dataset import Dataset

#: Whether a value of a field is one of those that are wanted.
Test = Callable[[Any], bool]


def tests(dataset: Dataset, table: Table, given: Iterable[str]) -> dict[str, list[Test]]:
    """The tests of each field. A row must pass one test of every field.

    Raises CannotRun, with the nearest name, if a condition names what does not exist.
    """
    found: dict[str, list[Test]] = defaultdict(list)
    for condition in given:
        name, equals, value = condition.partition("=")
        if not equals:
            raise CannotRun(
                f'"{condition}" is not a condition', "Write FIELD=VALUE, such as move=decline."
            )
        field = _field(table, name.strip())
        found[field["name"]].append(_test(dataset, table, field, value.strip()))
    return found


def _field(table: Table, name: str) -> JsonObject:
    """The field of this name; the `_id` at its end can be left out."""
    by_name = {str(field["name"]): field for field in table.fields}
    wanted = name.casefold().replace("-", "_")
    folded = {known.casefold(): field for known, field in reversed(list(by_name.items()))}
    for one in (wanted, f"{wanted}_id"):
        if one in folded:
            return folded[one]
    near = nearest(wanted, by_name) or nearest(f"{wanted}_id", by_name)
    meant = f'Did you mean "{near}"? ' if near else ""
    raise CannotRun(
        f'the table "{table.name}" has no field "{name}"',
        f"{meant}The fields are: {', '.join(by_name)}.",
    )


def _test(dataset: Dataset, table: Table, field: JsonObject, value: str) -> Test:
    name = str(field["name"])
    if not value:
        return lambda found: found is None
    target = _target(dataset, table, name)
    if target == "actors":
        return _same(dataset.actor(value).actor_id)
    if _target(dataset, table, f"{name}_id") == "actors":  # the name of the actor
        return _same(dataset.actor(value).name)
    if codes(field):
        return _coded(dataset, field, value)
    if target is not None:
        return _same(_identifier(dataset, target, value))
    if field.get("type") == "boolean":
        return _same(_one_of({"true": "true", "false": "false"}, field, value))
    # A date may be given by its beginning, such as a year.
    if isinstance(type_of(field), Temporal) or name.endswith("_edtf"):
        return lambda found: found is not None and str(found).startswith(value)
    return _same(value)


def _target(dataset: Dataset, table: Table, name: str) -> str | None:
    """The table to which a field refers. In a derived table, the identifiers of actors show it."""
    for key in foreign_keys(table.schema, table.name):
        if key.fields == [name]:
            return key.table
    is_derived = table.resource is None and any(field["name"] == name for field in table.fields)
    if not is_derived or not name.endswith("_id") or dataset.package.resource("actors") is None:
        return None
    values = {row.get(name) for row in table.rows()} - {None}
    known = {actor.actor_id for actor in dataset.actors}
    return "actors" if values and values <= known else None


def _coded(dataset: Dataset, field: JsonObject, value: str) -> Test:
    """A code or its label. For a measure, also each broader measure."""
    known = {str(code): str(code) for code in codes(field)}
    for entry in field.get("categories") or []:
        if isinstance(entry, Mapping) and entry.get("label"):
            known.setdefault(str(entry["label"]), str(entry.get("value")))
    wanted = _one_of(known, field, value)
    if field.get("vocabulary") != SCHEME or dataset.package.resource("codes") is None:
        return _same(wanted)
    measures = Measures(dataset.codes)
    return lambda found: found is not None and measures.covers(wanted, found)


def _identifier(dataset: Dataset, table: str, value: str) -> str:
    """The identifier of a row of another table. Only what the rows have is known."""
    resource = dataset.package.resource(table)
    if resource is None or len(resource.primary_key) != 1:
        return value
    from ...tabular.tables.rows import rows

    (key,) = resource.primary_key
    known = {str(row[key]): str(row[key]) for row in rows(resource) if row[key] is not None}
    return _one_of(known, {"name": key}, value)


def _one_of(known: Mapping[str, str], field: JsonObject, value: str) -> str:
    """The known value for a text in any case. Raises CannotRun with the nearest one if there is none."""
    folded = {text.casefold(): meant for text, meant in reversed(list(known.items()))}
    if value.casefold() in folded:
        return folded[value.casefold()]
    near = nearest_identifier(value, folded)
    raise CannotRun(f'there is no {field["name"]} "{value}"', _hint(near, folded, known))


#: The most values that a hint lists.
_LISTED = 40


def _hint(near: str | None, folded: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    if near is not None:
        return f'Did you mean "{folded[near]}"?'
    listed: Collection[str] = dict.fromkeys(known.values())
    return f"Use one of {', '.join(listed)}." if 0 < len(listed) <= _LISTED else None


def _same(wanted: str) -> Test:
    """Whether a value is the same text, in any case."""
    folded = wanted.casefold()

    def test(found: Any) -> bool:
        if isinstance(found, bool):
            return str(found).casefold() == folded
        return found is not None and str(found).casefold() == folded

    return test


def passes(row: Row, wanted: Mapping[str, list[Test]]) -> bool:
    """Whether a row passes one test of every field."""
    return all(any(test(row.get(name)) for test in found) for name, found in wanted.items())
