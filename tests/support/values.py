"""Values of Table Schema in plain Python: what the engines must agree with, and texts to draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Read = Callable[[str], Any]


@dataclass(frozen=True)
class Reference:
    """A type: what a text is equal as, and how it is ordered; both raise ValueError for a wrong text."""

    #: Equal for equal values.
    same: Callable[[str], Hashable]
    #: In the order of the values; None for a value without an order; no function if there is no order.
    order: Callable[[str], Any] | None
    texts: st.SearchStrategy[str]


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> Decimal:
    if text.lower() in ("nan", "inf", "-inf"):
        return Decimal(text)
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
        raise ValueError(text)
    return Decimal(text)


def _boolean(text: str) -> bool:
    if text not in ("true", "True", "TRUE", "1", "false", "False", "FALSE", "0"):
        raise ValueError(text)
    return text in ("true", "True", "TRUE", "1")


def _day(text: str) -> str:
    if len(text) != 10 or date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _year(text: str) -> int:
    digits = text.removeprefix("-")
    plain = digits.isascii() and digits.isdecimal() and int(digits) != 0
    if not plain or len(digits) < 4 or len(digits) > 15 or (len(digits) > 4 and digits[0] == "0"):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> tuple[int, int]:
    if not re.fullmatch("-[0-9]{2}", text[-3:], re.ASCII) or not 1 <= int(text[-2:]) <= 12:
        raise ValueError(text)
    return _year(text[:-3]), int(text[-2:])


def _ordinal(text: str) -> int:
    """The number of a day; years repeat after 400, and the year after -0001 is 0001."""
    if not re.fullmatch("-?[0-9]+-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise ValueError(text)
    year = _year(text[:-6])
    in_cycle = year % 400 + 400
    cycles = (year - in_cycle) // 400
    day = date(in_cycle, int(text[-5:-3]), int(text[-2:]))
    return day.toordinal() + cycles * 146_097 + (366 if year < 0 else 0)


_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))?", re.ASCII
)


def _time(text: str) -> tuple[Fraction, bool]:
    """The seconds of a time in UTC, and whether it has a zone."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour, minute, second = map(int, match.groups()[:3])
    fraction = Fraction(int(match[4]), 10 ** len(match[4])) if match[4] else Fraction()
    offset = int(match[7] or 0) * 60 + int(match[8] or 0)
    is_midnight = (hour, minute, second, fraction) == (24, 0, 0, 0)
    if (hour > 23 and not is_midnight) or minute > 59 or second > 59:
        raise ValueError(text)
    if offset > 14 * 60 or int(match[8] or 0) > 59:
        raise ValueError(text)
    seconds = hour * 3600 + minute * 60 + second - (-offset if match[6] == "-" else offset) * 60
    return seconds + fraction, bool(match[5] or match[6])


def _time_of_day(text: str) -> tuple[Fraction, bool]:
    seconds, zoned = _time(text)
    return seconds - (86_400 if text.startswith("24") else 0), zoned


def _instant(text: str) -> tuple[Fraction, bool]:
    day, mark, time = text.partition("T")
    if not mark:
        raise ValueError(text)
    seconds, zoned = _time(time)
    return _ordinal(day) * 86_400 + seconds, zoned


def _with_nan(text: str) -> Hashable:
    value = _number(text)
    return "NaN" if value.is_nan() else value


def _ordered(text: str) -> Decimal | None:
    value = _number(text)
    return None if value.is_nan() else value


#: Numbers at the edges of the integers and doubles of machines.
EDGES = [
    sign * (2**power + step)
    for power in (0, 31, 53, 63, 64, 127, 128)
    for step in (-1, 0, 1)
    for sign in (1, -1)
] + [10**power + step for power in (15, 17, 18, 19, 30, 38, 39, 45) for step in (-1, 0, 1)]

_WHOLE = st.sampled_from(EDGES) | st.integers(-12, 12) | st.integers()
_SIGNED = st.builds(
    lambda number, zeros, plus: (
        ("-" if number < 0 else "+" * plus) + "0" * zeros + str(abs(number))
    ),
    _WHOLE,
    st.integers(0, 3),
    st.booleans(),
)
_DOUBLES = st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.sampled_from(
    [
        "1.7976931348623157e308",
        "4.9e-324",
        "5e-324",
        "2e-324",
        "1e309",
        "-1e309",
        "1e-400",
        "-1e-400",
    ]
)
_WRITTEN = st.builds(
    lambda digits, place, exponent, zeros: (
        digits[:place] + "." + digits[place:] + "0" * zeros + (f"e{exponent}" if exponent else "")
    ),
    st.sampled_from(EDGES).map(lambda n: str(abs(n))) | st.integers(0, 10**20).map(str),
    st.integers(0, 12),
    st.integers(-30, 30),
    st.integers(0, 2),
)
#: Numbers at the edges of their form, and texts that are almost numbers.
NUMERALS = [
    "NaN",
    "nan",
    "INF",
    "inf",
    "-INF",
    "-Inf",
    "+INF",
    "Infinity",
    "0",
    "-0",
    "0.0",
    "-0e9",
    "1e1",
    "1",
    "0.1",
    "0.10",
    "1e-1",
    ".1",
    "1.",
    "100e-2",
    "1_0",
    "e5",
    ".",
    "-",
    "+",
    "--1",
    "+-1",
    "١",
]
CLOCKS = [
    *(
        "00:00:00",
        "10:00:00",
        "10:00:00.0",
        "10:00:00.000",
        "10:00:00.5",
        "10:00:00.50",
        "10:00:01",
        "23:59:59",
    ),
    *(
        "23:59:59.999999999999",
        "24:00:00",
        "24:00:00.0",
        "24:00:01",
        "00:30:00",
        "22:30:00",
        "10:00",
    ),
    *("9:00:00", "10:60:00", "10:00:60", "10:00:00.", "12:00:00", "10:00:00.0000001", "23:59:60"),
]
YEARS = [
    *("2020", "0001", "-0001", "0000", "-0000", "9999", "10000", "-10000", "02020", "20200", "999"),
    *(
        "0004",
        "-0004",
        "-0005",
        "1900",
        "2000",
        "2100",
        "123456789012345",
        "1234567890123456",
        "-0400",
    ),
    *(
        "+2020",
        "1582",
        "1970",
        "2038",
        "292278994",
        "-292275055",
        "999999999999999",
        "2024",
        "2023",
    ),
]
_WORDS = st.sampled_from(NUMERALS)
_ZONES = st.sampled_from(["", "Z", "+00:00", "-00:00", "+02:00", "-02:00", "+14:00", "-14:00"]) | (
    st.sampled_from(["+14:01", "+0200", "+02", "z", "+15:00", "-13:59", "+10:00", "+01:60"])
)
_TIMES = st.builds(str.__add__, st.sampled_from(CLOCKS), _ZONES)
_YEARS = st.sampled_from(YEARS)
_MONTHS = st.sampled_from(["-01", "-12", "-02", "-00", "-13", "-1", ""])
_DAYS = st.builds(
    str.__add__,
    _YEARS,
    st.sampled_from(["-01-01", "-12-31", "-02-28", "-02-29", "-02-30", "-04-31", "-03-01"]),
) | st.sampled_from(["2020-01-01", "2020-01-02", "2019-12-31"])
_FREE = st.text("ab0Z-+:. T", min_size=1, max_size=6).filter(lambda text: text == text.strip())

#: The types by name.
TYPES: dict[str, Reference] = {
    "integer": Reference(_whole, _whole, _SIGNED | _WORDS),
    "number": Reference(_with_nan, _ordered, _WORDS | _SIGNED | _DOUBLES | _WRITTEN),
    "boolean": Reference(
        _boolean, None, st.sampled_from(["true", "True", "1", "0", "FALSE", "no", "tRUE"])
    ),
    "date": Reference(_day, _day, _DAYS),
    "time": Reference(_time_of_day, lambda text: _time_of_day(text)[0], _TIMES),
    "datetime": Reference(
        _instant,
        lambda text: _instant(text)[0],
        st.builds(lambda day, time: f"{day}T{time}", _DAYS, _TIMES),
    ),
    "year": Reference(_year, _year, _YEARS),
    "yearmonth": Reference(_month, _month, st.builds(str.__add__, _YEARS, _MONTHS)),
    "string": Reference(str, str, _FREE),
    "any": Reference(str, None, _FREE),
}


def is_valid(type_: str, text: str) -> bool:
    """Whether a text is of the type."""
    with suppress(ValueError):
        TYPES[type_].same(text)
        return True
    return False
