"""Packages with their parts below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Part(Protocol):
    """A proposal, or an entry of the ledger, which can be a part of a package."""

    @property
    def proposal_id(self) -> str:
        """The identifier of the proposal."""

    @property
    def part_of_id(self) -> str | None:
        """The identifier of its package; None if it is not a part."""


PartT = TypeVar("PartT", bound=Part)


def nested(rows: Iterable[PartT]) -> Iterator[tuple[PartT, int]]:
    """The rows in their order, each part after its package, with its depth (0 if it is not a part).

    A part whose package is not among the rows has depth 0, too.
    """
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
