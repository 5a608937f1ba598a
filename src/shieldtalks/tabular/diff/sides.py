"""Two tables that are compared: what their cells mean, and the changes of their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .change import Cell, Change
from .table_rows import Column, Texts


class Sides(NamedTuple):
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


def added(table: str, name: str, row: Texts, side: dict[str, Column]) -> Change:
    """The change of a row that is new."""
    shown = {field: column.shown(row[field]) for field, column in side.items()}
    cells = tuple(Cell(field, None, text) for field, text in shown.items() if text is not None)
    return Change(kind="row-added", table=table, row=name, words="is added", cells=cells)


def changed(table: str, name: str, cells: tuple[Cell, ...]) -> Change:
    """The change of a row with other values."""
    words = f"is changed in {', '.join(cell.field for cell in cells)}"
    return Change(kind="row-changed", table=table, row=name, words=words, cells=cells)


def gone(
    table: str,
    name: str,
    row: Texts,
    side: dict[str, Column],
    *,
    identified: bool,
    fates: Mapping[str, str],
) -> Change:
    """The change of a row that is not there any more: removed, or withdrawn as an identifier."""
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
