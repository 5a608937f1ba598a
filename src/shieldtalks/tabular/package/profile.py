"""Profiles: kinds of packages. A descriptor names its profile in `conformsTo`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..jsontext import JsonObject
from .package import Package


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of package: its name, the schema of its descriptor, and its rules."""

    #: The value of `conformsTo`.
    name: str
    #: The file with the JSON Schema of the descriptor.
    schema: Path
    #: The folder with the SQL rules.
    rules: Path
    #: The rules that are errors in such a package, although they are warnings in others.
    errors: frozenset[str] = frozenset()


def follows(package: Package, name: str) -> bool:
    """Whether a package declares that it follows the profile with this name."""
    return package.descriptor.get("conformsTo") == name


def without_profile(descriptor: JsonObject) -> JsonObject:
    """The descriptor of a part of a package. A part does not follow the profile of the whole."""
    return {name: value for name, value in descriptor.items() if name != "conformsTo"}


def declared(package: Package, profiles: Sequence[Profile]) -> Profile | None:
    """The profile among these that a package declares to follow; None if it declares none of them."""
    return next((profile for profile in profiles if follows(package, profile.name)), None)
