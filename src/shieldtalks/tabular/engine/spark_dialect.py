"""What differs between SQL engines, as it is written for Spark. `spark_sql` does the quotes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial

from ..types import instants, numerals
from .duckdb_dialect import judged_column
from .duckdb_values import finite_or_word, matches
from .patterns import is_plain
from .spark_patterns import in_spark
from .sql import SqlDialect

_COLUMN = re.compile(r'(?:[a-z0-9]+\.)?"(?:[^"]|"")*"')


def matched_column(pattern: str, column: str) -> str:
    """The column that tells whether a column matches a pattern that only Python can test."""
    digest = hashlib.sha256(pattern.encode()).hexdigest()[:16]
    return judged_column(f"match {digest}", column)


def full_match(column: str, pattern: str, is_own: Callable[[str], bool] = lambda _: False) -> str:
    """The condition that a whole value matches. `is_own` tells the patterns that the types have."""
    if spark_tests(pattern) or (is_own(pattern) and in_spark(pattern) is not None):
        return matches(column, pattern)
    if _COLUMN.fullmatch(column) is None:
        raise ValueError(f"Spark cannot check the pattern {pattern}")
    return matched_column(pattern, column)


def spark_tests(pattern: str) -> bool:
    """Whether a server can test a pattern of a schema: it means the same there, and takes linear time.

    Java tries all ways to match, as Python does.
    """
    return in_spark(pattern) is not None and is_plain(pattern)


def _compare_plain(column: str, operator: str, bound: str) -> str:
    return f"try_cast({column} AS bigint) {operator} {bound}"


def number_key(column: str) -> str:
    """SQL for `types.numerals.number_key`."""
    mantissa = rf"regexp_extract({column}, '^[+-]?([0-9.]*)', 1)"
    exponent = rf"regexp_extract({column}, '[eE](.*)', 1)"
    digits = f"ltrim(replace({mantissa}, '.', ''), '0')"
    far = f"CAST({numerals.FARTHEST} AS decimal(38, 0))"
    # An exponent that does not fit into the decimal counts as the farthest one.
    size = f"try_cast({exponent} AS decimal(38, 0))"
    power = (
        f"CASE WHEN {exponent} = '' THEN CAST(0 AS decimal(38, 0)) "
        f"WHEN substr({exponent}, 1, 1) = '-' "
        f"THEN greatest(coalesce({size}, -{far}), -{far}) "
        f"ELSE least(coalesce({size}, {far}), {far}) END"
    )
    fraction = (
        f"CASE WHEN instr({mantissa}, '.') > 0 THEN length({mantissa}) - instr({mantissa}, '.') "
        "ELSE 0 END"
    )
    place = f"({power} + CAST(length({digits}) - ({fraction}) AS decimal(20, 0)))"
    stripped = f"rtrim({digits}, '0')"
    origin = f"CAST({numerals.ORIGIN} AS decimal(38, 0))"
    less, more = (
        f"lpad(CAST(CAST(({origin} {sign} {place}) AS decimal(38, 0)) AS string), {numerals.WIDTH}, '0')"
        for sign in "-+"
    )
    key = (
        f"CASE WHEN {digits} = '' THEN '0' WHEN substr({column}, 1, 1) = '-' THEN "
        f"concat('-', {less}, translate({stripped}, '0123456789', '9876543210'), '~') "
        f"ELSE concat('1', {more}, {stripped}) END"
    )
    return finite_or_word(column, key)


def instant_key(column: str) -> str:
    """SQL for `types.instants.instant_key`."""
    day, time = (f"split_part({column}, 'T', {part})" for part in (1, 2))
    year = f"try_cast(substr({day}, 1, length({day}) - 6) AS bigint)"
    month = f"try_cast(substring({day}, -5, 2) AS bigint)"
    years = f"({year} + {instants.SHIFT} - CASE WHEN {month} > 2 THEN 0 ELSE 1 END)"
    days = (
        f"(365 * {years} + {years} div 4 - {years} div 100 + {years} div 400 "
        f"+ (153 * ({month} + CASE WHEN {month} > 2 THEN -3 ELSE 9 END) + 2) div 5 "
        f"+ try_cast(substr({day}, -2) AS bigint) "
        f"+ CASE WHEN substr({day}, 1, 1) = '-' THEN {instants.NO_YEAR} ELSE 0 END)"
    )
    seconds = f"CAST(CAST({days} AS decimal(20, 0)) * 86400 + {_seconds(time)} AS decimal(38, 0))"
    key = _joined(seconds, instants.SECONDS, time)
    return f"CASE WHEN {matches(column, instants.INSTANT)} THEN {key} END"


def time_key(column: str) -> str:
    """SQL for `types.instants.time_key`."""
    late = f"CASE WHEN substr({column}, 1, 2) = '24' THEN 86400 ELSE 0 END"
    key = _joined(
        f"(86400 + {_seconds(column)} - {late})",
        instants.SECONDS_OF_DAY,
        column,
    )
    return f"CASE WHEN {matches(column, instants.TIME)} THEN {key} END"


def _seconds(time: str) -> str:
    """SQL for the seconds of a time of day in UTC."""
    clock = f"{_clock(time, 1, 4)} + try_cast(substr({time}, 7, 2) AS bigint)"
    sign = f"CASE substring({time}, -6, 1) WHEN '+' THEN -1 WHEN '-' THEN 1 ELSE 0 END"
    # The last five characters are digits and a colon too if there is no zone; the sign is 0 then.
    zone = _clock(f"substr({time}, -5)", 1, 4)
    return f"{clock} + CASE WHEN {sign} = 0 THEN 0 ELSE {sign} * ({zone}) END"


def _clock(text: str, hours: int, minutes: int) -> str:
    return (
        f"try_cast(substr({text}, {hours}, 2) AS bigint) * 3600 "
        f"+ try_cast(substr({text}, {minutes}, 2) AS bigint) * 60"
    )


def _joined(seconds: str, width: int, time: str) -> str:
    fraction = rf"rtrim(regexp_extract({time}, '[.]([0-9]+)', 1), '0')"
    zoned = f"CASE WHEN length({time}) > 8 AND {time} RLIKE '[Z+-]' THEN 'Z' ELSE '' END"
    return f"concat(lpad(CAST({seconds} AS string), {width}, '0'), '.', {fraction}, {zoned})"


#: What differs between SQL engines, as Spark and Sail read it.
DIALECT = SqlDialect(
    name="spark",
    # A cast also accepts other forms, such as "2008-1-5" or a space at the end. So check the form first.
    is_date=(
        "({x} IS NULL OR (regexp_full_match({x}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') "
        "AND {x} >= '0001' AND try_cast({x} AS date) IS NOT NULL))"
    ),
    number_key=number_key,
    instant_key=instant_key,
    time_key=time_key,
    double="try_cast({x} AS double)",
    odd_number="{x} RLIKE '[^0-9.-]'",
    odd_integer=("NOT coalesce(regexp_full_match({x}, '-?(0|[1-9][0-9]{{0,17}})'), {x} IS NULL)"),
    compare_plain=_compare_plain,
    judged=partial(judged_column, "key"),
    broken=partial(judged_column, "broken"),
    full_match=full_match,
)
