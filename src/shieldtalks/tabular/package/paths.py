"""Which paths in a descriptor may be opened: only files inside the package's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

#: The names of descriptors in YAML, which are not read.
YAML_DESCRIPTORS = ("datapackage.yml", "datapackage.yaml")


def yaml_descriptor(folder: Path) -> str | None:
    """The name of a descriptor in YAML in a folder; None if there is none."""
    for name in YAML_DESCRIPTORS:
        if (folder / name).is_file():
            return name
    return None


def named_files(root: Path, descriptor: Any) -> list[str]:
    """The files that a descriptor names beside the data: profiles, schemas, dialects, licences, rules.

    Only files that exist inside the package's folder are listed, each once, by their paths.
    """
    return list(dict.fromkeys(_named_files(root, descriptor)))


#: Properties of a package or a resource that can be the path of a file.
_CAN_BE_PATHS = ("profile", "$schema", "schema", "dialect", "image")


def possible_paths(descriptor: Any) -> Iterator[str]:
    """What a descriptor has where the path of a file beside the data can be; some are no paths."""
    for part in (descriptor, *_objects(descriptor.get("resources"))):
        named = [part.get(name) for name in _CAN_BE_PATHS]
        for name in ("licenses", "sources"):
            named += [one.get("path") for one in _objects(part.get(name))]
        yield from (path for path in named if isinstance(path, str))


def _named_files(root: Path, descriptor: Any) -> Iterator[str]:
    for path in possible_paths(descriptor):
        if unsafe(root, path) is None and (root / path).is_file():
            yield path
    rules = descriptor.get("x-rules")
    if isinstance(rules, str) and unsafe(root, rules) is None:
        for file in sorted((root / rules).rglob("*")):
            path = file.relative_to(root).as_posix()
            if unsafe(root, path) is None and file.is_file():
                yield path


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def unsafe(root: Path, path: str) -> str | None:
    """Why a path in a descriptor may not be opened; None if it may."""
    fault = improper(path)
    if fault:
        return fault
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: symbolic links that form a cycle
        return "is not a valid path"
    return None if inside else "leads out of the package's folder through a symbolic link"


def improper(path: str) -> str | None:
    """Why this path is not allowed for any file of a package; None if it is allowed."""
    pure = PurePosixPath(path)
    if "://" in path:
        return "is a URL, not a file of the package; nothing is downloaded"
    if "\\" in path:
        return 'contains a backslash; use "/" instead'
    if not path or "\0" in path:
        return "is not a valid path"
    if pure.is_absolute() or path.startswith("~") or (len(path) > 1 and path[1] == ":"):
        return "is absolute"
    if ".." in pure.parts:
        return 'contains "..", which is not allowed'
    if any(part.startswith(".") for part in pure.parts):
        return "contains a hidden file or folder"
    return None
