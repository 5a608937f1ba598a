"""The cells of a table: required values, types and constraints, checked in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..engine.base import Engine
from ..engine.compile import FieldChecks, cell_checks
from ..engine.sql import ROW, identifier
from ..findings import Finding
from ..sources.loaded import LoadedTable
from ..sources.parts import opened_text

#: Fields that one scan of a table checks. The size of an SQL statement is limited.
_FIELDS_PER_SCAN = 40


def check_cells(table: LoadedTable, engine: Engine) -> Iterator[Finding]:
    """Each cell that is missing, has the wrong type or breaks a constraint: one finding per cell."""
    resource = table.resource
    compiled = [
        checks
        for checks in cell_checks(resource.schema, engine.dialect, resource.primary_key)
        if checks.field not in table.absent
    ]
    reported = set()
    suspects = engine.suspects(resource.name)
    for start in range(0, len(compiled) if suspects else 0, _FIELDS_PER_SCAN):
        for fault in _scan(table, engine, compiled[start : start + _FIELDS_PER_SCAN], suspects):
            reported.add((fault.row, fault.field))
            yield fault
    for checks in compiled:
        orphans = engine.orphans(resource.name, checks.field)
        for fault in _scan(table, engine, [checks], orphans) if orphans else ():
            if (fault.row, fault.field) not in reported:
                yield fault


def check_empty_rows(table: LoadedTable, engine: Engine, faulty: set[int]) -> Iterator[Finding]:
    """Rows in which all cells are empty, if they have no other finding."""
    present = [name for name in table.resource.field_names if name not in table.absent]
    if not present:
        return
    columns = [identifier(name) for name in present]
    first = _coalesced(_coalesced(columns[n : n + 50]) for n in range(0, len(columns), 50))
    source = engine.suspects(table.resource.name)
    if not source:
        return
    sql = f"SELECT {ROW} FROM {source} AS t WHERE {first} IS NULL ORDER BY {ROW}"
    already_reported = faulty | table.broken
    rows = [row for (row,) in engine.query(sql) if row not in already_reported]
    for row in _without_codes(table, rows):
        hint = "Delete the row, or fill it in."
        yield table.finding("blank-row", "all cells of the row are empty", row=row, hint=hint)


def _without_codes(table: LoadedTable, rows: list[int]) -> Iterable[int]:
    """Of rows without values, those whose cells are empty. Codes for "no value" are not empty."""
    resource = table.resource
    if not rows or all(set(codes) <= {""} for codes in resource.missing):
        return rows
    return _empty_lines(table, rows)


def _empty_lines(table: LoadedTable, rows: list[int]) -> Iterator[int]:
    """Of these rows, in order, those whose line has only delimiters and quotes."""
    for _, group in groupby(rows, lambda row: table.part(row).path):
        inside = list(group)
        part, wanted = table.part(inside[0]), iter(inside)
        nothing = {part.dialect.delimiter, '"', "\r", "\n"}
        row = next(wanted, None)
        with opened_text(part, errors="replace", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if row is None:
                    break
                if number == table.line(row):
                    if set(line) <= nothing:
                        yield row
                    row = next(wanted, None)


def _coalesced(expressions: Iterable[str]) -> str:
    """SQL for the first value that is not NULL. A NULL is added, because coalesce needs two values."""
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
