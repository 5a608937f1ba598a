"""The release rule of a record: no bump too small, no identifier lost or used again, no silent change.

It holds a package against the last one released, whatever the collection, as long as it follows the
profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..tabular.diff import Difference, compare
from ..tabular.diff.change import Change, Version
from ..tabular.package import Package, Resource
from ..tabular.package.changelog import entries, words
from ..tabular.tables.rows import rows
from .models import RECORD_PREFIXES
from .profile import is_ours

#: Kinds of change to a row that the changelog has to name.
_TO_NAME = frozenset({"row-changed", "row-removed", "row-retired", "row-merged", "detail-removed"})

#: So many fields in free form must have changed, and none may stand, for a row to be another thing.
_ANOTHER = 3


@dataclass(frozen=True, slots=True)
class Breach:
    """One point in which a package breaks the release rule: bump, deleted, retired, reused, changelog."""

    rule: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """What the table of withdrawn identifiers says of one of them."""

    retired_in: str
    #: The identifier in its place; "" where none is.
    replaced_by: str


def latest(folder: Path) -> Path | None:
    """The release of the highest version, `NAME-1.2.3.zip`, in a folder; None where there is none."""
    versions = {
        version: file
        for file in sorted(folder.glob("*.zip"))
        if (version := Version.parse(file.stem.rpartition("-")[2]))
    }
    return versions[max(versions)] if versions else None


def retirements(package: Package) -> dict[str, Retirement]:
    """The identifiers that a package says are withdrawn; none where it does not follow the profile."""
    table = package.resource("retired")
    if table is None or not is_ours(package):
        return {}
    return {
        str(row["record_id"]): Retirement(str(row["retired_in"]), str(row["replaced_by"] or ""))
        for row in rows(table)
    }


def difference(old: Package, new: Package) -> Difference:
    """What differs between two packages, with what the record knows of its identifiers."""
    if not is_ours(new):
        return compare(old, new)
    fates = {name: entry.replaced_by for name, entry in retirements(new).items()}
    return compare(old, new, identified=_has_identifiers, fates=fates)


def breaches(old: Package, new: Package, found: Difference, changelog: str) -> list[Breach]:
    """Where a package breaks the release rule, held against the last release and its changelog.

    What identifiers may not do is asked only of a package that follows the profile.
    """
    of_identifiers = [*_deleted(found), *_retired(old, new, found), *_reused(old, new, found)]
    follows = is_ours(new)
    return [*_bump(found), *(of_identifiers if follows else []), *_unnamed(found, changelog)]


def _has_identifiers(table: Resource) -> bool:
    """Whether the rows have identifiers of their own; rows known by those of others have not."""
    return len(table.primary_key) == 1


def _bump(found: Difference) -> Iterator[Breach]:
    if found.meets is None:
        message = "the two versions cannot be compared"
        yield Breach("bump", message, "Give both a version of the form 1.2.3.")
    elif not found.meets:
        first = next((c for c in found.changes if c.level is found.level), None)
        why = f": {first.why}" if first else ""
        message = (
            f"version {found.new.version} is too small after {found.old.version}: the changes "
            f"are {found.level.name}{why}"
        )
        yield Breach("bump", message, f"Make it {found.smallest} or more.")


def _deleted(found: Difference) -> Iterator[Breach]:
    for change in found.changes:
        if change.kind == "row-removed" and change.table in RECORD_PREFIXES:
            message = f"{change.table}: {change.row} is deleted"
            yield Breach("deleted", message, "Put it back, or add it to the table retired.")


def _retired(old: Package, new: Package, found: Difference) -> Iterator[Breach]:
    after = retirements(new)
    for name in retirements(old):
        if name not in after:
            message = f"retired: {name} is no longer listed as withdrawn"
            yield Breach("retired", message, "Put its row back: a withdrawal is never undone.")
    for change in found.changes:
        if change.kind in ("row-retired", "row-merged"):
            stated = after[str(change.row)].retired_in
            if stated != found.new.version:
                message = (
                    f"retired: {change.row} was withdrawn in {found.new.version}, not {stated}"
                )
                yield Breach("retired", message, "Correct retired_in.")


def _reused(old: Package, new: Package, found: Difference) -> Iterator[Breach]:
    withdrawn = retirements(old).keys()
    for change in found.changes:
        if change.kind == "row-added" and change.row in withdrawn:
            message = f"{change.table}: {change.row} was withdrawn, and is in use again"
            yield Breach("reused", message, "Take the next free identifier.")
    for table in new.resources:
        changed = {
            change.row: change
            for change in found.changes
            if change.kind == "row-changed" and change.table == table.name
        }
        if changed and table.name in RECORD_PREFIXES:
            yield from _other_things(table, changed)


def _other_things(table: Resource, changed: dict[str | None, Change]) -> Iterator[Breach]:
    """Rows of which nothing in free form stands as it stood."""
    coded = {f["name"] for f in table.fields if "enum" in (f.get("constraints") or {})}
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
        if not kept and len(rewritten) >= _ANOTHER:
            message = f"{table.name}: {name} is another thing now: nothing of it stands as it stood"
            hint = "Retire the identifier, and give the other thing the next free one."
            yield Breach("reused", message, hint)


def _unnamed(found: Difference, changelog: str) -> Iterator[Breach]:
    version = found.new.version or ""
    if version == found.old.version or not found.changes:
        return  # there is no new version yet, which is told, or nothing to say of it
    entry = entries(changelog).get(version)
    if entry is None:
        message = f"the changelog has no entry for {version}"
        yield Breach("changelog", message, f'Start it with the heading "## {version}".')
        return
    named = words(entry)
    for change in found.changes:
        if change.kind in _TO_NAME and change.row not in named:
            message = f"{change.table}: {change.row} {change.words}, and the changelog is silent"
            yield Breach("changelog", message, f"Name it in the entry for {version}.")
