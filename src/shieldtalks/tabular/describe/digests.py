"""Sets of many values in bounded memory: eight bytes for each different value, not the value itself.

Two values have the same digest with a chance of about one in 10^19. A repeat that is none costs a key;
a reference is never found by chance.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

#: A set is split into so many parts to be compared, so that only one part is unpacked at a time.
_PARTS = 16
#: Parts are used for more values than this.
_SMALL = 1 << 20
#: From so many missing values on, half of the values seen are enough to give up.
_MOST_MISSING = 50


class Digests:
    """The digests of the different values of a column. They are of use in one process only."""

    def __init__(self) -> None:
        self._all = array("q")
        self._packed = 0
        #: Whether a value is known to have been added twice.
        self.has_repeats = False
        self._unpacked: tuple[int | None, set[int]] = None, set()

    def add(self, values: Iterable[object]) -> None:
        """Add values. Some may be in the set already."""
        self._all.extend(map(hash, values))
        if len(self._all) > 2 * self._packed + (1 << 19):
            self._pack()

    @property
    def most(self) -> int:
        """As many different values there are at most."""
        return len(self._all)

    def __len__(self) -> int:
        self._pack()
        return self._packed

    def missing_in(self, other: Digests) -> set[int]:
        """The digests of values that the other set does not have, or some of them if they are many.

        What is unpacked of the other set stays until `release`, so that many sets can be compared.
        """
        self._pack()
        other._pack()
        missing: set[int] = set()
        for part in range(_PARTS) if other._packed > _SMALL else (None,):
            there = other._part(part)
            own = self._all if part is None else (one for one in self._all if one % _PARTS == part)
            for number, digest in enumerate(own, 1):
                if digest not in there:
                    missing.add(digest)
                    if len(missing) > _MOST_MISSING and 2 * len(missing) > number:
                        return missing
        return missing

    def release(self) -> None:
        """Forget what was unpacked."""
        self._unpacked = None, set()

    def _part(self, part: int | None) -> set[int]:
        if self._unpacked[1] and self._unpacked[0] == part:
            return self._unpacked[1]
        digests = self._all if part is None else (one for one in self._all if one % _PARTS == part)
        self._unpacked = part, set(digests)
        return self._unpacked[1]

    def _pack(self) -> None:
        if len(self._all) == self._packed:
            return
        added = len(self._all)
        if len(self._all) <= _SMALL:
            self._all = array("q", set(self._all))
        else:
            parts = [array("q") for _ in range(_PARTS)]
            for digest in self._all:
                parts[digest % _PARTS].append(digest)
            self._all = array("q")
            for part in parts:
                self._all.extend(set(part))
        self._packed = len(self._all)
        self.has_repeats = self.has_repeats or self._packed < added
