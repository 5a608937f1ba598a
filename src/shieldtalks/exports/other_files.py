"""The files of a package that are no tables with a schema, for a format that copies them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..tabular.jsontext import JsonObject
from ..tabular.package import Package
from ..tabular.package.kinds import is_inline
from ..tabular.package.paths import is_file
from ..tabular.package.schema import as_objects


class OtherFile(NamedTuple):
    """A file with its path in the package, and what the descriptor says of it."""

    path: str
    file: Path
    descriptor: JsonObject


def other_files(package: Package) -> list[OtherFile]:
    """The tables without a schema, the other files, the licences, the local sources and the picture.

    Each file is listed once, by its path.
    """
    found: dict[str, OtherFile] = {}
    for table in package.bare:
        for part in table.parts:
            found.setdefault(part.path, OtherFile(part.path, part.file, table.descriptor))
    for one in package.files:
        if not is_inline(one.descriptor):
            found.setdefault(one.path, OtherFile(one.path, one.file, one.descriptor))
    descriptor = package.descriptor
    beside = [*as_objects(descriptor.get("licenses")), *as_objects(descriptor.get("sources"))]
    for entry in [*beside, {"path": descriptor.get("image")}]:
        path = entry.get("path")
        if isinstance(path, str) and is_file(package.root, path):
            found.setdefault(path, OtherFile(path, package.root / path, entry))
    tables = {part.path for table in package.resources for part in table.parts}
    return [one for path, one in found.items() if path not in tables]


def inline_names(package: Package) -> list[str]:
    """The names of the resources that are no tables, and are in the descriptor itself."""
    return [one.name for one in package.files if is_inline(one.descriptor)]
