"""How the files of two packages differ that are no tables, and the tables without a schema.

Their content is compared byte by byte. Nothing is known of its meaning.
"""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..jsontext import JsonObject
from ..package import DataFile, Package, Resource
from ..package.kinds import is_inline
from .change import Change


@dataclass(frozen=True, slots=True)
class Contents:
    """A resource of which only the content of its files is known."""

    name: str
    is_table: bool
    descriptor: JsonObject
    #: Each file with its path in the descriptor.
    files: tuple[tuple[str, Path], ...]

    @property
    def paths(self) -> str:
        """The paths of the files, for a message."""
        return ", ".join(path for path, _ in self.files)

    @property
    def is_there(self) -> bool:
        """Whether each file is a regular file."""
        return all(file.is_file() for _, file in self.files)


def contents_of(package: Package) -> dict[str, Contents]:
    """The resources of a package without a schema, by name."""
    found: dict[str, Contents] = {}
    every: list[Resource | DataFile] = [*package.bare, *package.files]
    for one in every:
        before = found[one.name].files if one.name in found else ()
        is_table = isinstance(one, Resource)
        own = () if is_inline(one.descriptor) else ((one.path, one.file),)
        files = (*before, *own)
        found[one.name] = Contents(one.name, is_table, one.descriptor, files)
    return found


def file_changes(old: Contents, new: Contents) -> Iterator[Change]:
    """What differs in the files of a resource, apart from its metadata. Raises OSError."""
    if old.paths != new.paths:
        kind = "table-moved" if new.is_table else "file-moved"
        words = f"its file is now {new.paths}, was {old.paths}"
        yield Change(kind=kind, table=new.name, words=words)
    if not _have_same_bytes(old, new):
        kind = "bare-table-changed" if new.is_table else "file-changed"
        yield Change(kind=kind, table=new.name, words="its content is different")


def added(new: Contents) -> Change:
    """The change of a new resource."""
    return Change(kind=f"{_noun(new)}-added", table=new.name, words="is added")


def removed(old: Contents) -> Change:
    """The change of a resource that is gone."""
    return Change(kind=f"{_noun(old)}-removed", table=old.name, words="is removed")


def _noun(contents: Contents) -> str:
    return "table" if contents.is_table else "file"


def _have_same_bytes(old: Contents, new: Contents) -> bool:
    return len(old.files) == len(new.files) and all(
        filecmp.cmp(one, other, shallow=False)
        for (_, one), (_, other) in zip(old.files, new.files, strict=True)
    )
