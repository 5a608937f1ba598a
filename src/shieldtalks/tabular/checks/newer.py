"""Properties of Data Package v2 in a descriptor of v1: checked here, but ignored by other readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..findings import Finding, counted
from ..jsontext import JsonObject, Place
from ..package import Package, Resource
from ..package.schema import WITH_CATEGORIES, checked_constraints, fields_of, kind, standard_version
from .misplaced import warning

_SCHEMA = ("fieldsMatch", "uniqueKeys")
_OF_CATEGORIES = ("categories", "categoriesOrdered")
_FIELD = ("missingValues", *_OF_CATEGORIES)
_CONSTRAINTS = ("exclusiveMinimum", "exclusiveMaximum", "jsonSchema")
_DIALECT = (
    *("headerRows", "headerJoin", "commentRows", "property", "itemType", "itemKeys"),
    *("sheetName", "sheetNumber", "table"),
)

_HINT = 'Add "$schema": "https://datapackage.org/profiles/2.0/datapackage.json" to the descriptor.'


def check(package: Package) -> Iterator[Finding]:
    """One warning for each property of v2 that parts of v1 have, at its first place."""
    found: dict[str, list[tuple[Resource, Place, str | None]]] = {}
    for resource in package.resources:
        for what, at, field in _uses(package, resource):
            found.setdefault(what, []).append((resource, at, field))
    for what, places in found.items():
        resource, at, field = places[0]
        more = f" (and in {counted(len(places) - 1, 'more place')})" if len(places) > 1 else ""
        message = (
            f"{what} is new in Data Package v2, but the descriptor follows v1; "
            f"readers of v1 ignore it{more}"
        )
        yield replace(warning(package, resource, at, "", field), message=message, hint=_HINT)


def _uses(package: Package, resource: Resource) -> Iterator[tuple[str, Place, str | None]]:
    """Each property of v2 in a part of v1: its name, its place in the resource, and the field."""
    around = (resource.descriptor, package.descriptor)
    if standard_version(resource.schema, *around) == 1:
        yield from _in_schema(resource.schema)
    dialect = resource.descriptor.get("dialect")
    if isinstance(dialect, dict) and standard_version(dialect, *around) == 1:
        for name in _DIALECT:
            if name in dialect:
                yield f'"{name}"', ("dialect", name), None


def _in_schema(schema: JsonObject) -> Iterator[tuple[str, Place, str | None]]:
    for name in _SCHEMA:
        if name in schema:
            yield f'"{name}"', ("schema", name), None
    for index, field in enumerate(fields_of(schema)):
        at: Place = ("schema", "fields", index)
        if kind(field)[0] == "list":
            yield 'the type "list"', (*at, "type"), field["name"]
        if kind(field)[0] == "integer" and "groupChar" in field:
            yield '"groupChar" of an integer', (*at, "groupChar"), field["name"]
        for name in _FIELD:
            if name in field and not (
                name in _OF_CATEGORIES and kind(field)[0] not in WITH_CATEGORIES
            ):
                yield f'"{name}" of a field', (*at, name), field["name"]
        declared = checked_constraints(field)
        for name in _CONSTRAINTS:
            if name in declared:
                yield f'"{name}"', (*at, "constraints", name), field["name"]
