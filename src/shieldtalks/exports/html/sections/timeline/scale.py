"""The axis of time: where a day stands, and what is written along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: With more days than this to tell apart, the axis runs evenly.
MOST_APART = 40

#: Room that a gap gets at least, in the unit in which a gap of one day adds 1, of three days 2.
_LEAST_GAP = 1.4

#: Width of a letter of a tick's words, about.
_LETTER = 7.0

#: Room beyond the first and the last day, for what is open on that side.
_MARGIN = 22.0


class Tick(NamedTuple):
    """A mark on the axis: where it stands and what it says ("" where there is no room)."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on an axis from `left` to `right`; days outside its own stand at the edges.

    Up to 40 days are told apart by gaps that grow with the logarithm of the time between them, so
    that the days of one week and the months between two articles are both seen; more run evenly.
    """

    days: tuple[date, ...]
    places: tuple[float, ...]
    left: float
    right: float

    @classmethod
    def over(cls, days: Iterable[date], left: float, right: float) -> Scale:
        """The axis on which these days are told apart."""
        known = tuple(sorted(set(days)))
        if not known:
            return cls((), (), left, right)
        gaps = [(later - first).days for first, later in pairwise(known)]
        shares = (
            [float(gap) for gap in gaps]
            if len(known) > MOST_APART
            else [_LEAST_GAP + log2(1 + gap) for gap in gaps]
        )
        unit = (right - left - 2 * _MARGIN) / (sum(shares) or 1.0)
        places = [left + _MARGIN]
        for share in shares:
            places.append(places[-1] + share * unit)
        return cls(known, tuple(places), left, right)

    def x(self, day: date) -> float:
        """Where a day stands."""
        after = bisect_right(self.days, day)
        if after == 0:
            return self.left
        first, here = self.days[after - 1], self.places[after - 1]
        if day == first:
            return here
        if after == len(self.days):
            return self.right
        share = (day - first).days / (self.days[after] - first).days
        return here + share * (self.places[after] - here)

    @property
    def is_even(self) -> bool:
        """Whether it runs evenly: a month is as long everywhere."""
        return len(self.days) > MOST_APART

    def ticks(self) -> list[Tick]:
        """A mark for each month that holds a day, with words where there is room for them.

        On an axis that runs evenly the marks without words tell nothing, and are left out.
        """
        ticks: list[Tick] = []
        free, year, month = self.left, 0, (0, 0)
        for day, place in zip(self.days, self.places, strict=True):
            if (day.year, day.month) == month:
                continue
            month = (day.year, day.month)
            words = MONTHS[day.month - 1]
            if day.year != year:
                words += f" {day.year}"
            if place >= free:
                free, year = place + _LETTER * len(words) + 8, day.year
                ticks.append(Tick(place, words))
            elif not self.is_even:
                ticks.append(Tick(place, ""))
        return ticks


def short(edtf: str | None) -> str:
    """An EDTF value in as few words as a chart has room for: `by 2013`, `~Oct 2007-Mar 2008`."""
    if not edtf:
        return "undated"
    first, slash, last = edtf.partition("/")
    if not slash:
        return _about(first) + _day(first)
    if first == "..":
        return f"by {_about(last)}{_day(last)}"
    if last == "..":
        return f"from {_about(first)}{_day(first)}"
    begin, end = _day(first), _day(last)
    for part in range(3, 0, -1):  # say the year, and the month, once
        tail = end.split(" ")[-part:]
        if begin.split(" ")[-part:] == tail and len(begin.split(" ")) > part:
            begin = " ".join(begin.split(" ")[:-part])
            break
    return f"{_about(first) or _about(last)}{begin}–{end}"


def _about(value: str) -> str:
    return {"~": "~", "?": "?", "%": "?~"}.get(value[-1:], "")


def _day(value: str) -> str:
    year, *rest = value.rstrip("?~%").split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([MONTHS[int(rest[0]) - 1]] if rest else []), year])
