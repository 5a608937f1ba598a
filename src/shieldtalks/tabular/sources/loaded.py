"""A table that was loaded into an engine, with the faults of the structure of its files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..findings import Finding, shortened
from ..package import Resource
from . import exact as records
from . import octets
from .fault import Fault


@dataclass(slots=True)
class LoadedTable:
    """A loaded table: the number of rows, the columns that exist, and the faults of the file."""

    resource: Resource
    octets: octets.Octets
    rows: int = 0
    #: Fields that are missing from the header. They are not checked.
    absent: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: Faults with their row number; None for faults of the whole file.
    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: Rules whose faults are only warnings. They make no cell unreliable.
    lenient: frozenset[str] = frozenset()
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The files of a table in several files, and the number of rows before each.
    parts: Sequence[Resource] = ()
    before: Sequence[int] = ()
    #: Files of a table in several files that were not read, and why. Rows are then missing.
    unread: list[tuple[Resource, OSError | ValueError]] = field(default_factory=list)
    #: The rules that each row broke while it was read. Computed when first needed.
    _rules: dict[int | None, set[str]] | None = None

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether these cells of a row are reliable: in the right columns, with no faulty byte or quote."""
        if self._rules is None:
            self._rules = {}
            for number, fault in self.faults:
                if fault.rule not in self.lenient:
                    self._rules.setdefault(number, set()).add(fault.rule)
        rules = self._rules.get(row, set())
        return not rules or (rules <= records.BYTES and not any(map(records.spoiled, values)))

    @property
    def broken(self) -> set[int]:
        """Rows with a fault of structure: their cells may be in the wrong columns."""
        return {
            row for row, fault in self.faults if row is not None and fault.rule not in self.lenient
        }

    def part(self, row: int) -> Resource:
        """The table in the file that contains a row."""
        if not self.before:
            return self.resource
        return self.parts[bisect_left(self.before, row) - 1]

    def place(self, row: int, other: int) -> str:
        """The place of a row, as a message about another row names it: its line, and its file if needed."""
        part = self.part(row)
        file = "" if part.path == self.part(other).path else f" of {part.path}"
        return f"line {self.line(row)}{file}"

    def finding(
        self,
        rule: str,
        message: str,
        *,
        row: int | None = None,
        line: int | None = None,
        path: str | None = None,
        field: str | None = None,
        value: Any = None,
        hint: str | None = None,
    ) -> Finding:
        """A finding in a file of this table. Unless `line` is given, it is the line of the row."""
        if line is None and row is not None:
            line = self.line(row)
        if path is None:
            path = self.resource.path if row is None else self.part(row).path
        return Finding(
            rule=rule,
            message=message,
            table=self.resource.name,
            file=path,
            line=line,
            row=row,
            field=field,
            value=shortened(value),
            hint=hint,
        )
