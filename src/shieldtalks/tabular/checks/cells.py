"""The cells of a table: required values, types and constraints, checked in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..engine.base import Engine
from ..engine.compile import FieldChecks, cell_checks
from ..engine.sql import ROW, identifier
from ..findings import Finding
from ..sources.csv import LoadedTable

#: Fields looked at in one scan of a table; SQL statements have a largest size.
_FIELDS_A_SCAN = 40


def check_cells(table: LoadedTable, engine: Engine) -> Iterator[Finding]:
    """Each cell that is missing, ill-typed or against a constraint: one finding a cell."""
    resource = table.resource
    compiled = [
        checks
        for checks in cell_checks(resource.schema, engine.dialect, resource.primary_key)
        if checks.field not in table.absent
    ]
    told = set()
    suspects = engine.suspects(resource.name)
    for start in range(0, len(compiled) if suspects else 0, _FIELDS_A_SCAN):
        for fault in _scan(table, engine, compiled[start : start + _FIELDS_A_SCAN], suspects):
            told.add((fault.row, fault.field))
            yield fault
    for checks in compiled:
        orphans = engine.orphans(resource.name, checks.field)
        for fault in _scan(table, engine, [checks], orphans) if orphans else ():
            if (fault.row, fault.field) not in told:
                yield fault


def check_empty_rows(table: LoadedTable, engine: Engine, faulty: set[int]) -> Iterator[Finding]:
    """Rows of nothing but empty cells, where nothing else was found in them."""
    present = [name for name in table.resource.field_names if name not in table.absent]
    if not present:
        return
    columns = [identifier(name) for name in present]
    first = _coalesced(_coalesced(columns[n : n + 50]) for n in range(0, len(columns), 50))
    source = engine.suspects(table.resource.name)
    if not source:
        return
    sql = f"SELECT {ROW} FROM {source} AS t WHERE {first} IS NULL ORDER BY {ROW}"
    known = faulty | table.broken
    for (row,) in engine.query(sql):
        if row not in known:
            hint = "Delete the row, or fill it in."
            yield table.finding("blank-row", "every cell of the row is empty", row=row, hint=hint)


def _coalesced(expressions: Iterable[str]) -> str:
    """SQL for the first value that is there; with one NULL more, for the function takes two."""
    return f"coalesce({', '.join(expressions)}, NULL)"


def _scan(
    table: LoadedTable, engine: Engine, checked: list[FieldChecks], source: str
) -> Iterator[Finding]:
    expressions = [checks.expression for checks in checked]
    columns = [identifier(checks.field) for checks in checked]
    faulty = " OR ".join(checks.suspicion for checks in checked)
    wanted = ", ".join([ROW, *expressions, *columns])
    sql = f"SELECT {wanted} FROM {source} AS t WHERE {faulty} ORDER BY {ROW}"
    for row, *cells in engine.query(sql):
        for checks, code, value in zip(checked, cells, cells[len(checked) :], strict=False):
            if code and table.trusts(row, value):
                check = checks.checks[code - 1]
                yield table.finding(
                    check.rule,
                    check.message(value or ""),
                    row=row,
                    field=checks.field,
                    value=value,
                    hint=check.hint,
                )
