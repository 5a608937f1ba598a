"""Dates and times that are written after a pattern of `strptime`, such as %d/%m/%Y.

The names of months and days are the English ones, whatever the locale is, and digits are ASCII. So a
text has the same meaning on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: Directives that stand for several others (C, and the locale C).
_SHORT = {
    "%c": "%a %b %d %H:%M:%S %Y",
    "%x": "%m/%d/%y",
    "%X": "%H:%M:%S",
    "%D": "%m/%d/%y",
    "%F": "%Y-%m-%d",
    "%T": "%H:%M:%S",
    "%R": "%H:%M",
    "%r": "%I:%M:%S %p",
    "%h": "%b",
    "%e": "%d",
    "%n": " ",
    "%t": " ",
}
_DIRECTIVES = {
    "Y": "[0-9]{4}",
    "y": "[0-9]{2}",
    "m": "1[0-2]|0[1-9]|[1-9]",
    "d": "3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9]",
    "H": "2[0-3]|[01][0-9]|[0-9]",
    "I": "1[0-2]|0[1-9]|[1-9]| [1-9]",
    "M": "[0-5][0-9]|[0-9]",
    "S": "[0-5][0-9]|[0-9]",
    "f": "[0-9]{1,6}",
    "p": "am|pm",
    "j": "36[0-6]|3[0-5][0-9]|[12][0-9]{2}|0[1-9][0-9]|00[1-9]|[1-9][0-9]|0[1-9]|[1-9]",
    "B": "|".join(_MONTHS),
    "b": "|".join(name[:3] for name in _MONTHS),
    "A": "|".join(_DAYS),
    "a": "|".join(name[:3] for name in _DAYS),
    "w": "[0-6]",
    "u": "[1-7]",
    "U": "5[0-3]|[0-4][0-9]|[0-9]",
    "W": "5[0-3]|[0-4][0-9]|[0-9]",
    "G": "[0-9]{4}",
    "V": "5[0-3]|0[1-9]|[1-4][0-9]|[0-9]",
    "z": "[+-](?:0[0-9]|1[0-3]):?[0-5][0-9]|[+-]14:?00|(?-i:Z)",
    "Z": "utc|gmt",
}
#: The parts of a pattern: a directive, blanks, or any other character.
_PART = re.compile(r"%(.)|([ \t]+)|(.)", re.DOTALL)


class Written(NamedTuple):
    """A day, a time of day and a zone, as they are written in the standard's own form."""

    day: str
    #: Hours, minutes and seconds, with a fraction if there is one.
    clock: str
    #: `Z`, or hours and minutes such as `+02:00`; "" if there is no zone.
    zone: str


class Pattern:
    """A pattern that reads texts. Raises ValueError for a pattern that has no meaning."""

    def __init__(self, pattern: str) -> None:
        found: list[str] = []
        self._letters: set[str] = set()
        for letter, blanks, other in _PART.findall(_spelled_out(pattern)):
            if letter == "%":
                found.append("%")
            elif letter:
                if letter not in _DIRECTIVES or letter in self._letters:
                    raise ValueError(f"%{letter}")
                self._letters.add(letter)
                found.append(f"(?P<{letter}>{_DIRECTIVES[letter]})")
            else:
                found.append("[ \t]+" if blanks else re.escape(other))
        if not self._letters:
            raise ValueError(pattern)
        self._reads = re.compile("".join(found), re.IGNORECASE | re.ASCII).fullmatch

    def read(self, text: str) -> Written | None:
        """What a text means; None if it is not written so, or if there is no such day."""
        match = self._reads(text)
        if match is None:
            return None
        parts = {letter: match[letter].strip().lower() for letter in self._letters}
        day = _day(parts)
        return None if day is None else Written(day.isoformat(), _clock(parts), _zone(parts))


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """A pattern, ready to read texts. Raises ValueError."""
    return Pattern(pattern)


def _spelled_out(pattern: str) -> str:
    return re.sub("%.", lambda match: _SHORT.get(match[0], match[0]), pattern, flags=re.DOTALL)


def _day(parts: Mapping[str, str]) -> date | None:
    """The day; what is not written is as in 1 January 1900. None if there is no such day."""
    try:
        if "G" in parts:
            weekday = _weekday(parts)
            return date.fromisocalendar(int(parts["G"]), int(parts["V"]), (weekday or 0) + 1)
        year = _year(parts)
        if "j" in parts:
            found = date(year, 1, 1) + timedelta(days=int(parts["j"]) - 1)
            return found if found.year == year else None
        if ("U" in parts or "W" in parts) and _weekday(parts) is not None:
            return _of_week(year, parts)
        return date(year, _month(parts), int(parts.get("d", "1")))
    except (ValueError, OverflowError, KeyError):
        return None


def _year(parts: Mapping[str, str]) -> int:
    if "y" in parts and "Y" not in parts:
        short = int(parts["y"])
        return short + (2000 if short < 69 else 1900)  # POSIX
    return int(parts.get("Y", "1900"))


def _month(parts: Mapping[str, str]) -> int:
    if "m" in parts:
        return int(parts["m"])
    name = parts.get("B") or parts.get("b")
    if name is None:
        return 1
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _weekday(parts: Mapping[str, str]) -> int | None:
    """The day of the week, 0 for Monday; None if it is not written."""
    if "u" in parts:
        return int(parts["u"]) - 1
    if "w" in parts:
        return (int(parts["w"]) - 1) % 7
    name = parts.get("A") or parts.get("a")
    return None if name is None else next(n for n, day in enumerate(_DAYS) if day[:3] == name[:3])


def _of_week(year: int, parts: Mapping[str, str]) -> date | None:
    """The day of a week of a year; weeks start on Sunday (%U) or on Monday (%W)."""
    weekday, first = _weekday(parts) or 0, date(year, 1, 1).weekday()
    if "U" in parts:
        weekday, first, week = (weekday + 1) % 7, (first + 1) % 7, int(parts["U"])
    else:
        week = int(parts["W"])
    # Week 1 starts with the first Sunday or Monday; the days before it are week 0.
    start = (7 - first) % 7
    found = date(year, 1, 1) + timedelta(days=start + 7 * (week - 1) + weekday)
    return found if found.year == year else None


def _clock(parts: Mapping[str, str]) -> str:
    hour = int(parts.get("H", "0"))
    if "I" in parts and "H" not in parts:
        hour = int(parts["I"]) % 12 + (12 if parts.get("p") == "pm" else 0)
    minute, second = int(parts.get("M", "0")), int(parts.get("S", "0"))
    fraction = parts.get("f", "").rstrip("0")
    return f"{hour:02}:{minute:02}:{second:02}{'.' * bool(fraction)}{fraction}"


def _zone(parts: Mapping[str, str]) -> str:
    zone = parts.get("z", "")
    if zone in ("", "z"):
        return "Z" if zone or "Z" in parts else ""
    return f"{zone[:3]}:{zone[-2:]}"
