"""The keys of objects beside the fields of a schema: what every object lacks or has too many is one fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..findings import cut
from ..marks import Rows
from .fault import Fault
from .header import MOST_FAULTS, listed
from .source import Cell, SourceRow

#: Values of `fieldsMatch` that allow objects to have other keys, and to lack fields.
_MORE, _FEWER = frozenset({"subset", "partial"}), frozenset({"superset", "partial"})

_ADD = "Add the key. Write null if there is no value."
_REMOVE = "Remove the key, or add the field to the schema."
_MATCH = "The keys of each object must be the names of the fields of the schema."

#: How a message shows a key.
_QUOTED = '"{}"'

#: A fault of a row, with the names of the fields that it concerns.
RowFault = tuple[int, Fault, Sequence[str]]


#: What messages call the rows of each itemType of a dialect.
_ITEMS = {"array": "lists", "object": "objects"}


def unlike_stated(dialect: Any, first: SourceRow | None) -> Fault | None:
    """The fault of a table whose rows are not of the itemType of its dialect; `first` is its first row."""
    stated = dialect.get("itemType") if isinstance(dialect, dict) else None
    if stated not in _ITEMS or first is None:
        return None
    own = "object" if isinstance(first.cells, Mapping) else "array"
    if own == stated:
        return None
    message = f'the rows are {_ITEMS[own]}, but the itemType of the dialect is "{stated}"'
    return Fault("source", 0, message, hint="Correct the itemType of the dialect.")


class Keys:
    """Looks at the keys of each object of a table. The order of keys means nothing."""

    def __init__(self, want: Sequence[str], match: Any) -> None:
        rule = match[0] if isinstance(match, list) and match else match
        self._may_have_more, self._may_have_fewer = rule in _MORE, rule in _FEWER
        self._want, self._names = want, frozenset(want)
        self._rows = self._last = 0
        self._lack: dict[str, Rows] = {}
        self._have: dict[str, Rows] = {}
        self._times: Counter[str] = Counter()

    def look(self, row: int, cells: Mapping[str, Cell]) -> None:
        """Look at the keys of one object."""
        self._rows += 1
        self._last = row
        keys = cells.keys()
        if keys == self._names:
            return
        for name in self._names - keys:
            self._lack.setdefault(name, Rows()).add(row)
            self._times[name] += 1
        for name in keys - self._names:
            if name in self._have or len(self._have) < MOST_FAULTS:
                self._have.setdefault(name, Rows()).add(row)
                self._times[name] += 1

    @property
    def absent(self) -> set[str]:
        """The fields that no object has."""
        return {name for name in self._lack if self._times[name] == self._rows}

    @property
    def left_out(self) -> set[str]:
        """The fields that no object has and that may be missing."""
        return self.absent if self._may_have_fewer else set()

    def faults(self) -> tuple[list[Fault], Iterator[RowFault]]:
        """The faults of the table, and those of its rows in order."""
        header: list[Fault] = []
        absent = self.absent
        if not self._may_have_fewer:
            for name in self._want:
                if name in absent:
                    message = f'no object has the key "{cut(name, 200)}"'
                    header.append(Fault("header", 0, message, hint=_MATCH))
        everywhere = [name for name in self._have if self._times[name] == self._rows]
        if not self._may_have_more:
            for name in everywhere:
                message = f'the key "{cut(name, 200)}" of each object is not in the schema'
                header.append(Fault("header", 0, message, name, hint=_MATCH))
        lack = {n: rows for n, rows in self._lack.items() if n not in absent}
        have = {n: rows for n, rows in self._have.items() if n not in everywhere}
        return header, self._of_rows(
            {} if self._may_have_fewer else lack, {} if self._may_have_more else have
        )

    def _of_rows(self, lack: dict[str, Rows], have: dict[str, Rows]) -> Iterator[RowFault]:
        if not lack and not have:
            return
        in_order = [name for name in self._want if name in lack]
        for row in range(1, self._last + 1):
            fewer = [name for name in in_order if row in lack[name]]
            if fewer:
                message = f"the object lacks {_keys(fewer)}"
                yield row, Fault("missing-cell", 0, message, hint=_ADD, keeps_cells=True), fewer
            more = [name for name, rows in have.items() if row in rows]
            if more:
                message = f"the object has {_keys(more)}, which the schema does not have"
                yield (
                    row,
                    Fault("extra-cell", 0, message, more[0], hint=_REMOVE, keeps_cells=True),
                    (),
                )


def _keys(names: Sequence[str]) -> str:
    noun = "key" if len(names) == 1 else "keys"
    return f"the {noun} {listed(names, _QUOTED)}"
