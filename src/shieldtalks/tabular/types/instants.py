"""Points in time and times of day as texts in the order of time, whatever zone they are written in.

A value without a zone is local: it is in order with the others as if it were UTC, but it is not equal
to any value with a zone.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Years have at least four digits, no needless zeros, and there is no year 0000 (XML Schema 1.0).
# More than 15 digits are not supported.
_COMMON = "0[48]|[2468][048]|[13579][26]"
YEAR = "([1-9][0-9]{3,14}|0[0-9]{2}[1-9]|0[0-9][1-9]0|0[1-9]00)"
_LEAP = (
    f"([0-9]{{2}}({_COMMON})|({_COMMON})00"
    f"|[1-9][0-9]{{0,10}}([0-9]{{2}}({_COMMON})|(00|{_COMMON})00))"
)
_DAY = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8]))"
)
#: The form of a day of the calendar, before it and after it too.
DAY = f"-?({YEAR}-{_DAY}|{_LEAP}-02-29)"
#: The form of a time of day, and of the time zone that may follow.
TIME = (
    r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
    r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
INSTANT = f"{DAY}T{TIME}"

#: Added to a year, so that it is positive; a multiple of 400, so that the calendar is the same.
SHIFT = 4 * 10**15
#: The width of the seconds in the key of a point in time, and in that of a time of day.
SECONDS, SECONDS_OF_DAY = 24, 6
#: Days between 1 March of the year 0 and itself, if no year were zero: the length of that year.
NO_YEAR = 366


def _day_number(day: str) -> int:
    year, month = int(day[:-6]), int(day[-5:-3])
    after_february = month > 2
    years = year + SHIFT - (not after_february)
    days = 365 * years + years // 4 - years // 100 + years // 400
    days += (153 * (month - 3 if after_february else month + 9) + 2) // 5 + int(day[-2:])
    return days + (NO_YEAR if year < 0 else 0)


def _seconds(time: str) -> tuple[int, str, str]:
    """The seconds of a time of day in UTC, the digits of its fraction, and "Z" if it has a zone."""
    clock, rest = time[:8], time[8:]
    seconds = int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:])
    zoned = ""
    if rest.endswith("Z"):
        rest, zoned = rest[:-1], "Z"
    elif rest[-6:-5] in ("+", "-"):
        zone, rest, zoned = rest[-6:], rest[:-6], "Z"
        offset = int(zone[1:3]) * 3600 + int(zone[4:]) * 60
        seconds += offset if zone[0] == "-" else -offset
    return seconds, rest[1:].rstrip("0"), zoned


@lru_cache(maxsize=4096)
def instant_key(text: str | None) -> str | None:
    """A text that is equal for equal points in time, with "Z" at its end if it has a zone.

    Without the "Z", the order of the texts is that of time. None for a text that is not a datetime.
    DuckDB computes the same in SQL (`engine.duckdb_values`).
    """
    if text is None or re.fullmatch(INSTANT, text) is None:
        return None
    day, _, time = text.partition("T")
    seconds, fraction, zoned = _seconds(time)
    return f"{_day_number(day) * 86400 + seconds:0{SECONDS}}.{fraction}{zoned}"


@lru_cache(maxsize=4096)
def time_key(text: str | None) -> str | None:
    """The same as `instant_key` for times of day. 24:00:00 is 00:00:00; the day before is less."""
    if text is None or re.fullmatch(TIME, text) is None:
        return None
    seconds, fraction, zoned = _seconds(text.replace("24:", "00:", 1) if text[:2] == "24" else text)
    return f"{86400 + seconds:0{SECONDS_OF_DAY}}.{fraction}{zoned}"
