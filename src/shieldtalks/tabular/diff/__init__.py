"""The differences between two tabular data packages, and the smallest version bump that they allow.

This works for any package. The caller passes in what the tables do not show: which keys are
identifiers, and which identifiers were withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..findings import CannotRun
from ..jsontext import dumps
from ..package import Package, Resource
from . import file_changes
from .change import Change, Level, Version
from .file_changes import contents_of
from .renames import renamed_fields, table_pairs
from .row_changes import row_changes
from .schema_changes import contract_changes, property_change
from .table_rows import UNREADABLE


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two packages: its name and its version, if it has them."""

    name: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two packages: first those of the descriptor, then those of each table."""

    old: Side
    new: Side
    changes: tuple[Change, ...]
    #: The tables of which the rows could not be compared.
    not_compared: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """The result in one line, and the first changes."""
        from ..notebook import difference_text  # few programs print a difference

        return difference_text(self)

    @property
    def level(self) -> Level:
        """The smallest version bump that the changes allow."""
        return max((change.level for change in self.changes), default=Level.NONE)

    @property
    def smallest(self) -> Version | None:
        """The smallest version that NEW may have; None if OLD has no version of the form 1.2.3."""
        old = Version.parse(self.old.version)
        return old.after(self.level) if old else None

    @property
    def meets(self) -> bool | None:
        """Whether the version of NEW is at least `smallest`; None if the versions cannot be compared."""
        new = Version.parse(self.new.version)
        return None if self.smallest is None or new is None else new >= self.smallest


def _keyed(table: Resource) -> bool:
    return bool(table.primary_key)


def compare(
    old: Package,
    new: Package,
    *,
    identified: Callable[[Resource], bool] = _keyed,
    fates: Mapping[str, str] = MappingProxyType({}),
    unread: Collection[str] = (),
    sound: Collection[str] = (),
) -> Difference:
    """The difference between two packages. They need not be valid.

    `identified` returns whether the keys of a table are identifiers. `fates` gives the replacement of
    each identifier that was withdrawn ("" for none). `unread` are the tables of which the rows cannot
    be read on one side: only their contracts are compared. `sound` are the tables that were validated on
    both sides and are sound (see `readable.sound`): their rows are compared faster, with the same result.
    Raises CannotRun if the two are unrelated.
    """
    broken = {*_unusable(old), *_unusable(new)}
    unread = {*unread, *broken}
    tables = table_pairs(old, new, unread)
    old_side, new_side = _side(old), _side(new)
    different_ids = old.descriptor.get("id") != new.descriptor.get("id")
    if old_side.name != new_side.name and (not tables or different_ids):
        message = f'"{old.name}" and "{new.name}" are unrelated packages and cannot be compared'
        raise CannotRun(message)
    changes = [*_descriptor(old, new)]
    not_compared = sorted(broken)
    for resource in new.resources:
        before = tables.get(resource.name)
        if before is None:
            if resource.name not in broken | contents_of(old).keys():
                words = "is added"
                changes.append(Change(kind="table-added", table=resource.name, words=words))
            continue
        is_read = resource.name not in unread and before.name not in unread
        renamed = renamed_fields(before, resource) if is_read else {}
        changes += _table(before, resource, renamed)
        both_sound = before.name == resource.name and resource.name in sound
        try:
            if is_read:
                known = identified(resource)
                changes += row_changes(
                    before, resource, renamed, identified=known, fates=fates, sound=both_sound
                )
        except UNREADABLE:
            is_read = False
        not_compared += [] if is_read else [resource.name]
    paired = {resource.name for resource in tables.values()}
    others = contents_of(new)
    for resource in old.resources:
        if resource.name not in paired and resource.name not in broken | others.keys():
            changes.append(Change(kind="table-removed", table=resource.name, words="is removed"))
    changes += _others(old, new, not_compared)
    return Difference(old_side, new_side, tuple(changes), tuple(dict.fromkeys(not_compared)))


def _others(old: Package, new: Package, not_compared: list[str]) -> Iterator[Change]:
    """The changes of files that are no tables, and of tables without a schema."""
    before, after = contents_of(old), contents_of(new)
    for name, now in after.items():
        was, table = before.get(name), old.resource(name)
        if was is None and table is None:
            yield file_changes.added(now)
        elif was is None:
            yield Change(kind="schema-removed", table=name, words="it has no schema any more")
        elif was.is_table != now.is_table:
            yield file_changes.removed(was)
            yield file_changes.added(now)
        else:
            yield from _metadata(name, was.descriptor, now.descriptor, _RESOURCE_OWN)
            if was.is_there and now.is_there:
                yield from file_changes.file_changes(was, now)
            else:
                not_compared.append(name)
    for name, was in before.items():
        if name not in after:
            if new.resource(name) is None:
                yield file_changes.removed(was)
            else:
                yield Change(kind="schema-added", table=name, words="it has a schema now")


def _unusable(package: Package) -> set[str]:
    """The tables that the descriptor lists and that cannot be used."""
    usable = {resource.name for resource in package.resources} | contents_of(package).keys()
    entries = [entry for entry in package.descriptor["resources"] if isinstance(entry, dict)]
    listed = {str(entry["name"]) for entry in entries if isinstance(entry.get("name"), str)}
    return listed - usable


def _side(package: Package) -> Side:
    name = package.descriptor.get("name")
    return Side(name if isinstance(name, str) else None, package.version)


#: Keys of a descriptor and of a resource that are not compared as metadata: other changes cover them.
_PACKAGE_OWN = {"name", "version", "conformsTo", "resources"}
_RESOURCE_OWN = {"name", "path", "schema", "hash", "bytes", "encoding"}


def _descriptor(old: Package, new: Package) -> Iterator[Change]:
    before, after = old.descriptor, new.descriptor
    if before.get("name") != after.get("name"):
        words = f'its name is now "{after.get("name")}", was "{before.get("name")}"'
        yield Change(kind="package-renamed", words=words)
    if before.get("conformsTo") != after.get("conformsTo"):
        yield Change(kind="profile-changed", words="conformsTo names a different profile")
    yield from _metadata(None, before, after, _PACKAGE_OWN)


def _metadata(
    table: str | None, old: Mapping[str, Any], new: Mapping[str, Any], own: set[str]
) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        if name not in own and old.get(name) != new.get(name):
            yield property_change("metadata-changed", table, None, name, old, new)


def _table(old: Resource, new: Resource, renamed: Mapping[str, str]) -> Iterator[Change]:
    if old.name != new.name:
        words = f'its name is now "{new.name}", was "{old.name}"'
        yield Change(kind="table-renamed", table=new.name, words=words)
    before, now = (", ".join(part.path for part in table.parts) for table in (old, new))
    if before != now:
        words = f"its {'files are' if new.more else 'file is'} now {now}, was {before}"
        yield Change(kind="table-moved", table=new.name, words=words)
    if _reading(old) != _reading(new):
        before, now = (" with ".join(_reading(table)) for table in (old, new))
        words = f"its file is now {now}, was {before}"
        yield Change(kind="reading-changed", table=new.name, words=words)
    yield from _metadata(new.name, old.descriptor, new.descriptor, {*_RESOURCE_OWN, "data"})
    yield from contract_changes(old, new, renamed)


def _reading(table: Resource) -> tuple[str, str]:
    dialect = table.dialect
    words = f'the delimiter "{dialect.delimiter}"'
    others = ", ".join(f"{key} {dumps(value)}" for key, value in dialect.unusual().items())
    return table.encoding.lower(), f"{words}, {others}" if others else words
