"""The findings of a package while it is checked: the first are listed, the others only counted.

It knows each cell with a finding, listed or not, because such a cell gets no second finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from .findings import Finding, Further, Quota, Report, Severity, Skipped
from .marks import Rows


class Tally:
    """Collects in a report what the checks find."""

    def __init__(
        self,
        report: Report,
        lenient: frozenset[str] = frozenset(),
        watch: Callable[[Finding | Further], None] | None = None,
    ) -> None:
        self.report = report
        #: Called with each finding, also with those that are only counted.
        self._watch = watch
        #: Rules whose findings are only warnings. They hide no other finding of a cell.
        self.lenient = lenient
        #: How many findings are listed.
        self.quota = Quota(is_open=watch is not None)
        self._rows: defaultdict[str, Rows] = defaultdict(Rows)
        self._cells: defaultdict[tuple[str, str], Rows] = defaultdict(Rows)
        self._new: defaultdict[tuple[str, str], Rows] = defaultdict(Rows)

    def add(self, found: Iterable[Finding | Further | Skipped]) -> None:
        """Collect findings, one at a time. A fatal finding is always listed."""
        report = self.report
        for one in found:
            if isinstance(one, Skipped):
                report.skipped.append(one)
                continue
            if self._watch is not None:
                self._watch(one)
            if isinstance(one, Further) and not one.times:
                continue
            if isinstance(one, Further):
                report.left_out[one.table, one.rule, one.severity] += one.times
            elif self.quota.takes(one.table, one.rule) or one.severity is Severity.FATAL:
                report.findings.append(one)
            else:
                report.left_out[one.table, one.rule, one.severity] += 1
            self._mark(one)

    def _mark(self, found: Finding | Further) -> None:
        table, row = found.table, found.row
        if not table or not row:
            return
        self._rows[table].add(row)
        if found.field and found.rule not in self.lenient:
            for name in found.field.split(", "):
                self._new[table, name].add(row)

    def settle(self) -> None:
        """From now on, `is_bad` also knows the cells with findings that were added before."""
        for place, rows in self._new.items():
            self._cells[place].merge(rows)
        self._new.clear()

    def is_bad(self, table: str, row: int, field: str) -> bool:
        """Whether a cell has a finding that was settled."""
        rows = self._cells.get((table, field))
        return rows is not None and row in rows

    def is_reported(self, table: str | None, row: int | None) -> bool:
        """Whether a row of a table has a finding."""
        return row is not None and table in self._rows and row in self._rows[table or ""]
