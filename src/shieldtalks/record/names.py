"""Find an actor by what a reader types: its identifier, its name or one of its aliases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import combining, normalize

from ..tabular.findings import CannotRun
from .models import Actor, Alias

#: Marks that are written for an apostrophe.
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})

#: Letters with a mark that Unicode does not take apart, and those that are often written for them.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def find_actor(given: str, actors: Iterable[Actor], aliases: Iterable[Alias] = ()) -> Actor:
    """The actor with this identifier, name or alias. Case and a leading "the" do not matter.

    Raises CannotRun, with the nearest names, if there is no such actor, or more than one.
    """
    by_id = {actor.actor_id: actor for actor in actors}
    known: dict[str, dict[str, None]] = defaultdict(dict)
    for actor in by_id.values():
        known[actor.actor_id.casefold()][actor.actor_id] = None
        known[folded(actor.name)][actor.actor_id] = None
    for alias in aliases:
        if alias.actor_id in by_id:
            known[folded(alias.alias)][alias.actor_id] = None
    wanted = folded(given)
    found = list(known.get(wanted, ()))
    if len(found) == 1:
        return by_id[found[0]]
    if found:
        raise CannotRun(f'several actors are called "{given}"', f"Use one of {', '.join(found)}.")
    near = get_close_matches(wanted, known, n=3, cutoff=0.5)
    near += [name for name in known if wanted in name and name not in near][:3]
    ids = dict.fromkeys(identifier for name in near for identifier in known[name])
    listed = ", ".join(f"{by_id[identifier].name} ({identifier})" for identifier in ids)
    raise CannotRun(
        f'there is no actor "{given}"',
        f"Did you mean {listed}?" if listed else "The table actors lists all names.",
    )


def members(actor_id: str, actors: Iterable[Actor]) -> frozenset[str]:
    """An actor and everything that belongs to it, directly or not, by identifier."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for actor in actors:
        below[actor.member_of_id].append(actor.actor_id)
    found: set[str] = set()
    waiting = [actor_id]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += below[one]
    return frozenset(found)


def folded(name: str) -> str:
    """A name without the differences that do not matter: case, blanks and a leading "the".

    Nor do the ways matter in which a computer can write the same letter, or an apostrophe.
    """
    if not name.isascii():
        name = normalize("NFKC", name).translate(_APOSTROPHES)
    return " ".join(name.casefold().split()).removeprefix("the ")


def bare(name: str) -> str:
    """A folded name without accents and other marks: `Jón Óðinsson` is `jon odinsson`."""
    marked = normalize("NFKD", folded(name).translate(_LETTERS))
    return "".join(char for char in marked if not combining(char))
