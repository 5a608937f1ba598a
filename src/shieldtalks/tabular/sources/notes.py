"""The faults that a table has, bounded: the first of each rule, and the number of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..findings import MOST_OF_A_RULE
from ..marks import Rows
from .fault import BYTES, Fault


@dataclass(slots=True, eq=False, repr=False)
class Notes:
    """Faults with their row; None for faults of the whole file."""

    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: How many faults of each rule are not in `faults`.
    more: Counter[str] = field(default_factory=Counter)
    #: The rows that broke each rule, so that their cells are not trusted.
    broken: dict[str, Rows] = field(default_factory=dict)
    #: The rows in which a cell of a field has a fault. Such a cell gets no second finding.
    cells: dict[str, Rows] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: int | None, fault: Fault) -> None:
        """Note a fault. After the first ones of a rule, faults are only counted."""
        self._counts[fault.rule] += 1
        if self._counts[fault.rule] > MOST_OF_A_RULE:
            self.more[fault.rule] += 1
        else:
            self.faults.append((row, fault))
        if row is not None and not fault.keeps_cells:
            self.broken.setdefault(fault.rule, Rows()).add(row)
        # A cell with faulty bytes is not trusted if its rule is an error; a warning must hide nothing.
        if row is not None and fault.field and fault.rule not in BYTES:
            self.mark(row, [fault.field])

    def copy(self) -> Notes:
        """The same faults, to which others can be added."""
        return Notes(
            list(self.faults),
            Counter(self.more),
            {rule: rows.copy() for rule, rows in self.broken.items()},
            {name: rows.copy() for name, rows in self.cells.items()},
            Counter(self._counts),
        )

    def mark(self, row: int, names: Iterable[str]) -> None:
        """Note that the cells of these fields have a fault."""
        for name in names:
            self.cells.setdefault(name, Rows()).add(row)
