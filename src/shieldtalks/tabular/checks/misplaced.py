"""Properties of a descriptor that have no effect where they are, with the place where they would have.

The standard allows other properties than its own anywhere, so these findings are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from .. import jsontext
from ..engine.compile import CONSTRAINTS
from ..findings import Finding, Severity
from ..jsontext import JsonObject, Place
from ..nearest import nearest
from ..package import Package, Resource
from ..package.controls import moved
from ..package.dialect import KEYS as DIALECT
from ..package.schema import MEANINGS, TYPES_WITH, WITH_CATEGORIES, fields_of, kind

_CONSTRAINTS = frozenset(CONSTRAINTS | TYPES_WITH.keys())
_SCHEMA = ("fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys", "fieldsMatch")
_RESOURCE = ("path", "data", "schema", "dialect", "encoding", "format", "hash", "bytes")
_FIELD = (
    *("type", "format", "constraints", "missingValues", "categories", "categoriesOrdered"),
    *MEANINGS,
)

#: Keys of a dialect that can only be meant for one.
_OF_DIALECT = frozenset(DIALECT) - {
    *("$schema", "name", "title", "description", "type", "table", "property")
}

#: Usual names of properties in other forms, which are less alike than `_near` asks.
_SYNONYMS = {
    "nullable": "required",
    "optional": "required",
    "pk": "primaryKey",
    "separator": "delimiter",
    "sep": "delimiter",
    "quotechar": "quoteChar",
}


def _homes(known: Mapping[str, str]) -> dict[str, str]:
    """Properties by their names in small letters, each with its place."""
    return {name.lower(): place for name, place in known.items()}


#: The properties that matter at each level, by their names in small letters, with their places.
_IN_FIELD = _homes({name: name for name in _FIELD} | {n: f"constraints.{n}" for n in _CONSTRAINTS})
_IN_SCHEMA = _homes(
    {name: name for name in _SCHEMA}
    | {name: f"fields[].constraints.{name}" for name in _CONSTRAINTS}
)
_IN_RESOURCE = _homes(
    {name: name for name in _RESOURCE}
    | {name: f"dialect.{name}" for name in _OF_DIALECT}
    | {name: f"schema.{name}" for name in _SCHEMA}
)
_IN_PACKAGE = _homes(
    {"resources": "resources", "created": "created", "version": "version"}
    | {name: f"resources[].{name}" for name in ("schema", "dialect", "encoding")}
    | {name: f"resources[].schema.{name}" for name in _SCHEMA}
)

_HOMES = {
    "package": _IN_PACKAGE,
    "resource": _IN_RESOURCE,
    "schema": _IN_SCHEMA,
    "field": _IN_FIELD,
}

#: Properties that the standard has at a level, although the level below has them too.
_ALLOWED = {
    "package": {"profile", "name", "title", "description", "image", "sources", "resources"},
    "resource": {"name", "title", "description", "type", "sources", "profile", "mediatype"},
    "schema": {"$schema", "name", "title", "description"},
    "field": {"name", "title", "description", "example", "rdfType"},
}


def check(package: Package) -> Iterator[Finding]:
    """Each property that has no effect where it is, and resembles one that has an effect elsewhere."""
    for name, home in _found(package.descriptor, "package"):
        yield _warning(package, None, (name,), home)
    for resource in package.resources:
        yield from _of_resource(package, resource)


def _of_resource(package: Package, resource: Resource) -> Iterator[Finding]:
    for name, home in _found(resource.descriptor, "resource"):
        yield _warning(package, resource, (name,), home)
    for name in ("hash", "bytes") if resource.more else ():
        if name in resource.descriptor:
            message = f'"{name}" is not checked, because the table is in several files'
            found = _warning(package, resource, (name,), "")
            yield replace(found, message=message, hint="Remove it: it describes a single file.")
    yield from _of_frictionless(package, resource)
    for name, home in _found(resource.schema, "schema"):
        yield _warning(package, resource, ("schema", name), home)
    for index, field in enumerate(fields_of(resource.schema)):
        place = ("schema", "fields", index)
        for name, home in _found(field, "field"):
            yield _warning(package, resource, (*place, name), home, field["name"])
        if "categories" in field and kind(field)[0] not in WITH_CATEGORIES:
            types = " and ".join(sorted(WITH_CATEGORIES))
            message = f'"categories" has no effect here; only fields of the types {types} have it'
            hint = "Remove it, or change the type of the field."
            found = _warning(package, resource, (*place, "categories"), "", field["name"])
            yield replace(found, message=message, hint=hint)


def _of_frictionless(package: Package, resource: Resource) -> Iterator[Finding]:
    """What is read, although only frictionless-py has it at such a place."""
    written = resource.written_dialect
    places = [
        (("dialect", *one.place), f"dialect.{one.key}")
        for one in (moved(written) if isinstance(written, dict) else ())
    ]
    if "extrapaths" in resource.descriptor and "path" in resource.descriptor:
        places.append((("extrapaths",), "path"))
    for at, home in places:
        found = _warning(package, resource, at, home)
        message = f'only frictionless-py reads "{".".join(at)}"; the standard has "{home}"'
        hint = "It is read here, but other programs may not see it. Move it."
        yield replace(found, message=message, hint=hint)


def _found(part: JsonObject, level: str) -> Iterator[tuple[str, str]]:
    """The properties of a part of the descriptor that are not at their place, each with its place."""
    for name in part:
        home = _home(name, level)
        if home is not None and home != name and name not in _ALLOWED[level]:
            yield name, home


@lru_cache(maxsize=4096)
def _home(name: str, level: str) -> str | None:
    """The place of the property that a name is, or is nearly; None if there is none."""
    if not _WORD.fullmatch(name) or name.startswith("x-"):
        return None
    homes = _HOMES[level]
    small = name.lower().replace("_", "").replace("-", "")
    wanted = _SYNONYMS.get(small)
    if wanted is not None:
        return homes.get(wanted.lower())
    if small in homes:
        return homes[small]
    near = nearest(small, homes, alike=_NEAR) if len(small) >= _SHORTEST else None
    return homes[near] if near else None


#: What can be a slip of the keys of the standard.
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,40}")

#: Shorter names resemble too many others.
_SHORTEST = 6

#: How alike a misspelt name and the right one are at least (see difflib).
_NEAR = 0.88


def _warning(
    package: Package, resource: Resource | None, at: Place, home: str, field: str | None = None
) -> Finding:
    place, file, shown = at, package.file, package.file.name
    if resource is not None:
        place = (*package.place_of(resource), *at)
        for part, path in (("schema", resource.schema_path), ("dialect", resource.dialect_path)):
            if at[0] == part and len(at) > 1 and path is not None:
                place, shown, file = at[1:], path, package.root / path
    return Finding(
        rule="misplaced",
        severity=Severity.WARNING,
        table=resource.name if resource else None,
        file=shown,
        line=jsontext.line_in(file, place),
        field=field if field is not None else jsontext.pointer(place),
        message=f'"{at[-1]}" has no effect here; did you mean "{home}"?',
        hint="Move it, or rename it. If it is meant for something else, choose another name.",
    )
