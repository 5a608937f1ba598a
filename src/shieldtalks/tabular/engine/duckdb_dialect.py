"""What differs between SQL engines, as DuckDB writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ..types import FieldType
from . import duckdb_values
from .sql import ROW, SqlDialect, full_match, literal, not_listed

#: DuckDB compares a value with each constant of a list. With more constants than this, that is slow.
_FEW = 1000

_HEX = re.compile(r"\[0-9a-f\]\{([0-9]{1,3})\}")


def _full_match(column: str, pattern: str) -> str:
    """The condition that a whole value matches. A hash is tested by decoding it, which is faster."""
    hexadecimal = _HEX.fullmatch(pattern)
    if hexadecimal is None or int(hexadecimal[1]) % 2:
        return full_match(column, pattern)
    return (
        f"CASE WHEN {column} IS NOT NULL THEN strlen({column}) = {hexadecimal[1]} "
        f"AND lower({column}) = {column} AND TRY(unhex({column})) IS NOT NULL END"
    )


def _not_listed(value: str, constants: Sequence[str]) -> str:
    """The condition that a value is none of these constants. A long list is searched by its hashes."""
    if len(constants) <= _FEW:
        return not_listed(value, constants)
    return f"{value} NOT IN (SELECT unnest([{', '.join(constants)}]))"


def _compare_plain(column: str, operator: str, bound: str) -> str:
    """Compare an integer with a bound. If the bound is not negative, compare the length, then the text."""
    if not bound.isdecimal():
        return f"TRY_CAST({column} AS BIGINT) {operator} {bound}"
    size, digits = len(bound), f"{column} {operator} {literal(bound)}"
    by_text = f"strlen({column}) {operator[0]} {size} OR (strlen({column}) = {size} AND {digits})"
    if operator[0] == "<":
        return f"({column} < '0' OR {by_text})"
    return f"({column} >= '0' AND ({by_text}))"


def judged_column(part: str, column: str, type_: FieldType | None = None) -> str:
    """The column with a part of the judgement of a column. No field can have this name."""
    del type_
    before, _, name = column.partition('"')
    return f'{before}"{ROW} {part} {name}'


#: What differs between SQL engines, as DuckDB writes it.
DIALECT = SqlDialect(
    name="duckdb",
    # A cast also accepts other forms, such as "2008-1-5" or a space at the end. So check the form first.
    is_date=(
        "({x} IS NULL OR (strlen({x}) = 10 AND {x} >= '0001' "
        "AND {x} GLOB '????-??-?[0-9]' AND TRY_CAST({x} AS DATE) IS NOT NULL))"
    ),
    number_key=duckdb_values.number_key,
    instant_key=duckdb_values.instant_key,
    time_key=duckdb_values.time_key,
    double="TRY_CAST({x} AS DOUBLE)",
    odd_number="regexp_matches({x}, '[^0-9.-]')",
    odd_integer="coalesce(TRY_CAST({x} AS BIGINT)::VARCHAR <> {x}, {x} IS NOT NULL)",
    compare_plain=_compare_plain,
    judged=partial(judged_column, "key"),
    broken=partial(judged_column, "broken"),
    longer="(strlen({x}) > {n} AND length({x}) > {n})",
    full_match=_full_match,
    not_listed=_not_listed,
)
