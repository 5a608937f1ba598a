"""What a rule cannot fill in, because an event has several actors of a role: the writer is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from .defaults import Cells, People


def of_proposal(
    cells: Cells, given: Set[str], people: People, shown: Mapping[str, str]
) -> Iterator[str]:
    """The keys that stay empty in a new proposal, each with the actors of whom one may be meant.

    `given` are the fields that the sheet gives, also those that it leaves empty on purpose.
    What is agreed by several parties has no proposer, so nothing is open there.
    """
    for key, role in (("proposer", people.acting), ("addressee", "addressee")):
        actors = people.roles.get(role, ())
        is_open = (
            f"{key}_id" not in given and not cells.get(f"{key}_id") and not cells.get("part_of_id")
        )
        if is_open and len(actors) > 1 and cells.get("form") != "agreement":
            names = ", ".join(shown.get(one, one) for one in actors)
            yield (
                f"this proposal has no {key}, because the event has several actors in the role {role}: "
                f'{names}. Write {key} = "...", or one part for each of them'
            )
