"""The files that belong to a package: those that its descriptor names, whether they can be used or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from .kinds import paths_of
from .package import Package
from .paths import improper, is_file, unsafe
from .schema import as_objects

#: Properties of a package or a resource that can be the path of a file.
_CAN_BE_PATHS = ("profile", "$schema", "schema", "dialect", "image")


def named_paths(descriptor: Any) -> list[str]:
    """What a descriptor has where the path of a file can be; some are no paths. Each is listed once."""
    if not isinstance(descriptor, dict):
        return []
    data = [path for entry in as_objects(descriptor.get("resources")) for path in paths_of(entry)]
    named = [path for path in data if isinstance(path, str)]
    return list(dict.fromkeys([*named, *_beside(descriptor)]))


def own_files(package: Package) -> Iterator[Path]:
    """The archive of a package or its descriptor, and each file that it names."""
    yield package.archive or package.file
    for path in named_paths(package.descriptor):
        yield package.root / path
    for path in rules_files(package.root, package.descriptor):
        yield package.root / path
    for resource in package.resources if package.is_lone else ():
        yield package.root / (resource.schema_path or resource.path)


def files_beside(root: Path, descriptor: Any) -> list[str]:
    """The files that a descriptor names beside the data: profiles, schemas, dialects, licences, rules.

    Only files that exist inside the package's folder are listed, each once, by their paths.
    """
    return list(dict.fromkeys(_files_beside(root, descriptor)))


def _files_beside(root: Path, descriptor: Any) -> Iterator[str]:
    for path in _beside(descriptor):
        if is_file(root, path):
            yield path
    yield from rules_files(root, descriptor)


def rules_folder(descriptor: Any) -> str | None:
    """The folder of the rules that a package brings (`x-rules`), without a slash at its end.

    None if there is none, or if it may be outside the package.
    """
    named = descriptor.get("x-rules") if isinstance(descriptor, dict) else None
    if not isinstance(named, str) or improper(named.rstrip("/")):
        return None
    folder = str(PurePosixPath(named))
    return None if folder == "." else folder


def rules_files(root: Path, descriptor: Any) -> Iterator[str]:
    """The paths of the files in the folder of the rules that a package brings, in order."""
    folder = rules_folder(descriptor)
    if folder is None or unsafe(root, folder) is not None:
        return
    for file in sorted((root / folder).rglob("*")):
        path = file.relative_to(root).as_posix()
        if unsafe(root, path) is None and file.is_file():
            yield path


def _beside(descriptor: dict[str, Any]) -> Iterator[str]:
    """What a descriptor has where the path of a file beside the data can be."""
    for part in (descriptor, *as_objects(descriptor.get("resources"))):
        named = [part.get(name) for name in _CAN_BE_PATHS]
        for name in ("licenses", "sources"):
            named += [one.get("path") for one in as_objects(part.get(name))]
        yield from (path for path in named if isinstance(path, str))
