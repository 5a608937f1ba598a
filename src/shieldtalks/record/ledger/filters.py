"""Entries of the ledger by actor and by measure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from ...tabular.findings import CannotRun
from .entries import Entry


def by_measure(entries: Iterable[Entry], measure: str, known: Collection[str]) -> tuple[Entry, ...]:
    """The entries with this measure. Raises CannotRun if it is not one of the `known` measures."""
    if measure not in known:
        listed = ", ".join(sorted(known))
        hint = f"Use one of {listed}." if listed else "There are no proposals."
        raise CannotRun(f'no proposal has the measure "{measure}"', hint)
    return tuple(entry for entry in entries if entry.measure == measure)


def by_actor(entries: Iterable[Entry], given: str, names: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries in which this actor has a part; the actor is given as in `actor_id`."""
    actor = actor_id(given, names)
    return tuple(entry for entry in entries if actor in parties(entry))


def parties(entry: Entry) -> set[str | None]:
    """The actors that have a part in a proposal or in an answer to it, by identifier."""
    found = {entry.proposer_id, entry.voiced_by_id, entry.addressee_id}
    return found.union(*({answer.responder_id, answer.voiced_by_id} for answer in entry.answers))


def actor_id(given: str, names: Mapping[str, str]) -> str:
    """The identifier of an actor, found by identifier or by name (the case does not matter).

    `names` are the names of all actors by identifier. Raises CannotRun, with the nearest names, if
    there is no such actor, or more than one.
    """
    wanted = given.strip().casefold()
    known = {identifier.casefold(): [identifier] for identifier in names}
    for identifier, name in names.items():
        known.setdefault(name.casefold(), []).append(identifier)
    found = known.get(wanted, [])
    if len(found) == 1:
        return found[0]
    if found:
        raise CannotRun(f'several actors are called "{given}"', f"Use one of {', '.join(found)}.")
    near = get_close_matches(wanted, known, n=3, cutoff=0.5)
    near += [name for name in known if wanted in name and name not in near][:3]
    listed = [f"{names[identifier]} ({identifier})" for name in near for identifier in known[name]]
    raise CannotRun(
        f'there is no actor "{given}"',
        f"Did you mean {', '.join(listed)}?" if near else "The table actors lists all names.",
    )
