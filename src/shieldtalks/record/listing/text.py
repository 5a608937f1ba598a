"""The rows of a table as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...tabular.columns import table_lines
from ...tabular.findings import counted
from ...tabular.terminal import Style, plain
from .rows import Listing

#: How much of the space a column gets: the wordy ones get more.
_WORDY, _SHORT = 4, 1

#: The average length of a cell from which a column is wordy.
_LONG = 20


def lines(listed: Listing, width: int = 100, style: Style = plain) -> Iterator[str]:
    """The lines of the table, with names in place of the identifiers of actors; none without rows."""
    key = listed.columns[0] if listed.columns else ""
    rows = [
        [_cell(row[name], {} if name == key else listed.names) for name in listed.columns]
        for row in listed.rows
    ]
    shares = [_share([row[place] for row in rows]) for place in range(len(listed.columns))]
    heads = [name if name == key else name.removesuffix("_id") for name in listed.columns]
    return table_lines(shares, heads, rows, width, style)


def summary(listed: Listing) -> str:
    """The number of rows, in one line."""
    if not listed.rows:
        return f"Nothing was found: no row of {listed.name} has these values."
    return f"{counted(len(listed.rows), 'row')} of {listed.name}"


def _share(cells: list[str]) -> int:
    return _WORDY if sum(map(len, cells)) > _LONG * len(cells) else _SHORT


def _cell(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else names.get(str(value), str(value))
