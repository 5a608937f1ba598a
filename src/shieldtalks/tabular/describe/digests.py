"""Sets of many values in bounded memory: eight bytes for each different value, not the value itself.

Two values have the same digest with a chance of about one in 10^19. A repeat that is none costs a key;
a reference is never found by chance.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

#: A set is split into so many parts to be compared, so that only one part is unpacked at a time.
_PARTS = 16
#: Parts are used for more values than this.
_SMALL = 1 << 20
#: So many values of a set are looked for first. If most of them are missing, and more than a few, it is
#: enough to know that.
_SAMPLE, _FEW = 256, 50


class Digests:
    """The digests of the different values of a column. They are of use in one process only."""

    def __init__(self) -> None:
        self._all = array("q")
        self._packed = 0
        #: Whether a value is known to have been added twice.
        self.has_repeats = False
        self._is_rising = True
        #: Where each part begins and the last one ends; empty if there is one part only.
        self._bounds: list[int] = []
        self._unpacked: tuple[int | None, set[int]] = None, set()

    def add(self, values: Iterable[object], *, rising: bool = False) -> None:
        """Add values. Some may be in the set already, if not all so far came in rising order."""
        self._all.fromlist(list(map(hash, values)))
        self._is_rising = self._is_rising and rising
        self._bounds = []
        if not self._is_rising and len(self._all) > 2 * self._packed + (1 << 19):
            self._pack()

    @property
    def most(self) -> int:
        """As many different values there are at most."""
        return len(self._all)

    def __len__(self) -> int:
        self._pack()
        return self._packed

    def missing_in(self, other: Digests, besides: Iterable[object] = ()) -> int:
        """How many values the other set does not have; all of them, if some show that most are missing.

        Values of this set that are missing `besides` do not count. What is unpacked of the other set
        stays until `release`, so that many sets can be compared.
        """
        self._pack()
        other._pack()
        if self._is_in_order_of(other):
            return 0
        if self._is_mostly_missing_in(other):
            return len(self._all)
        for one in (self, other):
            if one._packed > _SMALL and not one._bounds:
                one._pack_parts()
        left_out = set(map(hash, besides))
        if not other._bounds:
            return _missing(self._all, left_out, other._part(None))
        return sum(
            _missing(own, [one for one in left_out if one % _PARTS == number], other._part(number))
            for number, own in enumerate(self._parts())
        )

    def _is_in_order_of(self, other: Digests) -> bool:
        """Whether both sets came in rising order, and the other one has all values. This needs no memory."""
        there = iter(other._all)
        return self._is_rising and other._is_rising and all(one in there for one in self._all)

    def _is_mostly_missing_in(self, other: Digests) -> bool:
        if self._packed <= _FEW:
            return False
        sample = set(self._all[:: max(len(self._all) // _SAMPLE, 1)])
        there = other._unpacked[1] if not other._bounds else set[int]()
        found = len(sample & there) if there else len(sample.intersection(other._all))
        missing = len(sample) - found
        return missing > max(_FEW, found)

    def release(self) -> None:
        """Forget what was unpacked."""
        self._unpacked = None, set()

    def _part(self, number: int | None) -> set[int]:
        """One part of the set, or the whole set if it is small."""
        if not (self._unpacked[1] and self._unpacked[0] == number):
            whole = self._all
            if number is not None:
                whole = whole[self._bounds[number] : self._bounds[number + 1]]
            self._unpacked = number, set(whole)
        return self._unpacked[1]

    def _parts(self) -> list[array[int]]:
        """The digests in parts, by the remainder of each."""
        if self._bounds:
            return [self._all[start:end] for start, end in pairwise(self._bounds)]
        parts = [array("q") for _ in range(_PARTS)]
        for digest in self._all:
            parts[digest % _PARTS].append(digest)
        return parts

    def _pack(self) -> None:
        """Keep each digest once."""
        added = len(self._all)
        if added == self._packed:
            return
        if added > _SMALL and not self._is_rising:
            self._pack_parts()
        elif not self._is_rising:
            found = set(self._all)
            if len(found) < added:
                self._all = array("q", found)
        self._packed = len(self._all)
        self.has_repeats = self.has_repeats or self._packed < added

    def _pack_parts(self) -> None:
        """Keep each digest once, those of a part together."""
        self._bounds = []
        parts = self._parts()
        self._all, self._bounds = array("q"), [0]
        for part in parts:
            self._all.extend(part if self._is_rising else set(part))
            self._bounds.append(len(self._all))


def _missing(own: Sequence[int], left_out: Iterable[int], there: set[int]) -> int:
    """How many digests are not there, apart from those that are left out."""
    found = sum(map(there.__contains__, own))
    return len(own) - found - sum(one not in there for one in left_out)
