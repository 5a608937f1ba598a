"""The ledger as a matrix: one row per proposal, one column per date, and the state on that date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .....record.datewords import date_words
from .....record.ledger.entries import Entry
from .....record.ledger.nesting import nested
from .....record.ledger.states import NO_OFFICIAL_ANSWER
from ...dates import MONTHS

#: The entries of one proposal, each with the ISO day from which it holds ("" is before any day).
History = tuple[tuple[str, Entry], ...]

#: With more columns than this, the columns are too narrow for a word.
_MOST_COLUMNS = 16

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
class Column:
    """A period; the column shows the state on its last day."""

    last: str
    #: The two lines of its head.
    head: tuple[str, str]
    words: str


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring columns with the same state; None is before the proposal."""

    columns: int
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One proposal: its entry over the whole record, its history, its runs of columns."""

    entry: Entry
    history: History
    runs: tuple[Run, ...]
    #: 0 for a proposal of its own, 1 for a part of a package, 2 for a part of that.
    depth: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The ledger at every date; `moments` are the days on which a state changes."""

    moments: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[LedgerRow, ...]


def matrix(
    entries: Iterable[Entry], histories: Mapping[str, History], most_columns: int = _MOST_COLUMNS
) -> Matrix:
    """The matrix of these entries, in order of date, with the parts of a package below it."""
    moments = tuple(sorted({day for steps in histories.values() for day, _ in steps if day}))
    periods = columns(moments, most_columns)
    rows = []
    for entry, depth in nested(sorted(entries, key=_by_date)):
        history = histories.get(entry.proposal_id, ())
        rows.append(LedgerRow(entry, history, _runs(history, periods), depth))
    return Matrix(moments, periods, tuple(rows))


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


def decided(entry: Entry) -> str:
    """The state in whole phrases: who answered, on what authority and when. Empty without an answer."""
    return entry.words.removeprefix("no official answer").removeprefix("; ")


def _by_date(entry: Entry) -> tuple[str, str, str]:
    last = entry.date_latest or entry.date_earliest or "9999"
    return (last, entry.date_earliest or "", entry.proposal_id)


def columns(moments: tuple[str, ...], most: int = _MOST_COLUMNS) -> tuple[Column, ...]:
    """One column per day on which a state changes; if that is too many, per month, year or more."""
    for letters, make in ((10, _of_day), (7, _of_month), (4, _of_year)):
        last: dict[str, str] = {}
        for day in moments:
            last[day[:letters]] = day
        if len(last) <= most:
            return tuple(map(make, last.values()))
    ends = list(last.values())
    step = -len(ends) // most  # backwards, so that the last year has a column
    return tuple(map(_of_year, reversed(ends[::step])))


def _of_day(iso: str) -> Column:
    day = date.fromisoformat(iso)
    return Column(iso, (f"{day.day} {MONTHS[day.month - 1]}", str(day.year)), date_words(iso))


def _of_month(iso: str) -> Column:
    day = date.fromisoformat(iso)
    return Column(iso, (MONTHS[day.month - 1], str(day.year)), date_words(iso[:7]))


def _of_year(iso: str) -> Column:
    return Column(iso, (iso[:4], ""), iso[:4])


def _runs(history: History, columns: Sequence[Column]) -> tuple[Run, ...]:
    days = [day for day, _ in history]
    runs: list[Run] = []
    for column in columns:
        count = bisect_right(days, column.last)
        entry = history[count - 1][1] if count else None
        if runs and _look(runs[-1].entry) == _look(entry):
            runs[-1] = Run(runs[-1].columns + 1, runs[-1].entry)
        else:
            runs.append(Run(1, entry))
    return tuple(runs)


def _look(entry: Entry | None) -> tuple[str, str]:
    """What a cell shows of an entry."""
    return (state_class(entry), word(entry))
