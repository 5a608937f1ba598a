"""The type `duration`: a length of time, such as P1Y2M3DT4H5M6.7S, as XML Schema has it.

A duration is a number of months and a number of seconds. Two are equal if both numbers are: P1Y is P12M,
and P1D is PT24H, but P1M is no number of days. The order is that of XML Schema: one is less than another
if it is less from each of four days of different calendars. Where that is not so, the two have no order,
as P1M and P30D. A value without an order with a limit breaks the limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .base import FieldType, Form, Judge
from .json_value import shortened_key
from .sql_words import SqlWords

if TYPE_CHECKING:
    from fractions import Fraction

_DIGITS = "[0-9]{1,15}"
_SECONDS = rf"{_DIGITS}(\.[0-9]{{1,1000}})?S"
_TIME = f"T({_DIGITS}H({_DIGITS}M)?({_SECONDS})?|{_DIGITS}M({_SECONDS})?|{_SECONDS})"
_DATE = f"({_DIGITS}Y({_DIGITS}M)?({_DIGITS}D)?|{_DIGITS}M({_DIGITS}D)?|{_DIGITS}D)"
#: More than 15 digits before the point, or 1000 after it, are not supported.
_FORM = f"-?P({_DATE}({_TIME})?|{_TIME})"

_FULL = re.compile(_FORM).fullmatch
_PART = re.compile(r"([0-9]+)(?:\.([0-9]+))?([YMDHS])")
_MONTHS_OF = {"Y": 12, "M": 1}
_SECONDS_OF = {"D": 86400, "H": 3600, "M": 60, "S": 1}
#: The months from which XML Schema adds durations: 1696-09, 1697-02, 1903-03 and 1903-07.
_STARTS = (1696 * 12 + 8, 1697 * 12 + 1, 1903 * 12 + 2, 1903 * 12 + 6)


class Length(NamedTuple):
    """A duration: months and seconds; neither has another sign than the other."""

    months: int
    seconds: Fraction

    def after(self, start: int) -> Fraction:
        """The seconds from the year 0 to the end of the duration, if it starts at this month."""
        year, month = divmod(start + self.months, 12)
        # Years are counted from March, so that the day that some years have more is their last.
        years, months = (year, month - 2) if month >= 2 else (year - 1, month + 10)
        days = 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5
        return days * 86400 + self.seconds


def read_duration(text: str) -> Length | None:
    """The duration of a text; None for any other text."""
    from fractions import Fraction  # few packages have durations

    if _FULL(text) is None:
        return None
    date, _, time = text.partition("T")
    months = sum(
        int(digits) * _MONTHS_OF[unit]
        for digits, _, unit in _PART.findall(date)
        if unit in _MONTHS_OF
    )
    parts = [part for part in _PART.findall(date) if part[2] == "D"] + _PART.findall(time)
    seconds = sum(
        (
            Fraction(int(digits + fraction), 10 ** len(fraction)) * _SECONDS_OF[unit]
            for digits, fraction, unit in parts
        ),
        Fraction(0),
    )
    return Length(-months, -seconds) if text.startswith("-") else Length(months, seconds)


class Duration(FieldType):
    """Lengths of time, kept as text."""

    name = "duration"
    forms: ClassVar[Mapping[str, Form]] = {"default": Form(_FORM, "a duration")}
    is_ordered = True
    has_many_spellings = True
    stores_values = False

    @property
    def judge(self) -> Judge:
        """The months and the seconds."""
        return _key

    @property
    def is_plain(self) -> bool:
        """True: each text is its own value in other systems."""
        return True

    @property
    def binds(self) -> bool:
        """False: the text is stored."""
        return False

    @property
    def identity(self) -> Callable[[str], Any]:
        """The months and the seconds."""
        return self._by_key

    @property
    def exceeds(self) -> Callable[[str, str, Any], bool]:
        """Whether a duration does not certainly keep a limit."""
        return _exceeds

    def is_invalid(self, column: str, sql: SqlWords) -> str:
        """Whether the text has not the form of a duration."""
        return f"NOT {sql.full_match(column, self.form.pattern)}"


def _key(text: str) -> str | None:
    length = read_duration(text)
    return None if length is None else shortened_key(f"{length.months} {length.seconds}")


def _exceeds(text: str, operator: str, limit: Any) -> bool:
    length, bound = read_duration(text), read_duration(str(limit))
    if length is None or bound is None:
        return False
    if length == bound:
        return operator in ("<=", ">=")
    if operator in (">", ">="):
        length, bound = bound, length
    return not all(length.after(start) > bound.after(start) for start in _STARTS)


TYPE = Duration
