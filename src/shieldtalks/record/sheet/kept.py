"""What a sheet says otherwise of a row that is there already. The row stays, and a note tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import folded
from .keys import key_of
from .lines import Path
from .tables import Row

if TYPE_CHECKING:
    from .catalogue import Catalogue


def note_kept(
    catalogue: Catalogue, table: str, row: Row, given: Row, path: Path, shown: str = ""
) -> None:
    """Note the keys of an entry that say something else than the row of a table.

    `given` has the cells that the entry gives. `shown` is what the note calls the row. Default: the
    first cell of its key.
    """
    other = [name for name, cell in given.items() if not is_same(name, cell, row.get(name, ""))]
    if not other:
        return
    lines, first = catalogue.faults.lines, next(iter(row.values()))
    keys = ", ".join(key_of(table, name) for name in other)
    told = (
        f"{shown or first} is already there with another {keys}; it was not changed. "
        f"To change it, edit the table {table}"
    )
    if any(new.cells is row for new in catalogue.tables.new):
        what = shown or "this entry"
        told = f"{what} is twice in the sheet, here with another {keys}: the first one counts"
    catalogue.notes.append(f"{lines.file}:{lines.at(path)}: {told}")


def is_same(name: str, cell: str, old: str) -> bool:
    """Whether a cell of the sheet is that of the row. A label is a name: its case does not matter."""
    if cell == old or (name == "label" and folded(cell) == folded(old)):
        return True
    return name.startswith("score") and _number(cell) == _number(old) is not None


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
