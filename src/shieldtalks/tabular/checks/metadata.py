"""Checks of the metadata of a descriptor that a JSON Schema cannot express, or only in one version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from .. import jsontext
from ..findings import Finding, Severity
from ..jsontext import JsonObject, Place
from ..package import Package
from ..package.kinds import is_table
from ..package.schema import standard_version
from . import origins

_NAME = re.compile(r"[-a-z0-9._/]+")

#: The profile of a table in version 1: its word and its address.
_TABULAR = (
    "tabular-data-resource",
    "https://specs.frictionlessdata.io/schemas/tabular-data-resource.json",
)

#: A date and time as RFC 3339 writes it. It allows a space for the T, and small letters.
_DATE_TIME = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
    r"(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)


def is_date_time(text: str) -> bool:
    """Whether a text is a date and time of RFC 3339."""
    match = re.fullmatch(_DATE_TIME, text)
    try:
        return match is not None and bool(date(*map(int, match.group(1, 2, 3))))
    except ValueError:
        return False


def check(package: Package) -> Iterator[Finding]:
    """Faults of names, of the time of creation, and of the profiles of version 1."""
    descriptor = package.descriptor
    created = descriptor.get("created")
    if isinstance(created, str) and not is_date_time(created):
        message = f"{_json(created)} is not a date and time of RFC 3339"
        hint = 'Write it with date, time and time zone, like "2026-07-23T12:00:00Z".'
        yield _finding(package, ("created",), message, hint)
    is_v1 = standard_version(descriptor) == 1
    if is_v1:
        yield from _name(package, descriptor, ())
    for fault in origins.faults_of_package(descriptor, is_v1=is_v1):
        yield _finding(package, *fault)
    for place, entry in [((), descriptor), *_entries(descriptor)]:
        for fault in origins.faults(entry, is_v1=is_v1 and standard_version(entry) == 1):
            at = (*place, *fault.place)
            yield _finding(package, at, fault.message, fault.hint, _table(entry, place))
    for place, entry in _entries(descriptor):
        if is_v1 and standard_version(entry) == 1:
            yield from _name(package, entry, place)
        yield from _profile(package, entry, place)
        yield from _data(package, entry, (*place, "data"))


def _entries(descriptor: JsonObject) -> list[tuple[Place, JsonObject]]:
    """The resources that are objects, each with its place."""
    listed = enumerate(descriptor["resources"])
    return [(("resources", index), entry) for index, entry in listed if isinstance(entry, dict)]


def _data(package: Package, entry: JsonObject, place: Place) -> Iterator[Finding]:
    """What is wrong with rows or a text in the descriptor itself."""
    if "data" not in entry:
        return
    data, message = entry["data"], None
    if "path" in entry:
        message = 'the resource has both "path" and "data"; only the file is read'
        hint = "Keep one of the two."
    elif is_table(entry, package.descriptor):
        return  # the check of the table says what rows must be
    elif isinstance(data, str) and not {"format", "mediatype"} & entry.keys():
        message = 'the data is a text, so the resource must have a "format" or a "mediatype"'
        hint = 'Add "format", for example "format": "txt".'
    elif not isinstance(data, str | list | dict):
        message = f"the data is {_json(data)}, which is neither a list, an object nor a text"
        hint = "Correct the data."
    if message is not None:
        yield _finding(package, place, message, hint, _table(entry, place))


def _name(package: Package, entry: JsonObject, place: Place) -> Iterator[Finding]:
    name = entry.get("name")
    if isinstance(name, str) and name and not _NAME.fullmatch(name):
        message = f"the name {_json(name)} has other characters than a-z, 0-9, ., _, - and /"
        hint = (
            "Change the name. Or follow version 2 of the standard, where names are free: "
            'add "$schema": "https://datapackage.org/profiles/2.0/datapackage.json".'
        )
        yield _finding(package, (*place, "name"), message, hint, _table(entry, place))


def _profile(package: Package, entry: JsonObject, at: Place) -> Iterator[Finding]:
    # The profiles are those of version 1, but a descriptor of version 2 may name them, too.
    if entry.get("profile") in _TABULAR and "schema" not in entry:
        message = 'the profile "tabular-data-resource" requires a schema, and there is none'
        hint = "Add a schema, or remove the profile."
        yield _finding(package, (*at, "profile"), message, hint, _table(entry, at))
    if package.descriptor.get("profile") != "tabular-data-package":
        return
    if entry.get("profile") != "tabular-data-resource":
        message = (
            'the profile of the package is "tabular-data-package", so each resource must have '
            'the profile "tabular-data-resource"'
        )
        hint = 'Add "profile": "tabular-data-resource" to the resource.'
        yield _finding(package, (*at, "profile"), message, hint, _table(entry, at))


def _table(entry: JsonObject, place: Place) -> str | None:
    name = entry.get("name")
    return name if place and isinstance(name, str) else None


def _finding(
    package: Package, place: Place, message: str, hint: str, table: str | None = None
) -> Finding:
    return Finding(
        rule="descriptor",
        severity=Severity.ERROR,
        table=table,
        file=package.file.name,
        line=jsontext.line_in(package.file, place),
        field=jsontext.pointer(place),
        message=message,
        hint=hint,
    )


def _json(value: Any) -> str:
    return jsontext.dumps(value)
