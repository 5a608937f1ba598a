"""The release rule: what a new version must keep.

The version number rises enough, no identifier is lost or used again, and the changelog names every
changed row. The rule compares a package with its last release. It works for every collection that
follows the profile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..tabular.diff import Difference, compare
from ..tabular.diff.change import Change, Version
from ..tabular.package import Package, Resource
from ..tabular.package.changelog import entries, words
from ..tabular.package.schema import constraints
from ..tabular.tables.rows import rows
from .models import RECORD_PREFIXES
from .profile import is_any_version, is_ours

#: The kinds of changes to a row that the changelog must name.
_TO_NAME = frozenset({"row-changed", "row-removed", "row-retired", "row-merged", "detail-removed"})

#: A row counts as replaced by another one if at least so many of its free fields changed and none
#: stayed the same. A free field is not a code and not part of the key.
_LEAST_REWRITTEN = 3


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a package breaks the release rule.

    `rule` is bump, deleted, retired, reused or changelog.
    """

    rule: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """The row of one identifier in the table `retired`."""

    retired_in: str
    #: The identifier that replaces it; "" if there is none.
    replaced_by: str


def latest(folder: Path) -> Path | None:
    """The file `NAME-1.2.3.zip` with the highest version in a folder. None if there is no such file."""
    versions = {
        version: file
        for file in sorted(folder.glob("*.zip"))
        if (version := Version.parse(file.stem.rpartition("-")[2]))
    }
    return versions[max(versions)] if versions else None


def retirements(package: Package) -> dict[str, Retirement]:
    """The retired identifiers of a package. Empty if the package does not follow the profile."""
    table = package.resource("retired")
    needed = {"record_id", "retired_in", "replaced_by"}
    if table is None or not is_any_version(package) or not needed <= set(table.field_names):
        return {}
    return {
        str(row["record_id"]): Retirement(str(row["retired_in"]), str(row["replaced_by"] or ""))
        for row in rows(table)
    }


def difference(
    old: Package, new: Package, unread: Collection[str] = (), sound: Collection[str] = ()
) -> Difference:
    """What differs between two packages. For a record, retired identifiers are taken into account.

    `unread` are the tables of which the rows cannot be read on one side, `sound` those that are
    sound on both (see `compare`).
    """
    if not is_ours(new):
        return compare(old, new, unread=unread, sound=sound)
    retired = {} if "retired" in unread else retirements(new)
    fates = {name: entry.replaced_by for name, entry in retired.items()}
    return compare(old, new, identified=_has_identifiers, fates=fates, unread=unread, sound=sound)


def breaches(old: Package, new: Package, found: Difference, changelog: str) -> list[Breach]:
    """How `new` breaks the release rule, compared with the release `old` and with its changelog.

    The rules about identifiers apply only to a package that follows the profile.
    """
    identifiers: list[Breach] = []
    if is_ours(new):
        identifiers = [*_deleted(found), *_retired(old, new, found), *_reused(old, new, found)]
    return [*_bump(found), *identifiers, *_unnamed(found, changelog)]


def _has_identifiers(table: Resource) -> bool:
    """Whether the rows have their own identifiers. Rows with a composite key do not."""
    return len(table.primary_key) == 1


def _bump(found: Difference) -> Iterator[Breach]:
    if found.meets is None:
        message = "the two versions cannot be compared"
        yield Breach("bump", message, "Give both packages a version such as 1.2.3.")
    elif not found.meets:
        first = next((c for c in found.changes if c.level is found.level), None)
        why = f": {first.why}" if first else ""
        message = (
            f"version {found.new.version} is too low: the changes since {found.old.version} are "
            f"{found.level.name}{why}"
        )
        yield Breach("bump", message, f"Raise the version to {found.smallest} or higher.")


def _deleted(found: Difference) -> Iterator[Breach]:
    for change in found.changes:
        if change.kind == "row-removed" and change.table in RECORD_PREFIXES:
            message = f"{change.table}: {change.row} was deleted"
            hint = "Restore the row, or add its identifier to the table retired."
            yield Breach("deleted", message, hint)


def _retired(old: Package, new: Package, found: Difference) -> Iterator[Breach]:
    after = retirements(new)
    for name in retirements(old):
        if name not in after:
            message = f"retired: {name} was removed from this table"
            hint = "Restore its row. A retired identifier stays retired."
            yield Breach("retired", message, hint)
    for change in found.changes:
        if change.kind in ("row-retired", "row-merged"):
            stated = after[str(change.row)].retired_in
            if stated != found.new.version:
                message = (
                    f"retired: {change.row} was retired in {found.new.version}, not in {stated}"
                )
                yield Breach("retired", message, f"Set retired_in to {found.new.version}.")


def _reused(old: Package, new: Package, found: Difference) -> Iterator[Breach]:
    retired = retirements(old).keys()
    for change in found.changes:
        if change.kind == "row-added" and change.row in retired:
            message = f"{change.table}: {change.row} was retired, but is used again"
            yield Breach("reused", message, "Use the next free identifier instead.")
    for table in new.resources:
        changed = {
            change.row: change
            for change in found.changes
            if change.kind == "row-changed" and change.table == table.name
        }
        if changed and table.name in RECORD_PREFIXES:
            yield from _replaced(table, changed)


def _replaced(table: Resource, changed: dict[str | None, Change]) -> Iterator[Breach]:
    """The changed rows of which no free field stayed the same (see `_LEAST_REWRITTEN`)."""
    coded = {field["name"] for field in table.fields if "enum" in constraints(field)}
    free = set(table.field_names) - coded - set(table.primary_key)
    for row in rows(table):
        name = "/".join(str(row[key]) for key in table.primary_key)
        if name not in changed:
            continue
        cells = {cell.field: cell for cell in changed[name].cells}
        kept = [field for field in free - cells.keys() if row[field] is not None]
        rewritten = [
            field for field in free & cells.keys() if None not in (cells[field].old, row[field])
        ]
        if not kept and len(rewritten) >= _LEAST_REWRITTEN:
            message = f"{table.name}: {name} describes something else now: all its text has changed"
            hint = "Retire the identifier, and give the new content the next free one."
            yield Breach("reused", message, hint)


def _unnamed(found: Difference, changelog: str) -> Iterator[Breach]:
    version = found.new.version or ""
    if version == found.old.version or not found.changes:
        return  # the version did not change (`_bump` reports that), or nothing else did
    entry = entries(changelog).get(version)
    if entry is None:
        message = f"the changelog has no entry for version {version}"
        yield Breach(
            "changelog", message, f'Add the heading "## {version}" and list the changes below it.'
        )
        return
    named = words(entry)
    for change in found.changes:
        if change.kind in _TO_NAME and change.row not in named:
            message = (
                f"{change.table}: {change.row} {change.words}, but the changelog does not name it"
            )
            yield Breach("changelog", message, f"Add {change.row} to the entry for {version}.")
