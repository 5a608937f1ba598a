"""The ledger as a matrix: a row for each proposal, a column for each date, the state between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...record.datewords import date_words
from ...record.description.context import Context
from ...record.ledger.entries import Entry, history, ledger
from ...record.ledger.nesting import nested
from .scale import MONTHS

#: What is known of a proposal, from an ISO day on ("" is before any day).
Told = tuple[tuple[str, Entry], ...]

#: More columns than this are too narrow to hold a word.
_MOST_COLUMNS = 16

_CLASSES = {
    "accepted": "accepted",
    "partly-accepted": "partly",
    "declined": "declined",
    "deferred": "deferred",
    "countered": "countered",
    "unanswered": "unanswered",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of time that ends with a day; it shows what held on that day."""

    last: str
    #: What the head says, in two lines.
    head: tuple[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring columns in which the same holds; None is before the proposal."""

    columns: int
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One proposal: its entry by everything recorded, its history, its runs of columns."""

    entry: Entry
    told: Told
    runs: tuple[Run, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The ledger at every date: `moments` are the days on which anything changes."""

    moments: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[LedgerRow, ...]


def matrix(context: Context) -> Matrix:
    """The ledger of a record, in order of date, parts beneath their package."""
    package = context.dataset.package
    told = history(package)
    moments = tuple(sorted({day for steps in told.values() for day, _ in steps if day}))
    made = columns(moments)
    rows = [
        LedgerRow(
            entry,
            told.get(entry.proposal_id, ()),
            _runs(told.get(entry.proposal_id, ()), made),
            depth,
        )
        for entry, depth in nested(sorted(ledger(package), key=_by_date))
    ]
    return Matrix(moments, made, tuple(rows))


def state_class(entry: Entry | None) -> str:
    """The classes that colour a state: its own, and what makes it less than sure."""
    if entry is None:
        return "not-yet"
    name = _CLASSES.get(entry.state, "unknown")
    noted = {note.move for note in entry.annotations}
    if entry.state == "unanswered" and "decline" in noted:
        name += " noted-declined"
    elif entry.state == "unanswered" and noted & {"accept", "partly-accept"}:
        name += " noted-accepted"
    return f"{name} perhaps" if entry.possibly or not entry.certain else name


def word(entry: Entry | None) -> str:
    """The state as a cell shows it: the package's, which has a row of its own, is left out."""
    if entry is None:
        return ""
    words = entry.words.partition("; package ")[0]
    return words if entry.certain else f"possibly made, {words}"


def decided(context: Context, entry: Entry) -> str:
    """Who decided or answered, and when; how its package stands where that is worth a word."""
    package = entry.words.partition("; ")[2]
    if not entry.responder_id:
        return package
    words = context.name(entry.responder_id)
    if entry.answer_voice_id and entry.answer_voice_id != entry.responder_id:
        words += f", through {context.name(entry.answer_voice_id)}"
    if entry.answer_date_edtf:
        words += f", {date_words(entry.answer_date_edtf)}"
    return f"{words}; {package}" if package else words


def _by_date(entry: Entry) -> tuple[str, str, str]:
    last = entry.date_latest or entry.date_earliest or "9999"
    return (last, entry.date_earliest or "", entry.proposal_id)


def columns(moments: tuple[str, ...]) -> tuple[Column, ...]:
    """A column for each day on which anything changes; for months, years or more where they are many."""
    for letters, make in ((10, _of_day), (7, _of_month), (4, _of_year)):
        last: dict[str, str] = {}
        for day in moments:
            last[day[:letters]] = day
        if len(last) <= _MOST_COLUMNS:
            return tuple(map(make, last.values()))
    ends = list(last.values())
    back = -len(ends) // _MOST_COLUMNS  # from the last year, so that it has a column
    return tuple(map(_of_year, reversed(ends[::back])))


def _of_day(iso: str) -> Column:
    day = date.fromisoformat(iso)
    return Column(iso, (f"{day.day} {MONTHS[day.month - 1]}", str(day.year)), date_words(iso))


def _of_month(iso: str) -> Column:
    day = date.fromisoformat(iso)
    return Column(iso, (MONTHS[day.month - 1], str(day.year)), date_words(iso[:7]))


def _of_year(iso: str) -> Column:
    return Column(iso, (iso[:4], ""), iso[:4])


def _runs(told: Told, columns: Sequence[Column]) -> tuple[Run, ...]:
    days = [day for day, _ in told]
    runs: list[Run] = []
    for column in columns:
        after = bisect_right(days, column.last)
        entry = told[after - 1][1] if after else None
        if runs and _look(runs[-1].entry) == _look(entry):
            runs[-1] = Run(runs[-1].columns + 1, runs[-1].entry)
        else:
            runs.append(Run(1, entry))
    return tuple(runs)


def _look(entry: Entry | None) -> tuple[str, str]:
    """What a cell shows."""
    return (state_class(entry), word(entry))
