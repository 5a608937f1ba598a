"""DuckDB's SQL for the keys of values: what the Python functions of the types compute elsewhere.

DuckDB could call Python, but only if numpy is installed.
"""

from __future__ import annotations

from ..types import instants, numerals
from .sql import literal


def number_key(column: str) -> str:
    """SQL for `types.numerals.number_key`."""
    mantissa = f"regexp_extract({column}, '^[+-]?([0-9.]*)', 1)"
    exponent = f"regexp_extract({column}, '[eE](.*)$', 1)"
    digits = f"ltrim(replace({mantissa}, '.', ''), '0')"
    far = numerals.FARTHEST
    # An exponent that does not fit into 128 bits counts as the farthest one.
    power = (
        f"CASE WHEN {exponent} = '' THEN 0::HUGEINT "
        f"WHEN starts_with({exponent}, '-') "
        f"THEN greatest(coalesce(TRY_CAST({exponent} AS HUGEINT), -{far}), -{far}) "
        f"ELSE least(coalesce(TRY_CAST({exponent} AS HUGEINT), {far}), {far}) END"
    )
    fraction = (
        f"CASE WHEN contains({mantissa}, '.') THEN length({mantissa}) - instr({mantissa}, '.') "
        "ELSE 0 END"
    )
    place = f"({power} + length({digits}) - {fraction})"
    stripped = f"rtrim({digits}, '0')"
    less, more = (
        f"lpad(({numerals.ORIGIN} {sign} {place})::VARCHAR, {numerals.WIDTH}, '0')" for sign in "-+"
    )
    key = (
        f"CASE WHEN {digits} = '' THEN '0' WHEN starts_with({column}, '-') THEN "
        f"concat('-', {less}, translate({stripped}, '0123456789', '9876543210'), '~') "
        f"ELSE concat('1', {more}, {stripped}) END"
    )
    return finite_or_word(column, key)


def finite_or_word(column: str, key: str) -> str:
    """SQL for the key of a number: `key` if it is finite, else that of NaN or INF. Spark has it, too."""
    words = (
        f"CASE lower({column}) WHEN 'nan' THEN 'NaN' WHEN 'inf' THEN '~' WHEN '-inf' THEN '!' END"
    )
    return f"CASE WHEN {matches(column, numerals.FINITE)} THEN {key} ELSE {words} END"


def instant_key(column: str) -> str:
    """SQL for `types.instants.instant_key`."""
    day, time = (f"split_part({column}, 'T', {part})" for part in (1, 2))
    year = f"CAST(left({day}, length({day}) - 6) AS BIGINT)"
    month = f"CAST(substr({day}, -5, 2) AS BIGINT)"
    years = f"({year} + {instants.SHIFT} - CASE WHEN {month} > 2 THEN 0 ELSE 1 END)"
    days = (
        f"(365 * {years} + {years} // 4 - {years} // 100 + {years} // 400 "
        f"+ (153 * ({month} + CASE WHEN {month} > 2 THEN -3 ELSE 9 END) + 2) // 5 "
        f"+ CAST(right({day}, 2) AS BIGINT) "
        f"+ CASE WHEN starts_with({day}, '-') THEN {instants.NO_YEAR} ELSE 0 END)"
    )
    seconds = f"({days}::HUGEINT * 86400 + {_seconds(time)})"
    key = _joined(seconds, instants.SECONDS, time)
    return f"CASE WHEN {matches(column, instants.INSTANT)} THEN {key} END"


def time_key(column: str) -> str:
    """SQL for `types.instants.time_key`."""
    seconds = f"(86400 + {_seconds(column)} - CASE WHEN starts_with({column}, '24') THEN 86400 ELSE 0 END)"
    key = _joined(seconds, instants.SECONDS_OF_DAY, column)
    return f"CASE WHEN {matches(column, instants.TIME)} THEN {key} END"


def matches(column: str, pattern: str) -> str:
    """SQL for whether a whole value matches a pattern of the types. Spark has it, too."""
    return f"regexp_full_match({column}, {literal(pattern)})"


def _seconds(time: str) -> str:
    """SQL for the seconds of a time of day in UTC."""
    clock = _clock(time, 1, 4) + f" + CAST(substr({time}, 7, 2) AS BIGINT)"
    sign = f"CASE substr({time}, -6, 1) WHEN '+' THEN -1 WHEN '-' THEN 1 ELSE 0 END"
    # The last five characters are digits and a colon too if there is no zone; the sign is 0 then.
    offset = f"CASE WHEN {sign} = 0 THEN 0 ELSE {sign} * ({_clock(f'right({time}, 5)', 1, 4)}) END"
    return f"{clock} + {offset}"


def _clock(text: str, hours: int, minutes: int) -> str:
    return (
        f"CAST(substr({text}, {hours}, 2) AS BIGINT) * 3600 "
        f"+ CAST(substr({text}, {minutes}, 2) AS BIGINT) * 60"
    )


def _joined(seconds: str, width: int, time: str) -> str:
    fraction = rf"rtrim(regexp_extract({time}, '\.([0-9]+)', 1), '0')"
    zoned = f"CASE WHEN length({time}) > 8 AND regexp_matches({time}, '[Z+-]') THEN 'Z' ELSE '' END"
    return f"concat(lpad({seconds}::VARCHAR, {width}, '0'), '.', {fraction}, {zoned})"
