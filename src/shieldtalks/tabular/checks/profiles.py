"""Profiles that a package declares itself, as `profile` or `$schema`, for one of its descriptors.

The profiles of the standard are known. A profile that is a file of the package is checked here. Any
other profile, such as one at a remote address, cannot be checked: a fatal finding, never silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .. import jsontext
from ..engine.json_schema import Steps, Unsupported, bounded
from ..findings import Finding, Severity
from ..package import Package
from ..package.named import load_json
from ..package.paths import is_file
from .json_faults import words

#: The words and the names of files of the standard's profiles, by the kind of descriptor.
_KNOWN = {
    "package": {"data-package", "tabular-data-package", "datapackage"},
    "resource": {"data-resource", "tabular-data-resource", "dataresource"},
    "schema": {"table-schema", "tableschema"},
    "dialect": {"csv-dialect", "csvddf-dialect", "tabledialect", "table-dialect"},
}

#: The places where the standard publishes its profiles. The name of the file follows.
_PUBLISHED = (
    r"https?://(?:datapackage\.org/profiles/[12]\.0"
    r"|(?:specs\.|schemas\.|www\.)?frictionlessdata\.io(?:/schemas)?|schemas\.datapackages\.org)"
    r"/(?P<name>[a-z-]+)\.json#?"
)


class _Place(NamedTuple):
    """A descriptor in a package: its kind, its value, its file and its place in that file."""

    kind: str
    value: Any
    file: str
    at: tuple[str | int, ...]


def check(package: Package) -> Iterator[Finding]:
    """What breaks the profiles that a package declares, and each profile that cannot be checked."""
    for place in _places(package):
        for name in ("$schema", "profile"):
            wanted = place.value.get(name)
            if isinstance(wanted, str) and not is_known(wanted, place.kind):
                try:
                    yield from _own(package, place, wanted)
                except Unsupported as error:
                    yield _unsupported(package, place, name, wanted, str(error))


def is_known(wanted: str, kind: str) -> bool:
    """Whether this is a profile of the standard, for a descriptor of this kind."""
    published = re.fullmatch(_PUBLISHED, wanted)
    return (published["name"] if published else wanted) in _KNOWN[kind]


def _places(package: Package) -> Iterator[_Place]:
    file = package.file.name
    yield _Place("package", package.descriptor, file, ())
    entries = package.descriptor["resources"]
    tables = (*package.resources, *package.bare)
    by_entry = {id(resource.descriptor): resource for resource in tables}
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        at = ("resources", index)
        yield _Place("resource", entry, file, at)
        resource = by_entry.get(id(entry))
        if resource is not None and resource.schema_path is not None:
            yield _Place("schema", resource.schema, resource.schema_path, ())
        if resource is not None and resource.dialect_path is not None:
            yield _Place("dialect", resource.dialect_read, resource.dialect_path, ())
        for kind in ("schema", "dialect"):
            if isinstance(entry.get(kind), dict):
                yield _Place(kind, entry[kind], file, (*at, kind))


def _own(package: Package, place: _Place, wanted: str) -> Iterator[Finding]:
    """The findings for a profile that is a file of the package. Raises Unsupported."""
    if "://" in wanted:
        raise Unsupported("it is at a remote address, and nothing is downloaded")
    path = wanted.partition("#")[0]
    if not is_file(package.root, path):
        raise Unsupported("it is neither a profile of the standard nor a file of the package")
    absent: set[str] = set()
    for error in _errors(package, path, place.value, absent):
        at = (*place.at, *error.absolute_path)
        message = words(error)
        yield Finding(
            rule="profile",
            file=place.file,
            line=jsontext.line_in(package.root / place.file, at),
            field=jsontext.pointer(at) or None,
            message=message,
            hint=f"See {path}, the profile that the package declares.",
        )
    if absent:
        others = ", ".join(sorted(absent))
        raise Unsupported(f"{path} refers to {others}, which is not in the package")


def _errors(package: Package, path: str, value: Any, absent: set[str]) -> list[Any]:
    """Where a descriptor breaks the JSON Schema in a file of the package.

    The addresses that the schema needs and the package does not have are added to `absent`.
    """
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for
    from referencing.exceptions import Unresolvable

    try:
        schema = load_json(package.root / path)
        if not isinstance(schema, dict):
            raise Unsupported(f"{path} is not a JSON Schema")
        base = validator_for(schema)
        base.check_schema(schema)
        root = {"$ref": f"file:///{path}"}
        errors = bounded(base, Steps())(root, registry=_registry(package, absent)).iter_errors(
            value
        )
        return sorted(errors, key=lambda error: [str(step) for step in error.absolute_path])
    except (OSError, jsontext.JsonError) as error:
        raise Unsupported(f"{path} cannot be read ({error})") from error
    except SchemaError as error:
        raise Unsupported(f"{path} is not a valid JSON Schema ({error.message})") from error
    except Unresolvable as error:
        raise Unsupported(f"{path} refers to {error.ref}, which is not in the package") from error
    except RecursionError as error:
        raise Unsupported(f"{path} refers to itself without end") from error


def _registry(package: Package, absent: set[str]) -> Any:
    """Resolves the references in a profile: to files of the package, and to the standard.

    The descriptor is checked against the standard anyway, so here its profiles accept everything.
    """
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    def retrieve(uri: str) -> Any:
        path = uri.removeprefix("file:///")
        is_standard = any(is_known(uri, kind) for kind in _KNOWN)
        is_own = path != uri and is_file(package.root, path)
        if is_standard or not is_own:
            if not is_standard:
                absent.add(uri)
            return Resource.from_contents({}, default_specification=DRAFT202012)
        contents = load_json(package.root / path)
        return Resource.from_contents(contents, default_specification=DRAFT202012)

    return Registry(retrieve=retrieve)  # type: ignore[call-arg]


def _unsupported(package: Package, place: _Place, name: str, wanted: str, why: str) -> Finding:
    at = (*place.at, name)
    return Finding(
        rule="unsupported",
        severity=Severity.FATAL,
        file=place.file,
        line=jsontext.line_in(package.root / place.file, at),
        field=jsontext.pointer(at),
        message=f'the {name} "{wanted}" of the {place.kind} cannot be checked: {why}',
        hint="Put the profile into the package, as one JSON Schema, and give its path.",
    )
