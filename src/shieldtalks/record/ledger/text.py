"""The ledger as text for a terminal: a table with one row for each proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized

from ...tabular.columns import table_lines
from ...tabular.findings import counted
from ...tabular.terminal import Style, plain
from ..dated import shown_dates
from ..datewords import date_words
from .entries import Entry
from .nesting import nested

_HEADS = ("id", "made", "proposal", "from, to", "outcome")

#: How the columns share the space that the longest words leave.
_SHARES = (1, 2, 5, 3, 7)


def lines(entries: Iterable[Entry], width: int = 100, style: Style = plain) -> Iterator[str]:
    """The lines of the table, with the parts of a package below it; none if there are no entries."""
    rows = [_row(entry, depth) for entry, depth in nested(entries)]
    return table_lines(_SHARES, _HEADS, rows, width, style)


def summary(entries: Sized, as_of: str | None, known_by: str | None) -> str:
    """The number of proposals and the dates of the ledger, in one line."""
    return ", ".join([counted(len(entries), "proposal"), *shown_dates(as_of, known_by)])


def _row(entry: Entry, depth: int) -> list[str]:
    """The cells of an entry; a cell can have several lines."""
    proposal = f"{entry.label}\n({entry.measure})"
    if entry.part_of_id and not depth:
        proposal += f"\npart of {entry.part_of_id}"
    if entry.restates_id:
        proposal += f"\nrestates {entry.restates_id}"
    if entry.in_answer_to_id:
        proposal += f"\nin answer to {entry.in_answer_to_id}"
    if entry.perhaps_same_as_id:
        proposal += f"\nperhaps the same as {entry.perhaps_same_as_id}"
    proposer = entry.proposer or ""
    answers = sorted(one.response_id for one in entry.answers if one.weight != "overtaken")
    made = date_words(entry.date_edtf, short=True)
    return [
        "  " * depth + entry.proposal_id,
        made if entry.certain else f"possibly {made}",
        proposal,
        f"{proposer}\nto {entry.addressee}" if entry.addressee else proposer,
        "\n".join([entry.words, *_listed("answers", answers), *_listed("claims", entry.claims)]),
    ]


def _listed(what: str, ids: Iterable[str]) -> list[str]:
    """A line with the identifiers of rows, if there are any."""
    named = ", ".join(ids)
    return [f"{what}: {named}"] if named else []
