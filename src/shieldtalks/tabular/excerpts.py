"""The rows in which faults are, for a report that shows them: read again from the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .findings import MOST_WITH_ROWS, Excerpt, Finding, cut
from .sources.loaded import LoadedTable
from .sources.octets import TooLarge
from .sources.stream import Enough, stream, with_header

#: A cell is cut to this many characters.
_LONGEST_CELL = 200


def excerpts(tables: Mapping[str, LoadedTable], findings: Iterable[Finding]) -> dict[str, Excerpt]:
    """The rows of the first findings of each rule in each table. A table that cannot be read has none."""
    found: dict[str, Excerpt] = {}
    for name, rows in _wanted(findings).items():
        if name in tables:
            try:
                excerpt = _excerpt(tables[name], rows)
            except (OSError, TooLarge, ValueError):
                continue  # the file changed or is gone
            if excerpt is not None:
                found[name] = excerpt
    return found


def _wanted(findings: Iterable[Finding]) -> dict[str, set[int]]:
    """The numbers of the rows, by table."""
    times: Counter[tuple[str | None, str, str]] = Counter()
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        group = finding.table, finding.file, finding.rule
        times[group] += 1
        if finding.table and finding.row and times[group] <= MOST_WITH_ROWS:
            wanted.setdefault(finding.table, set()).add(finding.row)
    return wanted


def _excerpt(table: LoadedTable, wanted: set[int]) -> Excerpt | None:
    resource = with_header(table.resource)
    if resource is None:
        return None
    rows: dict[int, list[str]] = {}
    last = max(wanted)

    def take(number: int, cells: Sequence[str]) -> None:
        if number in wanted:
            rows[number] = [cut(cell, _LONGEST_CELL) for cell in cells]
        if number >= last:
            raise Enough

    stream(resource, take, rows.clear)
    return Excerpt(resource.field_names, rows)
