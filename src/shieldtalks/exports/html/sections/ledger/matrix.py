"""The ledger over time: one row per proposal, with its runs of equal states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .....record.description.context import Context
from .....record.ledger.entries import Entry
from .....record.ledger.nesting import nested
from .....record.ledger.states import NO_OFFICIAL_ANSWER

#: The entries of one proposal, each with the ISO day from which it holds ("" is before any day).
History = tuple[tuple[str, Entry], ...]

_CLASSES = {
    "accepted": "accepted",
    "partly-accepted": "partly",
    "declined": "declined",
    "deferred": "deferred",
    "countered": "countered",
    "no-official-answer": "no-answer",
    "agreed-told-by-one-side": "partly",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A period with the same state: the ISO day on which it begins ("" is before any day)."""

    begin: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One proposal: its entry over the whole record, its history, its runs of equal states."""

    entry: Entry
    history: History
    runs: tuple[Run, ...]
    #: 0 for a proposal of its own, 1 for a part of a package, 2 for a part of that.
    depth: int

    @property
    def quiet(self) -> bool:
        """Whether nothing is answered or noted on any day, so that its bar is an empty line."""
        return all(
            run.entry.state == NO_OFFICIAL_ANSWER and not run.entry.annotations for run in self.runs
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """The ledger over time; `moments` are the days on which a state changes."""

    moments: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


def matrix(entries: Iterable[Entry], histories: Mapping[str, History]) -> Matrix:
    """The matrix of these entries, in order of date, with the parts of a package below it."""
    moments = tuple(sorted({day for steps in histories.values() for day, _ in steps if day}))
    rows = []
    for entry, depth in nested(sorted(entries, key=_by_date)):
        steps = histories.get(entry.proposal_id, ())
        rows.append(LedgerRow(entry, steps, _runs(steps), depth))
    return Matrix(moments, tuple(rows))


def _runs(steps: History) -> tuple[Run, ...]:
    runs: list[Run] = []
    for day, entry in steps:
        if not runs or _look(runs[-1].entry) != _look(entry):
            runs.append(Run(day, entry))
    return tuple(runs)


def state_class(entry: Entry | None) -> str:
    """The CSS classes of a state: its own, and one for what is noted or not certain."""
    if entry is None:
        return "not-yet"
    name = _CLASSES.get(entry.state, "unknown")
    noted = {note.move for note in entry.annotations}
    if entry.state == NO_OFFICIAL_ANSWER and "decline" in noted:
        name += " noted-declined"
    elif entry.state == NO_OFFICIAL_ANSWER and noted & {"accept", "partly-accept"}:
        name += " noted-accepted"
    return f"{name} perhaps" if entry.possibly or not entry.certain else name


def word(entry: Entry | None) -> str:
    """The state in a cell, without that of the package, which has a row of its own."""
    if entry is None:
        return ""
    return entry.brief if entry.certain else f"possibly made, {entry.brief}"


def decided(entry: Entry, context: Context) -> str:
    """The state in whole phrases: who answered, on what authority and when. Empty without an answer.

    The proposals that answer it have their names, not their identifiers.
    """
    listed = ", ".join(entry.answered_with)
    named = ", ".join(f"“{context.name(other)}”" for other in entry.answered_with)
    words = entry.words.replace(f"answered with {listed}", f"answered with {named}")
    return (
        words.removeprefix("no official answer").removeprefix("; ").removeprefix(f"{entry.brief}: ")
    )


def _by_date(entry: Entry) -> tuple[str, str, str]:
    last = entry.date_latest or entry.date_earliest or "9999"
    return (last, entry.date_earliest or "", entry.proposal_id)


def _look(entry: Entry | None) -> tuple[str, str]:
    """What a cell shows of an entry."""
    return (state_class(entry), word(entry))
