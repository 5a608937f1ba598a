"""Checks of the descriptor and its schemas against Data Package v2 and the declared profile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from .. import jsontext
from ..findings import Finding, Severity
from ..jsontext import JsonObject, Place
from ..package import DataFile, Package, Resource
from ..package.named import load_json
from ..package.profile import Profile
from ..package.schema import standard_version
from . import metadata, misplaced
from .json_faults import words
from .quick_look import holds
from .reduction import Unchecked

#: Keys of a resource that are needed to read its rows.
_NEEDED = {"path", "extrapaths", "schema", "dialect", "encoding", "format"}

#: Properties of a field that change nothing in what its cells may be.
_FOR_PEOPLE = {"title", "description", "rdfType", "categoriesOrdered"}

#: The most faults of one document that are listed.
MOST_FAULTS = 10_000

_SCHEMA = Path(__file__).with_name("data_package.json")


def check(
    package: Package,
    profile: Profile | None = None,
    unchecked: dict[str, Unchecked] | None = None,
) -> Iterator[Finding]:
    """Faults of the descriptor and of the schema files, each with its place.

    `profile` is the profile that the package declares. If `unchecked` is given, the parts of each
    table that cannot be checked because of a fault are added to it, by the name of the table.
    """
    parts: dict[str, Unchecked] = {} if unchecked is None else unchecked
    tables_by_name = {one.name: one for one in (*package.bare, *package.resources)}
    base = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    if package.is_lone:
        yield from _schema_files(package, base, parts)
        yield from misplaced.check(package)
        return
    refused = {(fault.field or "").partition(".")[0] for fault in package.faults}
    named: list[Resource | DataFile] = [*package.resources, *package.bare, *package.files]
    tables = {id(resource.descriptor): resource.name for resource in named}
    for place, finding in _against(base, package.descriptor, package.file, "descriptor"):
        entry = jsontext.pointer(place[:2])
        if entry in refused and len(place) >= 2:
            continue
        if _is_free(package.descriptor, place):
            continue
        if place[:1] == ("resources",) and len(place) > 1:
            entry_of_table = package.descriptor["resources"][place[1]]
            table = tables.get(id(entry_of_table))
            fatal = (
                len(place) > 2 and place[2] in _NEEDED and not _is_aside(entry_of_table, place[2:])
            )
            severity = Severity.FATAL if fatal else Severity.ERROR
            if fatal and table in tables_by_name:
                parts.setdefault(table, Unchecked()).add(tables_by_name[table], place[2:])
            finding = replace(finding, table=table, severity=severity)
        elif finding.severity is Severity.FATAL:  # no one knows which tables have more faults
            for name in tables_by_name:
                parts.setdefault(name, Unchecked()).whole = True
        yield finding
    if profile is not None:
        contract = _json_schema(profile.schema)
        for _, finding in _against(contract, package.descriptor, package.file, "profile"):
            yield finding
    yield from _schema_files(package, base, parts)
    yield from _dialect_files(package, base, parts)
    yield from _names(package)
    yield from metadata.check(package)
    yield from misplaced.check(package)


def _is_aside(entry: Any, place: Place) -> bool:
    """Whether what is wrong at a place in a resource keeps nothing from being checked.

    It is a statement about a field for people, or a list of keys without any key.
    """
    match place:
        case ("schema", "fields", int(), str(name), *_):
            return name in _FOR_PEOPLE
        case ("schema", "primaryKey" | "uniqueKeys" | "foreignKeys" as name):
            return bool(entry["schema"][name] == [])
    return False


def _is_free(descriptor: JsonObject, place: Place) -> bool:
    """Whether a place is `type` of a resource of v1, which does not have it. frictionless-py does."""
    is_type = len(place) == 3 and (place[0], place[2]) == ("resources", "type")
    return is_type and standard_version(descriptor["resources"][place[1]], descriptor) == 1


def _schema_files(
    package: Package, base: JsonObject, parts: dict[str, Unchecked]
) -> Iterator[Finding]:
    """Faults of the schemas that are files."""
    contract = {"$ref": "#/$defs/tableSchema", "$defs": base["$defs"]}
    for resource in package.resources:
        if resource.schema_path is not None:
            faults = _against(
                contract, resource.schema, package.root / resource.schema_path, "schema"
            )
            yield from _of_file(resource, "schema", resource.schema_path, faults, parts)


def _dialect_files(
    package: Package, base: JsonObject, parts: dict[str, Unchecked]
) -> Iterator[Finding]:
    """Where a dialect in a file of its own breaks the standard. Such a table is not read."""
    contract = {"$ref": "#/$defs/dialect", "$defs": base["$defs"]}
    for resource in (*package.resources, *package.bare):
        if resource.dialect_path is not None:
            faults = _against(
                contract, resource.dialect_read, package.root / resource.dialect_path, "descriptor"
            )
            yield from _of_file(resource, "dialect", resource.dialect_path, faults, parts)


def _of_file(
    resource: Resource,
    what: str,
    path: str,
    faults: Iterable[tuple[Place, Finding]],
    parts: dict[str, Unchecked],
) -> Iterator[Finding]:
    """The faults of a schema or dialect (`what`) in a file of its own. Most of them are fatal."""
    for place, finding in faults:
        severity = Severity.ERROR
        if not _is_aside({"schema": resource.schema}, (what, *place)):
            severity = Severity.FATAL
            parts.setdefault(resource.name, Unchecked()).add(resource, (what, *place))
        yield replace(finding, file=path, table=resource.name, severity=severity)


@cache
def strict_validator() -> Any:
    """The validator of jsonschema, for which 8.0 is not an integer. The import takes long."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    plain = Draft202012Validator
    whole = plain.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    return extend(plain, type_checker=whole)  # type: ignore[no-untyped-call]


@cache
def _json_schema(file: Path) -> JsonObject:
    """The JSON Schema in a file; each file is read only once."""
    schema: JsonObject = load_json(file)
    return schema


def _against(
    contract: JsonObject, value: Any, file: Path, rule: str
) -> Iterator[tuple[Place, Finding]]:
    """Each place at which a document breaks a JSON Schema."""
    if holds(contract, value):
        return
    errors = list(islice(strict_validator()(contract).iter_errors(value), MOST_FAULTS + 1))
    rest = errors[MOST_FAULTS:]
    errors = errors[:MOST_FAULTS]
    for error in sorted(errors, key=lambda one: [str(step) for step in one.absolute_path]):
        place = tuple(error.absolute_path)
        is_type = error.validator == "enum" and place[-3:-2] == ("fields",) and place[-1] == "type"
        finding = Finding(
            rule="unsupported" if is_type else rule,
            file=file.name,
            line=jsontext.line_in(file, place),
            field=jsontext.pointer(place) or None,
            message=words(error),
            hint="See the Data Package standard."
            if rule != "profile"
            else "See schemas/profile.json.",
        )
        yield place, finding
    if rest:
        message = f"there are more than {MOST_FAULTS:,} faults; the others are not listed"
        yield (
            (),
            Finding(
                rule=rule,
                severity=Severity.FATAL,
                file=file.name,
                message=message,
                hint="Fix the listed faults first.",
            ),
        )


def _names(package: Package) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    named: list[Resource | DataFile] = [*package.resources, *package.bare, *_first_files(package)]
    for resource in named:
        folded = resource.name.casefold()
        if folded in seen:
            other = seen[folded]
            message = f'two resources have the name "{resource.name}"'
            if resource.name != other:
                message = (
                    f'the names "{resource.name}" and "{other}" differ only in upper and lower case'
                )
            place = (*package.place_of(resource), "name")
            yield Finding(
                rule="descriptor",
                severity=Severity.FATAL,
                file=package.file.name,
                line=jsontext.line_in(package.file, place),
                field=jsontext.pointer(place),
                message=message,
                hint="Give each resource a unique name.",
            )
        seen[folded] = resource.name


def _first_files(package: Package) -> list[DataFile]:
    """One file of each resource that is no table."""
    return list({id(file.descriptor): file for file in package.files}.values())
