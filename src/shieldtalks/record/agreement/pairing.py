"""Pair the rows of two codings that have their evidence at the same place in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ...tabular.findings import CannotRun
from .units import Stretch, Unit

#: Two rows can be a pair if they have at least this share of their characters in common.
LEAST_OVERLAP = 0.3

#: The columns that decide between pairs of equal overlap.
LIKENESS = ("kind", "measure", "topic")

#: The most pairs of rows that may overlap. More come only from rows that all cite one passage.
MOST_CANDIDATES = 2_000_000


def match(first: Sequence[Unit], second: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """The pairs of rows of two codings. Pairs with the greatest overlap are made first.

    If the overlap is equal, LIKENESS decides, then the identifiers. Raises CannotRun if more than
    MOST_CANDIDATES pairs of rows overlap.
    """
    ranked = []
    for number, other_number in _meeting(first, second):
        one, other = first[number], second[other_number]
        share = overlap(one, other)
        if share >= LEAST_OVERLAP:
            ids = (one.unit_id, other.unit_id)
            ranked.append((-share, -_likeness(one, other), *ids, number, other_number))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, number, other_number in sorted(ranked):
        if number not in partner and other_number not in taken:
            partner[number] = other_number
            taken.add(other_number)
    return [(first[number], second[partner[number]]) for number in sorted(partner)]


def overlap(one: Unit, other: Unit) -> float:
    """The characters that both rows use, as a share of those that one or both of them use."""
    common = sum(
        _common(parts, other.place[source])
        for source, parts in one.place.items()
        if source in other.place
    )
    either = _size(one.place) + _size(other.place) - common
    return common / either if either else 0.0


def _meeting(first: Sequence[Unit], second: Sequence[Unit]) -> list[tuple[int, int]]:
    """The numbers of the rows that have at least one character in common: one sweep over each source."""
    bounds: defaultdict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for side, rows in enumerate((first, second)):
        for number, unit in enumerate(rows):
            for source, parts in unit.place.items():
                for begin, end in parts:
                    bounds[source].append((begin, end, side, number))
    found: set[tuple[int, int]] = set()
    seen = 0
    for parts_of_source in bounds.values():
        for pair in _sweep(sorted(parts_of_source)):
            found.add(pair)
            seen += 1
            if seen > MOST_CANDIDATES:
                raise CannotRun(
                    f"more than {MOST_CANDIDATES:,} pairs of rows cite the same passage",
                    "Compare the codings of one article at a time.",
                )
    return sorted(found)


def _sweep(parts: Sequence[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of parts of both sides that overlap, from parts that are sorted by their start."""
    open_parts: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for begin, end, side, number in parts:
        others = open_parts[1 - side]
        for other in [other for other, last in others.items() if last <= begin]:
            del others[other]
        for other in others:
            yield (number, other) if side == 0 else (other, number)
        if end > begin:
            open_parts[side][number] = max(end, open_parts[side].get(number, 0))


def _common(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    """The number of characters in both; each of them is sorted and without overlaps."""
    total = place = other_place = 0
    while place < len(one) and other_place < len(other):
        (begin, end), (other_begin, other_end) = one[place], other[other_place]
        total += max(min(end, other_end) - max(begin, other_begin), 0)
        if end <= other_end:
            place += 1
        else:
            other_place += 1
    return total


def _size(place: Mapping[str, Sequence[Stretch]]) -> int:
    return sum(end - begin for parts in place.values() for begin, end in parts)


def _likeness(one: Unit, other: Unit) -> int:
    return sum(one.coded[name] == other.coded[name] for name in LIKENESS if name in one.coded)
