"""The files that belong to a package: those that its descriptor names, whether they can be used or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .kinds import paths_of
from .package import Package

#: The keys of a descriptor that can name a profile in a file of the package.
PROFILES = ("profile", "$schema")


def named_files(descriptor: Any) -> list[str]:
    """The paths in a descriptor: of tables and other files, of schemas and of profiles."""
    resources: Any = descriptor.get("resources") if isinstance(descriptor, dict) else None
    listed = resources if isinstance(resources, list) else []
    entries = [entry for entry in listed if isinstance(entry, dict)]
    named = [path for entry in entries for path in (*paths_of(entry), entry.get("schema"))]
    named += [entry.get(name) for entry in entries for name in PROFILES]
    named += [descriptor.get(name) for name in PROFILES] if isinstance(descriptor, dict) else []
    return list(dict.fromkeys(path for path in named if isinstance(path, str)))


def own_files(package: Package) -> Iterator[Path]:
    """The descriptor of a package, and each file that it names."""
    yield package.file
    for path in named_files(package.descriptor):
        yield package.root / path
