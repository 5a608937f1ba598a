"""Entries of the ledger by measure, by move, by actor and by date."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ...tabular.findings import CannotRun
from ...tabular.nearest import nearest
from ..measures import Measures
from .entries import Entry


def by_measure(
    entries: Iterable[Entry], wanted: str, used: Collection[str], measures: Measures
) -> tuple[Entry, ...]:
    """The entries with this measure or one below it.

    Raises CannotRun if none of the measures that are `used` in proposals is this one or below it.
    """
    known = measures.known(used)
    if wanted not in known:
        hint = use_one_of(wanted, known) or "There are no proposals."
        raise CannotRun(f'no proposal has the measure "{wanted}"', hint)
    return tuple(entry for entry in entries if measures.covers(wanted, entry.measure))


def by_move(entries: Iterable[Entry], wanted: str, used: Collection[str]) -> tuple[Entry, ...]:
    """The entries with an answer of this move that counts on their date, whether or not it decides.

    Raises CannotRun if the move is not one of those that are `used` in answers.
    """
    if wanted not in used:
        hint = use_one_of(wanted, sorted(used)) or "There are no answers."
        raise CannotRun(f'no answer has the move "{wanted}"', hint)
    return tuple(
        entry for entry in entries if any(answer.move == wanted for answer in entry.answers)
    )


def use_one_of(given: str, known: Collection[str]) -> str:
    """A hint with the known name that is most like the given one, and all of them; "" without any."""
    if not known:
        return ""
    near = nearest(given.casefold(), known)
    meant = f'Did you mean "{near}"? ' if near else ""
    return f"{meant}Use one of {', '.join(known)}."


def by_actor(entries: Iterable[Entry], actors: Collection[str]) -> tuple[Entry, ...]:
    """The entries in which one of these actors has a part, by identifier."""
    return tuple(entry for entry in entries if not parties(entry).isdisjoint(actors))


def parties(entry: Entry) -> set[str | None]:
    """The actors that have a part in a proposal or in an answer to it, by identifier."""
    found = {entry.proposer_id, entry.voiced_by_id, entry.addressee_id}
    return found.union(*({answer.responder_id, answer.voiced_by_id} for answer in entry.answers))


def between(entries: Iterable[Entry], first: str | None, last: str | None) -> tuple[Entry, ...]:
    """The entries of proposals that could have been made from the first to the last ISO day.

    Raises CannotRun if the first day is after the last.
    """
    if first is not None and last is not None and first > last:
        raise CannotRun(f"{first} is after {last}", "Give the earlier date first.")
    return tuple(
        entry
        for entry in entries
        if (first is None or entry.date_latest is None or entry.date_latest >= first)
        and (last is None or entry.date_earliest is None or entry.date_earliest <= last)
    )
