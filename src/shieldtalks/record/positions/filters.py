"""Positions by topic, by proposition and by party."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from ...tabular.findings import CannotRun
from ..identifiers import nearest_identifier
from .entries import Position, PositionEntry


def by_topic(
    entries: Iterable[PositionEntry], topic: str, known: Collection[str]
) -> tuple[PositionEntry, ...]:
    """The entries on this topic. Raises CannotRun if it is not one of the `known` topics."""
    _expect(topic, known, "topic")
    return tuple(entry for entry in entries if entry.topic == topic)


def by_proposition(
    entries: Iterable[PositionEntry], given: str, known: Collection[str]
) -> tuple[PositionEntry, ...]:
    """The entry of this proposition. Raises CannotRun if it is not one of the `known` ones."""
    _expect(given, known, "proposition")
    return tuple(entry for entry in entries if entry.proposition_id == given)


def by_party(entries: Iterable[PositionEntry], actor_id: str) -> tuple[PositionEntry, ...]:
    """The entries with only the positions of this actor, as the party or as its voice."""
    return tuple(_kept(entries, lambda one: actor_id in parties(one)))


def parties(position: Position) -> set[str | None]:
    """The party of a position and those who voiced it, by identifier."""
    return {position.party_id, *(step.voiced_by_id for step in position.steps)}


def _kept(
    entries: Iterable[PositionEntry], fits: Callable[[Position], bool]
) -> Iterator[PositionEntry]:
    for entry in entries:
        own = tuple(position for position in entry.positions if fits(position))
        if own:
            yield replace(entry, positions=own)


def _expect(given: str, known: Collection[str], what: str) -> None:
    if given in known:
        return
    near = nearest_identifier(given, known)
    listed = ", ".join(sorted(known))
    hint = f'Did you mean "{near}"?' if near else f"Use one of {listed}." if listed else None
    raise CannotRun(f'there is no {what} "{given}"', hint or f"There is no {what} at all.")
