"""How the rows of a table differ. Rows are matched by primary key, or by all values if there is none."""

from __future__ import annotations

import filecmp
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..package import Resource
from ..package.kinds import INLINE
from ..package.schema import kind as field_kind
from ..sources.forms import is_plain
from .change import Cell, Change
from .table_rows import Column, Texts, columns, reads_alike, texts, unlike_texts


class _Sides(NamedTuple):
    """The columns of both sides, and how the fields that both have are compared."""

    old: dict[str, Column]
    new: dict[str, Column]
    #: The old name of each field of the new table that both sides have.
    shared: Mapping[str, str]
    #: Fields whose type changed: they are also the same if their texts are.
    retyped: frozenset[str]
    #: Whether equal texts mean the same on both sides.
    alike: bool

    def name_of(self, row: Texts, side: dict[str, Column], fields: list[str]) -> str:
        """The cells of a row as they are written, joined by a slash."""
        return "/".join(str(side[field].shown(row[field]) or "") for field in fields)

    def changed_cells(self, was: Texts, now: Texts) -> tuple[Cell, ...]:
        """The cells that differ."""
        if self.alike and was == now:  # most rows
            return ()
        return tuple(
            Cell(field, self.old[earlier].shown(was[earlier]), self.new[field].shown(now[field]))
            for field, earlier in self.shared.items()
            if not self._same(field, was[earlier], now[field])
        )

    def _same(self, field: str, old: Any, new: Any) -> bool:
        if self.alike and old == new:
            return True
        before, after = self.old[self.shared[field]].value(old), self.new[field].value(new)
        if field in self.retyped and None not in (before, after) and old == new:
            return True
        return bool(before == after)


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
        changes = _by_key(new.name, sides, key, rows, identified=identified, fates=fates)
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


def _sides(old: Resource, new: Resource, renamed: Mapping[str, str]) -> _Sides:
    names = [(renamed.get(name, name), name) for name in old.field_names]
    shared = {name: before for name, before in names if name in new.field_names}
    types = {field["name"]: field_kind(field)[0] for field in old.fields}
    retyped = frozenset(
        f["name"] for f in new.fields if types.get(shared.get(f["name"], "")) != field_kind(f)[0]
    )
    return _Sides(columns(old), columns(new), shared, retyped, reads_alike(old, new, shared))


def _pairs(
    old: Resource, new: Resource, sides: _Sides, sound: bool
) -> tuple[Iterable[Texts], Iterable[Texts]]:
    """The rows of both sides, if possible without those that are the same in both."""
    found = unlike_texts(old, new) if sound and sides.alike and not sides.retyped else None
    return found or (texts(old), texts(new))


def _by_key(
    table: str,
    sides: _Sides,
    key: list[str],
    rows: tuple[Iterable[Texts], Iterable[Texts]],
    *,
    identified: bool,
    fates: Mapping[str, str],
) -> Iterator[Change]:
    def identity(row: Texts, side: dict[str, Column], fields: list[str]) -> tuple[Any, ...]:
        if not sides.retyped and len(fields) == 1:
            return (side[fields[0]].value(row[fields[0]]),)
        return tuple(
            row[field] if name in sides.retyped else side[field].value(row[field])
            for name, field in zip(key, fields, strict=True)
        )

    own = [sides.shared[name] for name in key]
    # A table that is not valid can have two rows with one key.
    before: dict[tuple[Any, ...], list[Texts]] = {}
    for row in rows[0]:
        before.setdefault(identity(row, sides.old, own), []).append(row)
    for row in rows[1]:
        was = before.get(identity(row, sides.new, key))
        if not was:
            yield _added(table, sides.name_of(row, sides.new, key), row, sides.new)
        elif cells := sides.changed_cells(was.pop(0), row):
            yield _changed(table, sides.name_of(row, sides.new, key), cells)
    for rest in before.values():
        for row in rest:
            name = sides.name_of(row, sides.old, own)
            yield _gone(table, name, row, sides.old, identified=identified, fates=fates)


def _added(table: str, name: str, row: Texts, side: dict[str, Column]) -> Change:
    shown = {field: column.shown(row[field]) for field, column in side.items()}
    cells = tuple(Cell(field, None, text) for field, text in shown.items() if text is not None)
    return Change(kind="row-added", table=table, row=name, words="is added", cells=cells)


def _changed(table: str, name: str, cells: tuple[Cell, ...]) -> Change:
    words = f"is changed in {', '.join(cell.field for cell in cells)}"
    return Change(kind="row-changed", table=table, row=name, words=words, cells=cells)


def _gone(
    table: str,
    name: str,
    row: Texts,
    side: dict[str, Column],
    *,
    identified: bool,
    fates: Mapping[str, str],
) -> Change:
    kind, words, replaced_by = "detail-removed", "is removed", None
    if identified and name in fates:
        replaced_by = fates[name] or None
        kind = "row-merged" if replaced_by else "row-retired"
        words = f"is merged into {replaced_by}" if replaced_by else "is retired"
    elif identified:
        kind = "row-removed"
    shown = {field: column.shown(row[field]) for field, column in side.items()}
    cells = tuple(Cell(field, text, None) for field, text in shown.items() if text is not None)
    return Change(
        kind=kind, table=table, row=name, replaced_by=replaced_by, words=words, cells=cells
    )


#: A row without a partner: the number of rows with a partner before it, and its cells.
_Loose = tuple[int, Texts]


def _as_bag(old: Resource, new: Resource, sides: _Sides) -> Iterator[Change]:
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

    gone: dict[int, list[Texts]] = {}
    for place, row in loose(old, sides.old, own):
        gone.setdefault(place, []).append(row)
    for place, row in loose(new, sides.new, others):
        partner = _partner(gone.get(place, []), row, sides)
        if partner is None:
            yield _added(new.name, sides.name_of(row, sides.new, others), row, sides.new)
            continue
        cells = sides.changed_cells(partner, row)
        yield _changed(new.name, sides.name_of(partner, sides.old, own), cells)
    for rest in gone.values():
        for row in rest:
            name = sides.name_of(row, sides.old, own)
            yield _gone(new.name, name, row, sides.old, identified=True, fates={})


def _partner(candidates: list[Texts], row: Texts, sides: _Sides) -> Texts | None:
    """The first of the rows that are gone with at least half of the cells of a new row; it is taken."""
    for number, other in enumerate(candidates[:_NEAR]):
        changed = len(sides.changed_cells(other, row))
        if 0 < changed <= len(sides.shared) // 2:
            return candidates.pop(number)
    return None


#: How many rows at one place are compared with a new row: the work stays linear.
_NEAR = 20
