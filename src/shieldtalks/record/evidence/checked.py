"""The evidence of a record, compared with copies of its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ...tabular.findings import CannotRun
from ..short import ShortTable
from .anchors import Anchor, Copy, Status, copies_in, read_copy, verify

if TYPE_CHECKING:
    from ..dataset import Dataset
    from ..models import Evidence

#: How many passages of a source are tried to see whether a copy is one of it.
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Check:
    """The result for one row of evidence."""

    evidence_id: str
    #: The row that it supports, and the field of it; None for the whole row.
    record_id: str | None
    field: str | None
    source_id: str
    #: verified, moved, ambiguous, not-found or no-copy.
    status: str
    #: Where the span starts in the canonical text of the copy; None if it was not found.
    start: int | None
    length: int


class Checks(ShortTable[Check]):
    """The results for the evidence, one for each row."""

    __slots__ = ()
    columns = ("evidence_id", "record_id", "field", "source_id", "status")


def check(dataset: Dataset, copies: str | Path | Mapping[str, str | Path]) -> Checks:
    """Each row of evidence with its result in the copies: a folder, or a file for each source.

    Raises CannotRun if a copy cannot be read.
    """
    known = [source.source_id for source in dataset.sources]
    if isinstance(copies, str | Path):
        return compare(dataset, copies_in(Path(copies), known), known)
    read = {source_id: _read(source_id, Path(file), known) for source_id, file in copies.items()}
    return compare(dataset, read, known)


def compare(dataset: Dataset, copies: Mapping[str, Copy], sources: Collection[str]) -> Checks:
    """The rows of evidence of these sources, each with its result in the copies."""
    shifts: dict[str, int] = {}
    rows = (row for row in dataset.evidence if row.source_id in sources)
    return Checks(_checked(row, copies, shifts) for row in rows)


def of_others(
    dataset: Dataset, copies: Mapping[str, Copy], checks: Iterable[Check]
) -> Iterator[tuple[str, str | None]]:
    """Each source whose copy has none of its passages, with the source that it has some of.

    Of each other source, a few passages are tried.
    """
    by_source: dict[str, set[str]] = {}
    for one in checks:
        by_source.setdefault(one.source_id, set()).add(one.status)
    for source_id in (name for name, found in by_source.items() if found == {Status.NOT_FOUND}):
        copy = copies[source_id]
        others = (
            other.source_id
            for other in dataset.sources
            if other.source_id != source_id and _has_some(dataset, other.source_id, copy)
        )
        yield source_id, next(others, None)


def _has_some(dataset: Dataset, source_id: str, copy: Copy) -> bool:
    rows = (row for row in dataset.evidence if row.source_id == source_id)
    return any(verify(copy, _anchor(row))[0] != Status.NOT_FOUND for row in islice(rows, _TRIED))


def _anchor(row: Evidence) -> Anchor:
    return Anchor(row.start, row.length, row.sha256)


def _read(source_id: str, file: Path, known: list[str]) -> Copy:
    if source_id not in known:
        raise CannotRun(f'there is no source "{source_id}"', f"Use one of {', '.join(known)}.")
    return read_copy(file)


def _checked(row: Evidence, copies: Mapping[str, Copy], shifts: dict[str, int]) -> Check:
    """The result for a row. `shifts` has how far the last span of each source has moved."""
    shift = shifts.get(row.source_id, 0)
    status, start = verify(copies.get(row.source_id), _anchor(row), shift)
    if start is not None:
        shifts[row.source_id] = start - row.start
    target = row.event_id or row.proposal_id or row.response_id or row.claim_id
    return Check(row.evidence_id, target, row.field, row.source_id, status.value, start, row.length)
