"""The part of EDTF level 1 that the record uses: days, months, years, and intervals with open ends.

Source: Extended Date/Time Format, ISO 8601-2:2019, levels 0 and 1. The
qualifiers `?` (uncertain), `~` (approximate) and `%` (both) do not change the bounds of a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?[?~%]?", re.ASCII
)


def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and the last day of an EDTF value. None means that this side is open.

    Raises ValueError, with a message for users, if the value is not a supported EDTF date.
    """
    first, slash, last = value.partition("/")
    if not slash:
        return _days(value)
    if first == last == "..":
        raise ValueError(f'"{value}" is open on both sides, so it is not a date')
    earliest = None if first == ".." else _days(first)[0]
    latest = None if last == ".." else _days(last)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f'"{value}" ends before it starts')
    return earliest, latest


def _days(value: str) -> tuple[date, date]:
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(f'"{value}" is not an EDTF date such as 2008-11-05, 2008-11~ or ../2013')
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not year:
        raise ValueError(f'"{value}" has no valid year: use a year from 0001 to 9999')
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise ValueError(f'"{value}" is not in the calendar') from error
