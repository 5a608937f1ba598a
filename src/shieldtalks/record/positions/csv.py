"""The positions as CSV: one row for each claim, with the columns of the flat table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from .entries import Position, PositionEntry, Step

#: The columns that come from the proposition, in order.
_PROPOSITION = ("proposition_id", "proposition", "topic")

#: The columns that come from the claim, in order.
_STEP = (
    *("held", "commitment", "change", "claim_id", "claim", "factuality", "speech_act", "standing"),
    *("voiced_by_id", "voiced_by", "said_in_event_id", "said_in"),
    *("date_edtf", "date_earliest", "date_latest", "certain", "contradicted_by", "sources"),
)

#: All columns.
FIELDS = (*_PROPOSITION, "party_id", "party", *_STEP)


def text(entries: Iterable[PositionEntry]) -> str:
    """The entries as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for entry in entries:
        for position in entry.positions:
            writer.writerows(_cells(entry, position, step) for step in position.steps)
    return out.getvalue()


def _cells(entry: PositionEntry, position: Position, step: Step) -> list[str]:
    row = {name: getattr(step, name, None) for name in _STEP}
    row |= {
        "claim": step.text,
        "certain": "true" if step.certain else "false",
        "contradicted_by": " ".join(other.claim_id for other in step.contradicted_by),
        "sources": " ".join(dict.fromkeys(span.source_id for span in step.evidence)),
    }
    first = [entry.proposition_id, entry.text, entry.topic, position.party_id, position.party]
    return ["" if value is None else value for value in [*first, *row.values()]]
