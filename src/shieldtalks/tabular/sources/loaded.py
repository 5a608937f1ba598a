"""A table that was loaded into an engine, with the faults of the structure of its files."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..findings import MOST_OF_A_RULE, Finding, Further, Quota, shortened
from ..marks import Rows
from ..package import Resource
from ..package.schema import kind
from . import octets
from .fault import BYTES, Fault, spoiled


@dataclass(slots=True)
class LoadedTable:
    """A loaded table: the number of rows, the columns that exist, and the faults of the file."""

    resource: Resource
    octets: octets.Octets
    rows: int = 0
    #: Fields that are missing from the header. They are not checked.
    absent: set[str] = field(default_factory=set)
    header_faults: list[Fault] = field(default_factory=list)
    #: Faults with their row number; None for faults of the whole file. The first of each rule.
    faults: list[tuple[int | None, Fault]] = field(default_factory=list)
    #: How many faults of each rule are not in `faults`.
    more_faults: Counter[str] = field(default_factory=Counter)
    #: Rules whose faults are only warnings. They make no cell unreliable.
    lenient: frozenset[str] = frozenset()
    #: How many findings are listed.
    quota: Quota = field(default_factory=Quota)
    #: The physical line on which a row starts.
    line: Callable[[int], int] = lambda row: row + 1
    #: The files of a table in several files, and the number of rows before each.
    parts: Sequence[Resource] = ()
    before: Sequence[int] = ()
    #: Files of a table in several files that were not read, and why. Rows are then missing.
    unread: list[tuple[Resource, OSError | ValueError]] = field(default_factory=list)
    #: The rows that broke each rule while they were read.
    _broken: dict[str, Rows] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _types: dict[str, str] = field(default_factory=dict)

    @property
    def types(self) -> dict[str, str]:
        """The type of each field, by its name."""
        if not self._types:
            self._types = {field["name"]: kind(field)[0] for field in self.resource.fields}
        return self._types

    def note(self, row: int | None, fault: Fault) -> None:
        """Note a fault of the structure. After the first ones of a rule, faults are only counted."""
        self._counts[fault.rule] += 1
        if self._counts[fault.rule] > MOST_OF_A_RULE:
            self.more_faults[fault.rule] += 1
        else:
            self.faults.append((row, fault))
        if row is not None:
            self._broken.setdefault(fault.rule, Rows()).add(row)

    def trusts(self, row: int, *values: Any) -> bool:
        """Whether these cells of a row are reliable: in the right columns, with no faulty byte or quote."""
        if not self._broken:
            return True
        rules = {rule for rule, rows in self._broken.items() if row in rows} - self.lenient
        return not rules or (rules <= BYTES and not any(map(spoiled, values)))

    def is_broken(self, row: int) -> bool:
        """Whether a row has a fault of structure, so that its cells may be in the wrong columns."""
        return any(row in rows for rule, rows in self._broken.items() if rule not in self.lenient)

    def broken_rows(self, rule: str) -> Iterable[int]:
        """The rows with a fault of structure of this rule, in order."""
        return self._broken.get(rule, ())

    @property
    def has_broken_rows(self) -> bool:
        """Whether there is such a row."""
        return bool(self._broken.keys() - self.lenient)

    def is_full(self, rule: str) -> bool:
        """Whether no more findings of a rule are listed. Then `further` takes the place of `finding`."""
        return self.quota.is_full(self.resource.name, rule)

    def further(self, rule: str, row: int | None, field: str | None = None) -> Further:
        """A finding that is only counted."""
        return Further(self.resource.name, rule, row, field)

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
