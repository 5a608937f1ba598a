"""The keys of a table: repeated keys, and foreign keys that refer to no row, checked in SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from ..engine.base import Engine
from ..engine.compile import same
from ..engine.sql import ROW, identifier
from ..findings import Finding, Further, Skipped, counted, shortened
from ..package.schema import kind, own_keys
from ..sources.fault import SPOILED
from ..sources.loaded import LoadedTable

#: The most keys with faulty bytes with which a reference is compared, so that the work is linear.
_MOST_DAMAGED = 1000

#: Whether a cell (table, row, field) already has a finding.
IsBad = Callable[[str, int, str], bool]


def check_keys(table: LoadedTable, engine: Engine, is_bad: IsBad) -> Iterator[Finding | Further]:
    """Rows that repeat a primary key, a unique key or a unique value of an earlier row.

    A cell that already has a finding gets no second one.
    """
    seen: set[tuple[str, ...]] = set()
    for rule, names in ((rule, tuple(key)) for rule, key in own_keys(table.resource.schema)):
        if names in seen or table.absent.intersection(names):
            continue
        seen.add(names)
        yield from _repeated(table, engine, rule, names, is_bad)


def _alias(number: int) -> str:
    """The column name for a part of a key in its comparable form. No field can have this name."""
    return identifier(f"{ROW} {number}")


def _repeated(
    table: LoadedTable, engine: Engine, rule: str, names: tuple[str, ...], is_bad: IsBad
) -> Iterator[Finding | Further]:
    keys = _expressions(table, names, engine)
    source = engine.narrow(table.resource.name, names)
    if len(keys) == 1 and engine.ascending(source, keys[0]):
        return
    listed = ", ".join(keys)
    present = " AND ".join(f"{key} IS NOT NULL" for key in keys)
    aliases = ", ".join(f"{key} AS {_alias(number)}" for number, key in enumerate(keys))
    same = " AND ".join(f"r.{_alias(number)} = g.{_alias(number)}" for number in range(len(keys)))
    # In a subquery, SQLite takes a column called "true" for the number 1. So cells have other names.
    cells = {identifier(field): _alias(n) for n, field in enumerate(names, start=len(keys))}
    stored = ", ".join(f"{field} AS {alias}" for field, alias in cells.items())
    sql = (
        f"SELECT r.{ROW}, g.first_row, {', '.join(f'r.{alias}' for alias in cells.values())} "
        f"FROM (SELECT {ROW}, {stored}, {aliases} FROM {source} AS t WHERE {present}) AS r "
        f"JOIN (SELECT {aliases}, min({ROW}) AS first_row FROM {source} AS t WHERE {present} "
        f"GROUP BY {listed} HAVING count(*) > 1) AS g ON {same} "
        f"WHERE r.{ROW} > g.first_row ORDER BY r.{ROW}"
    )
    for row, first, *values in engine.query(sql):
        if not table.trusts(row, *values):
            continue
        if any(is_bad(table.resource.name, row, name) for name in names):
            continue
        if table.is_full(rule):
            yield table.further(rule, row, ", ".join(names))
            continue
        key = ", ".join(str(value) for value in values)
        yield table.finding(
            rule,
            f'"{shortened(key)}" is already used on {table.place(first, row)}',
            row=row,
            field=", ".join(names),
            value=key,
            hint="Use a unique value, or remove the row.",
        )


def check_references(
    table: LoadedTable,
    tables: dict[str, LoadedTable],
    engine: Engine,
    is_bad: IsBad,
) -> Iterator[Finding | Further]:
    """Rows whose foreign key refers to no row. A cell that already has a finding gets no second one."""
    seen: set[tuple[Any, ...]] = set()
    for fields, target_name, columns in table.resource.foreign_keys:
        key = target_name, tuple(fields), tuple(columns)
        target = tables.get(target_name)
        if (
            target is None
            or key in seen
            or table.absent.intersection(fields)
            or (target.absent - target.left_out).intersection(columns)
            or target.is_partial  # its missing rows may be those that are referred to
        ):
            continue
        seen.add(key)
        if target.left_out.intersection(columns):
            yield from _without_column(table, target, fields, columns, engine)
            continue
        yield from _dangling(table, target, fields, columns, engine, is_bad)


def _dangling(
    table: LoadedTable,
    target: LoadedTable,
    fields: list[str],
    columns: list[str],
    engine: Engine,
    is_bad: IsBad,
) -> Iterator[Finding | Further]:
    """A finding for each row that refers to no row; one for all rows if the other table has none."""
    sql = _orphans(table, target, fields, columns, engine)
    if not sql:
        return
    damaged = _damaged(target, columns, engine) if target.has_broken_rows else []
    rows = (
        (row, values)
        for row, *values in engine.query(sql)
        if table.trusts(row, *values)
        and not any(is_bad(table.resource.name, row, name) for name in fields)
        and not any(key.fullmatch(_joined(values)) for key in damaged)
    )
    field, goal = ", ".join(fields), _shown_key(target, columns)
    if target.rows:
        for row, values in rows:
            if table.is_full("foreign-key"):
                yield table.further("foreign-key", row, field)
            else:
                yield _dangling_row(table, row, field, values, target.resource.name, goal)
        return
    first, count = 0, 0
    for row, _ in rows:
        first, count = first or row, count + 1
        yield table.further("foreign-key", row, field)._replace(times=0)
    if count:
        why = f"{goal}, but that table has no rows"
        hint = f"Restore the rows of {target.resource.path}."
        yield _all_dangling(table, fields, first, count, why, hint)


def _orphans(
    table: LoadedTable,
    target: LoadedTable,
    fields: list[str],
    columns: list[str],
    engine: Engine,
) -> str:
    """SQL for the number and the key of each row that refers to no row; "" if there are none."""
    # If the types differ, they are integer and number: both are compared as numbers.
    mixed = _types(table, fields) != _types(target, columns)
    child = _expressions(table, fields, engine, "c", as_numbers=mixed)
    parent = _expressions(target, columns, engine, "p", as_numbers=mixed)
    engine.index(target.resource.name, _expressions(target, columns, engine, as_numbers=mixed))
    orphans = engine.orphans(table.resource.name, fields[0]) if len(fields) == 1 else None
    if orphans == "":
        return ""
    filled = " OR ".join(f"{key} IS NOT NULL" for key in child)
    same = " AND ".join(f"{left} = {right}" for left, right in zip(parent, child, strict=True))
    return (
        f"SELECT c.{ROW}, {', '.join(f'c.{identifier(name)}' for name in fields)} "
        f"FROM {orphans or engine.narrow(table.resource.name, fields)} AS c "
        f"WHERE ({filled}) AND NOT EXISTS "
        f"(SELECT 1 FROM {engine.narrow(target.resource.name, columns)} AS p WHERE {same}) "
        f"ORDER BY c.{ROW}"
    )


def _without_column(
    table: LoadedTable,
    target: LoadedTable,
    fields: list[str],
    columns: list[str],
    engine: Engine,
) -> Iterator[Finding]:
    """The finding for rows that refer to a column that the other table may leave out, and does."""
    filled = " OR ".join(f"{key} IS NOT NULL" for key in _expressions(table, fields, engine))
    source = engine.narrow(table.resource.name, fields)
    rows = engine.query(f"SELECT {ROW} FROM {source} AS t WHERE {filled} ORDER BY {ROW}")
    first = next((row for (row,) in rows), None)
    if first is None:
        return
    count = 1 + sum(1 for _ in rows)
    absent = next(name for name in columns if name in target.left_out)
    file = target.resource.path
    why = f'{_shown_key(target, columns)}, but {file} has no column "{absent}"'
    hint = f"Add the column to {file}, or remove the references."
    yield _all_dangling(table, fields, first, count, why, hint)


def _all_dangling(
    table: LoadedTable, fields: list[str], first: int, count: int, why: str, hint: str
) -> Finding:
    """One finding for all rows that refer to a key, at the first of them; `why` names the key first."""
    return table.finding(
        "foreign-key",
        f"{counted(count, 'row refers', 'rows refer')} to {why}",
        line=table.line(first),
        path=table.part(first).path,
        field=", ".join(fields),
        hint=hint,
    )


def not_checked(table: LoadedTable) -> Iterator[Skipped]:
    """The keys of a table that are not checked because a column is left out, as `fieldsMatch` allows."""
    name = table.resource.name
    keys = [(rule, tuple(key)) for rule, key in own_keys(table.resource.schema)]
    keys += [("foreign-key", tuple(key.fields)) for key in table.resource.foreign_keys]
    for rule, fields in dict.fromkeys(keys):
        absent = [field for field in fields if field in table.left_out]
        if absent:
            shown = f'"{fields[0]}"' if len(fields) == 1 else f"({', '.join(fields)})"
            reason = f'{name} has no column "{absent[0]}", so {shown} has no values to check'
            yield Skipped(rule, reason)


def _shown_key(table: LoadedTable, columns: list[str]) -> str:
    """A key as a message shows it: `things.id`, or `things (a, b)` for a key of several fields."""
    name = table.resource.name
    return f"{name}.{columns[0]}" if len(columns) == 1 else f"{name} ({', '.join(columns)})"


def _joined(values: Iterable[Any]) -> str:
    return "\t".join("" if value is None else str(value) for value in values)


def _damaged(target: LoadedTable, columns: list[str], engine: Engine) -> list[re.Pattern[str]]:
    """The first keys with faulty bytes, as patterns. A reference that matches one may be right."""
    wanted = ", ".join([ROW, *map(identifier, columns)])
    sql = f"SELECT {wanted} FROM {engine.narrow(target.resource.name, columns)} AS t"
    keys = (
        _joined(values) for row, *values in engine.query(sql) if not target.trusts(row, *values)
    )
    some = islice(filter(SPOILED.search, keys), _MOST_DAMAGED)
    parts = [map(re.escape, SPOILED.split(key)) for key in some]
    return [re.compile("[^\\t]*".join(part), re.DOTALL) for part in parts]


def _dangling_row(
    table: LoadedTable, row: int, field: str, values: Sequence[Any], target: str, goal: str
) -> Finding:
    """The finding for a row whose key is not in the other table."""
    key = ", ".join("" if value is None else str(value) for value in values)
    return table.finding(
        "foreign-key",
        f'"{shortened(key)}" does not exist in {goal}',
        row=row,
        field=field,
        value=key,
        hint=f"Correct the value, or add the missing row to {target}.",
    )


def _types(table: LoadedTable, names: Sequence[str]) -> list[str]:
    return [kind(table.field_of(name))[0] for name in names]


def _expressions(
    table: LoadedTable,
    names: Sequence[str],
    engine: Engine,
    alias: str = "",
    *,
    as_numbers: bool = False,
) -> list[str]:
    """SQL for the parts of a key in comparable form. With `as_numbers`, integers become numbers."""
    prefix = f"{alias}." if alias else ""
    fields = [table.field_of(name) for name in names]
    if as_numbers:
        numbers = {"type": "number", "decimalChar": "."}
        fields = [one | numbers if kind(one)[0] == "integer" else one for one in fields]
    return [
        same(field, prefix + identifier(name), engine.dialect)
        for field, name in zip(fields, names, strict=True)
    ]
