"""How days, times and points in time are written in a column: the formats that every value has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ..types.instants import INSTANT
from ..types.instants import TIME as STANDARD_TIME
from .tracking import Fit, Place

#: The names of months in English, which are what `%b` and `%B` stand for.
_SHORT: tuple[str, ...] = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_LONG: tuple[str, ...] = ("january", "february", "march", "april", "may", "june", "july", "august")
_LONG += ("september", "october", "november", "december")

_NUMERIC = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})")
_NAMED = re.compile(r"([0-9]{1,2})(\. |[-/. ])([A-Za-z]{3,9})([-/. ])([0-9]{4}|[0-9]{2})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9}) ([0-9]{1,2}),? ([0-9]{4})")
#: Days with the words for year, month and day in Chinese, Japanese and Korean.
_EAST_ASIA = re.compile(r"([0-9]{4})(年|년 ?)([0-9]{1,2})(月|월 ?)([0-9]{1,2})(日|일)")
#: Days with a blank after each dot, and days that end with a dot.
_DOTTED = re.compile(r"([0-9]{1,2})\. ([0-9]{1,2})\. ([0-9]{4})")
_ENDS_DOTTED = re.compile(r"([0-9]{4})(\. ?)([0-9]{1,2})(\. ?)([0-9]{1,2})\.")
_COMPACT = re.compile(r"([0-9]{2})([A-Za-z]{3})([0-9]{4}|[0-9]{2})")
_WEEKDAY = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)((?:day|sday|nesday|rsday|urday)?)(,? )(.+)")
_TOGETHER = re.compile(r"(1[5-9]|20|21)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_SPLIT = re.compile(r"(.+?)(T|, | |:)([0-9]{1,2}:[0-9]{2}.*?)( UTC| GMT| Uhr)?")
_ZONE = r"Z|[+-](?:0[0-9]|1[0-3]):?[0-5][0-9]|[+-]14:?00"
_CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(:([0-9]{2}))?(\.([0-9]{1,6}))?(?:( ?)([AaPp][Mm]))?"
    rf"(?:( ?)({_ZONE}))?"
)
_INSTANT, _TIME = re.compile(INSTANT), re.compile(STANDARD_TIME)

#: What a format is of: a day, a time of day, or a point in time.
DATE, TIME, DATETIME = "date", "time", "datetime"

Way = tuple[str, str]


@dataclass(slots=True)
class Moments:
    """The days and times of a column."""

    fit: Fit = field(default_factory=Fit)
    #: How many values each format reads, by the type and the format of the field.
    ways: Counter[Way] = field(default_factory=Counter)
    #: The formats as far as they differ in the order only: how many values only one of them reads.
    examples: dict[Way, str] = field(default_factory=dict)

    @property
    def is_alive(self) -> bool:
        """Whether the column may still be one of days or times."""
        return not self.fit.is_given_up

    def add(self, value: str, place: Place) -> None:
        """Count a value."""
        ways = ways_of(value)
        self.fit.add(bool(ways), value, place)
        self.ways.update(ways)
        for way in ways:
            self.examples.setdefault(way, value)

    def add_alike(self, values: list[str]) -> bool:
        """Count values that are all days or times; False if they are not, or if they are none so far."""
        if not self.fit.fits or not ways_of(values[0]):
            return False
        found = list(map(ways_of, values))
        if not all(found):
            return False
        self.fit.add_fitting(len(values))
        for ways, count in Counter(found).items():
            self.ways.update(dict.fromkeys(ways, count))
            if not ways <= self.examples.keys():
                example = values[found.index(ways)]
                for way in ways:
                    self.examples.setdefault(way, example)
        return True

    @property
    def common(self) -> list[Way]:
        """The formats that read every value, the standard's own first."""
        every = [way for way, count in self.ways.items() if count == self.fit.fits]
        return sorted(every, key=lambda way: (way[1] != "default", way))


@lru_cache(maxsize=1 << 16)
def ways_of(value: str) -> frozenset[Way]:
    """The formats that read a text as a day, a time or a point in time."""
    if not 4 <= len(value) <= 40 or not any(char.isdigit() for char in value):
        return frozenset()
    days = day_formats(value)
    if days:
        return frozenset((DATE, form) for form in days)
    clock = _clock_formats(value)
    if clock:
        return frozenset((TIME, form) for form in clock)
    split = _SPLIT.fullmatch(value)
    if split is None:
        return frozenset()
    ways: set[Way] = set()
    if _INSTANT.fullmatch(value):
        ways.add((DATETIME, "default"))
    for day in day_formats(split[1]):
        day = "%Y-%m-%d" if day == "default" else day
        for time in _clock_formats(split[3]):
            if time != "default":
                ways.add((DATETIME, f"{day}{split[2]}{time}{split[4] or ''}"))
    return frozenset(ways)


@lru_cache(maxsize=1 << 12)
def day_formats(text: str) -> tuple[str, ...]:
    """The formats that read a text as a day of the calendar."""
    if (parts := _NUMERIC.fullmatch(text)) is not None:
        return tuple(_numeric(text, parts[1], parts[2], parts[3], parts[4]))
    if (parts := _NAMED.fullmatch(text)) is not None:
        month = _month(parts[3])
        year = "%Y" if len(parts[5]) == 4 else "%y"
        number = int(parts[5]) + (0 if year == "%Y" else 2000)
        if month and _is_day(number, month[0], int(parts[1])):
            return tuple(f"%d{parts[2]}{form}{parts[4]}{year}" for form in month[1])
    if (parts := _NAMED_FIRST.fullmatch(text)) is not None:
        month = _month(parts[1])
        comma = "," if "," in text else ""
        if month and _is_day(int(parts[3]), month[0], int(parts[2])):
            return tuple(f"{form} %d{comma} %Y" for form in month[1])
    return ("%Y%m%d",) if len(text) == 8 and _is_together(text) else _seldom(text)


def _seldom(text: str) -> tuple[str, ...]:
    """The formats that read a text as a day, of those that are not so usual."""
    if (parts := _EAST_ASIA.fullmatch(text) or _ENDS_DOTTED.fullmatch(text)) is not None:
        end = text[-1]
        form = f"%Y{parts[2]}%m{parts[4]}%d{end}"
        return (form,) if _is_day(int(parts[1]), int(parts[3]), int(parts[5])) else ()
    if (parts := _DOTTED.fullmatch(text)) is not None:
        is_day = _is_day(int(parts[3]), int(parts[2]), int(parts[1]))
        return ("%d. %m. %Y",) if is_day else ()
    if (parts := _COMPACT.fullmatch(text)) is not None:
        month, is_long = _month(parts[2]), len(parts[3]) == 4
        year = int(parts[3]) + (0 if is_long else 2000)
        is_day = month is not None and _is_day(year, month[0], int(parts[1]))
        return (f"%d%b{'%Y' if is_long else '%y'}",) if is_day else ()
    if (parts := _WEEKDAY.fullmatch(text)) is not None:
        code = "%A" if parts[2] else "%a"
        return tuple(
            f"{code}{parts[3]}{'%Y-%m-%d' if form == 'default' else form}"
            for form in day_formats(parts[4])
        )
    return ()


def _is_together(text: str) -> bool:
    if _TOGETHER.fullmatch(text) is None:
        return False
    return _is_day(int(text[:4]), int(text[4:6]), int(text[6:]))


def _numeric(text: str, first: str, sep: str, second: str, third: str) -> list[str]:
    found: list[str] = []
    if len(first) == 4:
        if _is_day(int(first), int(second), int(third)) and len(third) <= 2:
            is_standard = sep == "-" and len(text) == 10
            found.append("default" if is_standard else f"%Y{sep}%m{sep}%d")
        return found
    if len(first) > 2 or len(third) not in (2, 4):
        return found
    year, form = (int(third), "%Y") if len(third) == 4 else (2000 + int(third), "%y")
    if _is_day(year, int(second), int(first)):
        found.append(f"%d{sep}%m{sep}{form}")
    if sep != "." and _is_day(year, int(first), int(second)):  # months never lead before a dot
        found.append(f"%m{sep}%d{sep}{form}")
    is_short = sep == "-" and len(first) == len(third) == 2
    if is_short and _is_day(2000 + int(first), int(second), int(third)):
        found.append("%y-%m-%d")
    return found


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _month(name: str) -> tuple[int, list[str]] | None:
    """The number of a month by its name, and the codes that read the name."""
    low = name.lower()
    codes = [code for code, names in (("%b", _SHORT), ("%B", _LONG)) if low in names]
    if not codes:
        return None
    return (_SHORT if low in _SHORT else _LONG).index(low) + 1, codes


def _clock_formats(text: str) -> tuple[str, ...]:
    """The formats that read a text as a time of day."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return ()
    if _TIME.fullmatch(text):
        return ("default",) if text.startswith("24") else ("default", _standard_clock(text))
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[4] or 0)
    is_half = found[8] is not None
    if (
        minutes > 59
        or seconds > 59
        or not (1 if is_half else 0) <= hours <= (12 if is_half else 23)
    ):
        return ()
    return (_standard_clock(text),)


def _standard_clock(text: str) -> str:
    """The format of a time of day, by its parts."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return "default"
    hour = "%I" if found[8] else "%H"
    parts = [hour, ":%M", ":%S" if found[3] else "", ".%f" if found[5] else ""]
    return "".join(
        (
            *parts,
            found[7] if found[8] else "",
            "%p" if found[8] else "",
            f"{found[9]}%z" if found[10] else "",
        )
    )
