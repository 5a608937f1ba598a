"""The positions as text for a terminal: a table with one row for each party of a proposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ...tabular.columns import table_lines
from ...tabular.findings import counted
from ...tabular.terminal import Style, plain
from ..dated import shown_dates
from ..datewords import date_words
from .entries import Position, PositionEntry, Step

_HEADS = ("id", "proposition", "party", "position")

#: How the columns share the space that the longest words leave.
_SHARES = (1, 6, 3, 7)


def lines(
    entries: Iterable[PositionEntry], width: int = 100, style: Style = plain
) -> Iterator[str]:
    """The lines of the table; none if there are no entries."""
    rows = [row for entry in entries for row in _rows(entry)]
    return table_lines(_SHARES, _HEADS, rows, width, style)


def summary(entries: Sequence[PositionEntry], as_of: str | None, known_by: str | None) -> str:
    """The number of propositions and of positions, and the dates, in one line."""
    held = sum(len(entry.positions) for entry in entries)
    return ", ".join(
        [
            counted(len(entries), "proposition"),
            counted(held, "position"),
            *shown_dates(as_of, known_by),
        ]
    )


def _rows(entry: PositionEntry) -> Iterator[list[str]]:
    """The rows of an entry. Only the first one names the proposition."""
    first = [entry.proposition_id, f"{entry.text}\n({entry.topic})"]
    for position in entry.positions:
        steps = [_step(step, position) for step in position.steps]
        yield [*first, position.party or position.party_id, "\n".join([position.words, *steps])]
        first = ["", ""]


#: Speech acts that say less than that something is so, with their words.
_MILDER = {"hope": "as a hope", "intend": "as an intention", "predict": "as a prediction"}


def _step(step: Step, position: Position) -> str:
    """When and through whom a claim was made, where it is printed, and what contradicts it."""
    date = date_words(step.date_edtf, short=True) if step.date_edtf else "undated"
    facts = [date if step.certain else f"possibly {date}"]
    if step.voiced_by and step.voiced_by_id != position.party_id:
        facts.append(f"through {step.voiced_by}")
    if step.speech_act in _MILDER:
        facts.append(_MILDER[step.speech_act])
    if step.standing == "erroneous":
        facts.append("an error of the source")
    facts += [step.claim_id, *_spans(step)]
    against = "; ".join(_against(step))
    return f"- {', '.join(facts)}" + (f"; contradicted by {against}" if against else "")


def _spans(step: Step) -> Iterator[str]:
    """The evidence by source, such as "src-0001 (evd-0142, evd-0143)"."""
    for source_id, spans in groupby(step.evidence, key=lambda span: span.source_id):
        yield f"{source_id} ({', '.join(span.evidence_id for span in spans)})"


def _against(step: Step) -> Iterator[str]:
    """The claims that contradict it, by claimant."""
    claims: dict[str, list[str]] = {}
    for other in step.contradicted_by:
        claims.setdefault(other.claimant or other.claimant_id, []).append(other.claim_id)
    return (f"{claimant} ({', '.join(ids)})" for claimant, ids in claims.items())
