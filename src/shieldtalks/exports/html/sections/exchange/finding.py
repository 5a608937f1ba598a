"""The finding: three sentences, counted from the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .....record.datewords import date_words
from .....record.description.context import Context
from .....record.ledger.entries import Entry
from .....record.ledger.states import NO_OFFICIAL_ANSWER, ONE_SIDE, UNDECIDED

#: How many pairs of parties are named.
_MOST_WAYS = 3

#: The states in words, where they are not their own words.
_STATES = {
    "partly-accepted": "accepted in part",
    "countered": "answered with another proposal",
    ONE_SIDE: "agreed",
    UNDECIDED: "answered in an order that is not known",
}


def finding(context: Context, entries: Sequence[Entry]) -> tuple[str, ...]:
    """How many proposals, from whom to whom; what was answered; what does not count as an answer."""
    if not entries:
        return ("This record contains no proposals yet.",)
    return tuple(
        sentence
        for sentence in (_proposals(context, entries), _answers(entries), _noted(entries))
        if sentence
    )


def _proposals(context: Context, entries: Sequence[Entry]) -> str:
    told = (
        _counted(_way(context, entry) for entry in entries)
        or _counted(_way(context, entry, to=False) for entry in entries)
        or [f"by {len({entry.proposer_id for entry in entries})} parties"]
    )
    if len(entries) == 1:
        way = _way(context, entries[0]) or "without a proposer"
        return f"{_period(entries)}1 proposal is reported, {way}."
    return f"{_period(entries)}{len(entries)} proposals are reported: {_and(told)}."


def _counted(ways: Iterable[str]) -> list[str]:
    """The most frequent ways with their numbers, and the number of others. Empty if none is frequent."""
    counts = Counter(ways)
    nameless, total = counts.pop("", 0), counts.total()
    few = len(counts) <= _MOST_WAYS
    told = [(way, n) for way, n in counts.most_common(_MOST_WAYS) if n > 1 or few]
    if counts and not told:
        return []
    rest = total - sum(count for _, count in told) + (nameless if told else 0)
    listed = [f"{count} {way}" for way, count in told]
    if rest:
        listed.append(f"{rest} other{'' if rest == 1 else 's'}")
    return listed or [f"{nameless} without a proposer"]


def _way(context: Context, entry: Entry, *, to: bool = True) -> str:
    if entry.proposer_id is None:
        return ""
    by = f"by {the(context.name(entry.proposer_id))}"
    if entry.addressee_id is None or not to:
        return by
    return f"{by} to {the(context.name(entry.addressee_id))}"


def the(name: str) -> str:
    """A name as it is used in a sentence."""
    needs = name.endswith(("States", "Republic", "Kingdom", "Union", "Federation", "Netherlands"))
    return f"the {name}" if needs else name


def _period(entries: Iterable[Entry]) -> str:
    days = sorted(
        day for entry in entries for day in (entry.date_earliest, entry.date_latest) if day
    )
    if not days:
        return ""
    first, last = date_words(days[0][:7]), date_words(days[-1][:7])
    return f"In {first}, " if first == last else f"Between {first} and {last}, "


def _answers(entries: Sequence[Entry]) -> str:
    states = Counter(entry.state for entry in entries)
    silent = states.pop(NO_OFFICIAL_ANSWER, 0)
    told = []
    for state, count in sorted(states.items(), key=lambda one: (one[0] == ONE_SIDE, -one[1])):
        by = dict.fromkeys(e.responder for e in entries if e.state == state and e.responder)
        names = f" (by {_and([the(name) for name in by])})" if 0 < len(by) <= 2 else ""
        if state == ONE_SIDE:
            names = ", according to one side" + ("" if len(states) == 1 and not silent else ",")
        was = "was" if count == 1 else "were"
        told.append(f"{_which(count, entries)} {was} {_STATES.get(state, state)}{names}")
    if silent:
        have = "has" if silent == 1 else "have"
        told.append(f"{_which(silent, entries)} {have} no official answer in the sources read")
    return f"{_and(told)}.".replace(",,", ",")


def _which(count: int, entries: Sequence[Entry]) -> str:
    """The proposals of a state: their number, or "it" if there is only one proposal."""
    return "It" if len(entries) == 1 else str(count)


def _noted(entries: Sequence[Entry]) -> str:
    told = []
    moves = [move for entry in entries for move in entry.annotations]
    unnamed = sum(move.authority == "anonymous" for move in moves)
    if unnamed:
        told.append(f"{_number(unnamed, 'answer')} from an unnamed source")
    relayed = sum(move.authority not in ("anonymous", "official") for move in moves)
    if relayed:
        told.append(f"{_number(relayed, 'answer')} that only the other side reports")
    opposed = sum(move.authority == "official" for move in moves)
    if opposed:
        told.append(f"{_number(opposed, 'official statement')} of another kind, such as opposition")
    counters = sum(entry.in_answer_to_id is not None for entry in entries)
    first = f"Not counted as official answers: {_and(told)}." if told else ""
    second = (
        f"{_number(counters, 'proposal')} {'was' if counters == 1 else 'were'} made in answer to another one."
        if counters
        else ""
    )
    return " ".join(words for words in (first, second) if words)


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _and(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + "".join(words[-1:])
