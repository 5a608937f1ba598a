"""The axis of time: the place of each day, and the words along it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log2
from typing import NamedTuple

from ...dates import MONTHS

#: With more days than this, the axis is even: all days are equally far apart.
MOST_APART = 40

#: The least width of a gap. In this unit a gap of one day adds 1, and a gap of three days adds 2.
_LEAST_GAP = 1.4

#: About the width of a letter in the words of a tick.
_LETTER = 7.0

#: The room before the first and after the last day, for periods that are open.
_MARGIN = 22.0


class Tick(NamedTuple):
    """A mark on the axis: its place and its words ("" if there is no room for them)."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on an axis from `left` to `right`. Earlier and later days are at its edges.

    With up to 40 days, gaps grow with the logarithm of the time between the days, so that both the
    days of one week and the months between two articles can be seen. With more days, the axis is
    even.
    """

    days: tuple[date, ...]
    places: tuple[float, ...]
    left: float
    right: float

    @classmethod
    def over(cls, days: Iterable[date], left: float, right: float) -> Scale:
        """The axis that shows these days."""
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
        """The place of a day."""
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
        """Whether all days are equally far apart."""
        return len(self.days) > MOST_APART

    def ticks(self) -> list[Tick]:
        """A mark for each month that has a day, with words if there is room for them.

        An even axis has no marks without words: they would show nothing.
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
