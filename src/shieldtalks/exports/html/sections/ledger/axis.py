"""A true axis of time: each day has the same width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ...dates import MONTHS
from ...figure.letters import width

#: The steps between marks, in months: the smallest that leaves room for the words is used.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last` over a width."""

    first: date
    last: date
    width: float

    @classmethod
    def over(cls, days: Iterable[str], width: float) -> Axis:
        """The axis that shows these ISO days, with a little room at both ends."""
        known = sorted(date.fromisoformat(day) for day in days if day)
        if not known:
            known = [date(2000, 1, 1), date(2000, 1, 2)]
        room = timedelta(days=max((known[-1] - known[0]).days // 40, 1))
        first = known[0] - room if (known[0] - date.min) > room else known[0]
        last = known[-1] + room if (date.max - known[-1]) > room else known[-1]
        return cls(first, last, width)

    @property
    def days(self) -> int:
        """The number of days between the first and the last one."""
        return (self.last - self.first).days

    def x(self, iso: str) -> float:
        """The place of a day; "" is before every day."""
        if not iso:
            return 0.0
        share = (date.fromisoformat(iso) - self.first).days / self.days
        return max(0.0, min(share, 1.0)) * self.width

    def ticks(self, size: float) -> list[tuple[float, str]]:
        """The first days of months or years, with words that do not touch each other."""
        for step in _STEPS:
            found = self._ticks(step)
            ends = [(x, x + width(words, size) + 10) for x, words in found]
            if all(end <= ends[number + 1][0] for number, (_, end) in enumerate(ends[:-1])):
                return [(x, words) for x, words in found if x + width(words, size) <= self.width]
        return []

    def _ticks(self, step: int) -> list[tuple[float, str]]:
        found, year = [], 0
        for months in range(self.first.year * 12, self.last.year * 12 + 12, step):
            day = (
                date(months // 12, months % 12 + 1, 1)
                if months // 12 <= date.max.year
                else self.last
            )
            if not self.first <= day <= self.last:
                continue
            words = f"{day.year}" if step >= 12 else MONTHS[day.month - 1]
            if step < 12 and day.year != year:
                words += f" {day.year}"
            year = day.year
            found.append((self.x(day.isoformat()), words))
        return found
