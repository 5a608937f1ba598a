"""How the rows of a table differ. Rows are matched by primary key, or by all values if there is none."""

from __future__ import annotations

import filecmp
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..package import Resource
from ..package.schema import kind as field_kind
from ..tables.rows import rows
from .change import Cell, Change
from .schema_changes import renamed_fields

_Row = Mapping[str, Any]


def row_changes(
    old: Resource, new: Resource, *, identified: bool, fates: Mapping[str, str]
) -> Iterator[Change]:
    """Each row that was added, changed or removed, in the order of the new table.

    `identified` is true if the key of a row is an identifier that other data may refer to. `fates`
    gives the replacement of each identifier that was withdrawn ("" for none).
    """
    if old.schema == new.schema and filecmp.cmp(old.file, new.file, shallow=False):
        return
    any_change = False
    renamed = renamed_fields(old, new)
    names = [(renamed.get(name, name), name) for name in old.field_names]
    shared = {name: before for name, before in names if name in new.field_names}
    key = new.primary_key
    if key and [renamed.get(name, name) for name in old.primary_key] == key:
        changes = _by_key(old, new, shared, key, identified=identified, fates=fates)
    else:
        changes = _as_bag(old, new, shared)
    for change in changes:
        any_change = True
        yield change
    if not any_change and old.schema == new.schema:
        yield Change(kind="file-rewritten", table=new.name, words="its file is written differently")


def _by_key(
    old: Resource,
    new: Resource,
    shared: Mapping[str, str],
    key: list[str],
    *,
    identified: bool,
    fates: Mapping[str, str],
) -> Iterator[Change]:
    types = {field["name"]: field_kind(field)[0] for field in old.fields}
    retyped = {
        f["name"] for f in new.fields if types.get(shared.get(f["name"], "")) != field_kind(f)[0]
    }
    before = {tuple(str(row[shared[name]]) for name in key): row for row in rows(old)}
    for row in rows(new):
        name = tuple(str(row[field]) for field in key)
        was = before.pop(name, None)
        if was is None:
            cells = tuple(Cell(field, None, row[field]) for field in row if row[field] is not None)
            yield Change(
                kind="row-added", table=new.name, row="/".join(name), words="is added", cells=cells
            )
            continue
        cells = tuple(
            Cell(field, was[earlier], row[field])
            for field, earlier in shared.items()
            if not _same(was[earlier], row[field], as_text=field in retyped)
        )
        if cells:
            fields = ", ".join(cell.field for cell in cells)
            words = f"is changed in {fields}"
            yield Change(
                kind="row-changed", table=new.name, row="/".join(name), words=words, cells=cells
            )
    for name, row in before.items():
        yield _gone(new.name, "/".join(name), row, identified=identified, fates=fates)


def _gone(
    table: str, name: str, row: _Row, *, identified: bool, fates: Mapping[str, str]
) -> Change:
    kind, words, replaced_by = "detail-removed", "is removed", None
    if identified and name in fates:
        replaced_by = fates[name] or None
        kind = "row-merged" if replaced_by else "row-retired"
        words = f"is merged into {replaced_by}" if replaced_by else "is retired"
    elif identified:
        kind = "row-removed"
    cells = tuple(Cell(field, value, None) for field, value in row.items() if value is not None)
    return Change(
        kind=kind, table=table, row=name, replaced_by=replaced_by, words=words, cells=cells
    )


def _as_bag(old: Resource, new: Resource, shared: Mapping[str, str]) -> Iterator[Change]:
    """Rows without a key are compared by the fields that both sides have. Equal rows are counted."""

    def bag(table: Resource, fields: list[str]) -> Counter[tuple[Any, ...]]:
        return Counter(tuple(_comparable(row[field]) for field in fields) for row in rows(table))

    before, after = bag(old, list(shared.values())), bag(new, list(shared))
    for kind, rest in (("row-added", after - before), ("detail-removed", before - after)):
        for values, times in rest.items():
            cells = tuple(
                Cell(field, None, value) if kind == "row-added" else Cell(field, value, None)
                for field, value in zip(shared, values, strict=True)
                if value is not None
            )
            words = "is added" if kind == "row-added" else "is removed"
            name = "/".join("" if value is None else str(value) for value in values)
            for _ in range(times):
                yield Change(kind=kind, table=new.name, row=name, words=words, cells=cells)


def _same(old: Any, new: Any, *, as_text: bool) -> bool:
    if as_text and None not in (old, new) and str(old) == str(new):
        return True
    return bool(_comparable(old) == _comparable(new))


def _comparable(value: Any) -> Any:
    """A value that can be compared with `==`. NaN does not equal itself, so it becomes a text."""
    return "NaN" if value != value else value
