"""The cells of a table: required values, types and constraints, checked in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from ..engine.base import Engine
from ..engine.compile import FieldChecks, cell_checks
from ..engine.sql import ROW, identifier
from ..findings import Finding, Further
from ..marks import Rows
from ..sources.loaded import LoadedTable

#: Fields that one scan of a table checks. The size of an SQL statement is limited.
_FIELDS_PER_SCAN = 40


def check_cells(table: LoadedTable, engine: Engine) -> Iterator[Finding | Further]:
    """Each cell that is missing, has the wrong type or breaks a constraint: one finding per cell."""
    resource = table.resource
    compiled = [
        checks
        for checks in cell_checks(resource.schema, engine.dialect, resource.primary_key)
        if checks.field not in table.absent
    ]
    reported = {checks.field: table.notes.cells.get(checks.field, Rows()) for checks in compiled}
    for start in range(0, len(compiled), _FIELDS_PER_SCAN):
        some = compiled[start : start + _FIELDS_PER_SCAN]
        suspects = engine.suspects(resource.name, [checks.field for checks in some])
        if suspects:
            yield from _scan(table, engine, some, suspects, reported)
    for checks in compiled:
        orphans = engine.orphans(resource.name, checks.field)
        if orphans:
            yield from _scan(table, engine, [checks], orphans, reported)


def check_empty_rows(
    table: LoadedTable, engine: Engine, is_reported: Callable[[int], bool]
) -> Iterator[Finding | Further]:
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
    empty = (row for (row,) in engine.query(sql))
    rows = (row for row in empty if not is_reported(row) and not table.is_broken(row))
    for row in _without_codes(table, rows):
        if table.is_full("blank-row"):
            yield table.further("blank-row", row)
            continue
        hint = "Delete the row, or fill it in."
        yield table.finding("blank-row", "all cells of the row are empty", row=row, hint=hint)


def _without_codes(table: LoadedTable, rows: Iterator[int]) -> Iterator[int]:
    """Of rows without values, those whose cells are empty. Codes for "no value" are not empty."""
    resource = table.resource
    if all(set(codes) <= {""} for codes in resource.missing):
        return rows
    if not resource.dialect.is_usual:
        from ..sources.standard import rows_of

        wanted = set(rows)
        numbered = enumerate(rows_of(resource), start=1)
        return (row for row, cells in numbered if row in wanted and not any(cells))
    return _empty_lines(table, rows)


def _empty_lines(table: LoadedTable, wanted: Iterator[int]) -> Iterator[int]:
    """Of these rows, in order, those whose line has only delimiters and quotes."""
    from ..sources.parts import opened_text  # few tables need it

    for _, group in groupby(wanted, lambda row: table.part(row).path):
        inside = iter(group)
        row: int | None = next(inside)
        part = table.part(row or 1)
        nothing = {part.dialect.delimiter, '"', "\r", "\n"}
        with opened_text(part, errors="replace", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if row is None:
                    break
                if number == table.read_line(row):
                    if set(line) <= nothing:
                        yield row
                    row = next(inside, None)


def _coalesced(expressions: Iterable[str]) -> str:
    """SQL for the first value that is not NULL. A NULL is added, because coalesce needs two values."""
    return f"coalesce({', '.join(expressions)}, NULL)"


def _scan(
    table: LoadedTable,
    engine: Engine,
    checked: list[FieldChecks],
    source: str,
    reported: Mapping[str, Rows],
) -> Iterator[Finding | Further]:
    """What rows of `source` break. A cell in `reported` gets no second finding."""
    expressions = [checks.expression for checks in checked]
    columns = [identifier(checks.field) for checks in checked]
    faulty = " OR ".join(checks.suspicion for checks in checked)
    wanted = ", ".join([ROW, *expressions, *columns])
    sql = f"SELECT {wanted} FROM {source} AS t WHERE {faulty} ORDER BY {ROW}"
    for row, *cells in engine.query(sql):
        for checks, code, value in zip(checked, cells, cells[len(checked) :], strict=False):
            if code and table.trusts(row, value) and row not in reported[checks.field]:
                reported[checks.field].add(row)
                check = checks.checks[code - 1]
                if table.is_full(check.rule):
                    yield table.further(check.rule, row, checks.field)
                    continue
                yield table.finding(
                    check.rule,
                    check.message(value or ""),
                    row=row,
                    field=checks.field,
                    value=value,
                    hint=check.hint,
                )
