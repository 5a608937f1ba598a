"""Profiles: kinds of packages. A descriptor names its profile in `conformsTo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..findings import Finding
from ..jsontext import JsonObject, line_in
from .package import Package


class Profile(NamedTuple):
    """A kind of package: its name, the schema of its descriptor, and its rules."""

    #: The value of `conformsTo`.
    name: str
    #: The file with the JSON Schema of the descriptor.
    schema: Path
    #: The folder with the SQL rules.
    rules: Path
    #: The rules that are errors in such a package, although they are warnings in others.
    errors: frozenset[str] = frozenset()
    #: How the names of all versions of this profile begin. Empty if there are no versions.
    family: str = ""
    #: What to do with a package of another version.
    advice: str = ""


def follows(package: Package, name: str) -> bool:
    """Whether a package declares that it follows the profile with this name."""
    return package.descriptor.get("conformsTo") == name


def without_profile(descriptor: JsonObject) -> JsonObject:
    """The descriptor of a part of a package. A part does not follow the profile of the whole."""
    return {name: value for name, value in descriptor.items() if name != "conformsTo"}


def other_versions(package: Package, profiles: Sequence[Profile]) -> Iterator[Finding]:
    """A finding if a package declares a version of one of these profiles that cannot be checked."""
    name = str(package.descriptor.get("conformsTo") or "")
    for profile in profiles:
        if profile.family and name.startswith(profile.family) and name != profile.name:
            yield Finding(
                rule="profile",
                file=package.file.name,
                line=line_in(package.file, ("conformsTo",)),
                field="/conformsTo",
                value=name,
                message=f'the package follows "{name}", but only "{profile.name}" can be checked',
                hint=profile.advice,
            )


def declared(package: Package, profiles: Sequence[Profile]) -> Profile | None:
    """The profile among these that a package declares to follow; None if it declares none of them."""
    return next((profile for profile in profiles if follows(package, profile.name)), None)
