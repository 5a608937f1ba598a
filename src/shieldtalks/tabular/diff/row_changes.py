"""How the rows of a table differ. Rows are matched by primary key, or by all values if there is none."""

from __future__ import annotations

import filecmp
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..package import Resource
from ..package.kinds import INLINE
from ..package.schema import kind as field_kind
from ..sources.forms import is_plain
from .change import Change
from .keyed import Keyed, by_key
from .sides import Sides, added, changed, gone
from .table_rows import Column, Texts, columns, reads_alike, texts, unlike_texts


def row_changes(
    old: Resource,
    new: Resource,
    renamed: Mapping[str, str],
    *,
    identified: bool,
    fates: Mapping[str, str],
    sound: bool = False,
) -> Iterator[Change]:
    """Each row that was added, changed or removed, in the order of the new table.

    `renamed` gives the new name of each renamed field. `identified` is true if the key of a row is an
    identifier that other data may refer to. `fates` gives the replacement of each identifier that was
    withdrawn ("" for none). If both tables are `sound`, rows with the same bytes need not be read.
    """
    if old.schema == new.schema and _read_alike(old, new) and _same_files(old, new):
        return
    any_change = False
    sides = _sides(old, new, renamed)
    key = new.primary_key
    has_key = bool(key) and [renamed.get(name, name) for name in old.primary_key] == key
    if has_key and all(name in sides.shared for name in key):
        rows = _pairs(old, new, sides, sound)
        changes = by_key(Keyed(new.name, sides, key, identified, fates), *rows)
    else:
        changes = _as_bag(old, new, sides)
    for change in changes:
        any_change = True
        yield change
    # If the files are other ones, that is a change of its own.
    has_own_file = INLINE not in (old.form, new.form)
    same_form = old.schema == new.schema and len(old.files) == len(new.files)
    if not any_change and same_form and has_own_file:
        yield Change(kind="file-rewritten", table=new.name, words="its file is written differently")


def _read_alike(old: Resource, new: Resource) -> bool:
    """Whether the files of two tables are read in the same way: the same sheet, the same list in JSON."""
    stated = ("dialect", "format", "compression", "innerpath")
    return (is_plain(old) and is_plain(new)) or all(
        old.descriptor.get(name) == new.descriptor.get(name) for name in stated
    )


def _same_files(old: Resource, new: Resource) -> bool:
    """Whether the files of two tables have the same bytes, one by one."""
    return len(old.files) == len(new.files) and all(
        filecmp.cmp(was, now, shallow=False) for was, now in zip(old.files, new.files, strict=True)
    )


def _sides(old: Resource, new: Resource, renamed: Mapping[str, str]) -> Sides:
    names = [(renamed.get(name, name), name) for name in old.field_names]
    shared = {name: before for name, before in names if name in new.field_names}
    types = {field["name"]: field_kind(field)[0] for field in old.fields}
    retyped = frozenset(
        f["name"] for f in new.fields if types.get(shared.get(f["name"], "")) != field_kind(f)[0]
    )
    return Sides(columns(old), columns(new), shared, retyped, reads_alike(old, new, shared))


def _pairs(
    old: Resource, new: Resource, sides: Sides, sound: bool
) -> tuple[Iterable[Texts], Iterable[Texts]]:
    """The rows of both sides, if possible without those that are the same in both."""
    found = unlike_texts(old, new) if sound and sides.alike and not sides.retyped else None
    return found or (texts(old), texts(new))


#: A row without a partner: the number of rows with a partner before it, and its cells.
_Loose = tuple[int, Texts]


def _as_bag(old: Resource, new: Resource, sides: Sides) -> Iterator[Change]:
    """Rows without a key are compared by the fields that both sides have. Equal rows are counted.

    A row that is gone and a row that is new are one changed row if they are at the same place among
    the equal rows and at least half of their cells agree.
    """

    def values(row: Texts, side: dict[str, Column], names: list[str]) -> tuple[Any, ...]:
        return tuple(
            row[name] if field in sides.retyped else side[name].value(row[name])
            for field, name in zip(sides.shared, names, strict=True)
        )

    own, others = list(sides.shared.values()), list(sides.shared)
    equal = Counter(values(row, sides.old, own) for row in texts(old))
    equal &= Counter(values(row, sides.new, others) for row in texts(new))

    def loose(table: Resource, side: dict[str, Column], names: list[str]) -> list[_Loose]:
        left, place, found = Counter(equal), 0, []
        for row in texts(table):
            name = values(row, side, names)
            if left[name]:
                left[name] -= 1
                place += 1
            else:
                found.append((place, row))
        return found

    left: dict[int, list[Texts]] = {}
    for place, row in loose(old, sides.old, own):
        left.setdefault(place, []).append(row)
    for place, row in loose(new, sides.new, others):
        partner = _partner(left.get(place, []), row, sides)
        if partner is None:
            yield added(new.name, sides.name_of(row, sides.new, others), row, sides.new)
            continue
        cells = sides.changed_cells(partner, row)
        yield changed(new.name, sides.name_of(partner, sides.old, own), cells)
    for rest in left.values():
        for row in rest:
            name = sides.name_of(row, sides.old, own)
            yield gone(new.name, name, row, sides.old, identified=True, fates={})


def _partner(candidates: list[Texts], row: Texts, sides: Sides) -> Texts | None:
    """The first of the rows that are gone with at least half of the cells of a new row; it is taken."""
    for number, other in enumerate(candidates[:_NEAR]):
        changed = len(sides.changed_cells(other, row))
        if 0 < changed <= len(sides.shared) // 2:
            return candidates.pop(number)
    return None


#: How many rows at one place are compared with a new row: the work stays linear.
_NEAR = 20
