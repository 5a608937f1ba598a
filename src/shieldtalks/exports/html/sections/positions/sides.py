"""The sides of the positions: a state with its people and offices, the outlets, and everybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .....record import models
from .....record.description.context import Context
from .....record.positions.entries import PositionEntry

#: The side of the articles' own voice, and the side of those for whom there is no column.
OUTLETS, OTHERS = "In the articles' own voice", "Others"

#: The greatest number of columns.
_MOST = 5


def sides(context: Context, entries: Iterable[PositionEntry]) -> tuple[dict[str, str], list[str]]:
    """The side of each party by identifier, and the sides that have a column, in order."""
    states: dict[str | None, str] = {
        row.country: row.name
        for row in context.dataset.actors
        if row.kind == "state" and row.country
    }
    by_party: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        for position in entry.positions:
            side = _side(context, position.party_id, states)
            by_party[position.party_id] = side
            counts[side] += len(position.steps)
    ranked = sorted(counts, key=lambda side: (side == OUTLETS, -counts[side], side))
    if len(ranked) > _MOST:
        kept = set(ranked[: _MOST - 1])
        by_party = {party: side if side in kept else OTHERS for party, side in by_party.items()}
        ranked = [*ranked[: _MOST - 1], OTHERS]
    return by_party, ranked


def _side(context: Context, party_id: str, states: dict[str | None, str]) -> str:
    actor = context.rows.get(party_id)
    if not isinstance(actor, models.Actor):
        return context.name(party_id)
    if actor.kind == "outlet":
        return OUTLETS
    return states.get(actor.country, actor.name)
