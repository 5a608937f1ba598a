"""What trackers have in common: each follows the values of a column as long as they may be of a type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

#: What gives the row of a value that was just read.
Place = Callable[[str], int]


class Tracker(Protocol):
    """What follows the values of a column."""

    @property
    def is_alive(self) -> bool:
        """Whether it still needs to see values."""
        ...

    def add(self, value: str, place: Place) -> None:
        """Take in a value."""
        ...


#: A type is given up after this many values of another form, if they are not very few.
_MOST_MISFITS, _SHARE = 3, 0.02


@dataclass(slots=True)
class Fit:
    """How many of the values have a form, and examples of those that have not."""

    tested: int = 0
    misfits: int = 0
    #: The first misfits, each with its row.
    examples: list[tuple[str, int]] = field(default_factory=list)

    @property
    def fits(self) -> int:
        """How many values have the form."""
        return self.tested - self.misfits

    @property
    def is_given_up(self) -> bool:
        """Whether too many values do not have the form."""
        return self.misfits > _MOST_MISFITS and self.misfits > _SHARE * self.tested

    @property
    def is_perfect(self) -> bool:
        """Whether there are values and all have the form."""
        return self.tested > 0 and not self.misfits

    def add_fitting(self, count: int) -> None:
        """Count values that all have the form."""
        self.tested += count

    def add(self, fits: bool, value: str, place: Place) -> None:
        """Count a value."""
        self.tested += 1
        if not fits:
            self.misfits += 1
            if len(self.examples) < _MOST_MISFITS:
                self.examples.append((value, place(value)))
