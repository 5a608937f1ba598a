"""Packages with their parts beneath them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Part(Protocol):
    """A proposal, or an entry of the ledger: it may be a part of another."""

    @property
    def proposal_id(self) -> str:
        """Its identifier."""

    @property
    def part_of_id(self) -> str | None:
        """The identifier of its package."""


PartT = TypeVar("PartT", bound=Part)


def nested(rows: Iterable[PartT]) -> Iterator[tuple[PartT, int]]:
    """Rows in their order, each part right after its package, with how deep it lies (from 0)."""
    listed = list(rows)
    known = {row.proposal_id for row in listed}
    parts: dict[str, list[PartT]] = defaultdict(list)
    tops = []
    for row in listed:
        if row.part_of_id is not None and row.part_of_id in known:
            parts[row.part_of_id].append(row)
        else:
            tops.append(row)

    def below(row: PartT, depth: int) -> Iterator[tuple[PartT, int]]:
        yield row, depth
        for part in parts[row.proposal_id]:
            yield from below(part, depth + 1)

    for top in tops:
        yield from below(top, 0)
