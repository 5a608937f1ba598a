"""Dates and times in the format `any`: the forms that people use, tried in a fixed order.

A date of numbers alone is read with the month first, such as 11/05/2008, unless that is no day: then
with the day first. With points, the day is first. A text that says less than the type needs is not read.
"""

from __future__ import annotations

import re

from .instants import INSTANT, TIME
from .strptime import Written, compiled

_DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y"),
    *("%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%m/%d/%y", "%d/%m/%y"),
    *("%d %B %Y", "%d %b %Y", "%d. %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y", "%d/%b/%Y"),
    *("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y %b %d", "%Y-%b-%d"),
    *("%a, %d %b %Y", "%A, %d %B %Y", "%a %d %b %Y", "%A %d %B %Y"),
    *("%a, %b %d, %Y", "%A, %B %d, %Y", "%a %b %d %Y", "%A %B %d %Y"),
)
_TIMES = (
    *("%H:%M:%S", "%H:%M:%S.%f", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p"),
    *("%I %p", "%I%p"),
)
_ZONES = ("", "%z", " %z", " %Z", "%Z")
#: A day, then a time, then sometimes the year that `date` and C write last.
_BOTH = r"(?s)(?P<day>.{5,40}?)(?:[Tt]|,? +)(?P<time>[0-9]{1,2}:[0-9]{2}.*)"
_LONGEST = 100


def free_date(text: str) -> Written | None:
    """A day, which a time may follow; None for any other text."""
    found = _first(text, _DATES)
    return found if found is not None else free_datetime(text)


def free_datetime(text: str) -> Written | None:
    """A day and a time of day; the time may be left out, and is 00:00:00 then. None for any other text."""
    if re.fullmatch(INSTANT, text):
        written, _, clock = text.partition("T")
        return Written(written, *_split(clock))
    for pattern in ("%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S %Z %Y"):
        found = compiled(pattern).read(text) if len(text) <= _LONGEST else None
        if found is not None:
            return found
    match = re.fullmatch(_BOTH, text) if len(text) <= _LONGEST else None
    if match is None:
        return _first(text, _DATES)
    day, time_ = _first(match["day"], _DATES), free_time(match["time"])
    return None if day is None or time_ is None else Written(day.day, time_.clock, time_.zone)


def free_time(text: str) -> Written | None:
    """A time of day; None for any other text."""
    if re.fullmatch(TIME, text):
        return Written("", *_split(text))
    for zone in _ZONES:
        found = _first(text, tuple(time + zone for time in _TIMES))
        if found is not None:
            return found
    return None


def _split(time: str) -> tuple[str, str]:
    match = re.fullmatch(r"([0-9:.]+)(.*)", time)
    return (match[1], match[2]) if match else (time, "")


def _first(text: str, patterns: tuple[str, ...]) -> Written | None:
    if len(text) > _LONGEST:
        return None
    return next(filter(None, (compiled(pattern).read(text) for pattern in patterns)), None)
