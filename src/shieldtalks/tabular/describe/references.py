"""Foreign keys: a column whose values are all in the key of a table, and that is so for a reason.

Inclusion alone is no reason: the whole numbers from 1 to 20 are in every longer list of numbers. The
reason is a form that only this key has, or a name, or many values that nobody counts up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import names
from .datatype import Draft
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty, Guesses, many, number
from .keys import is_prose
from .missing import SENTINELS, in_order
from .seen import SeenTable

_TYPES = frozenset(("string", "integer"))

#: How much a name hints at a reference.
_SAME, _SUBJECT, _PART, _SHORT, _NO_HINT = 4, 3, 2, 1, 0

#: The most columns that a message names.
_MOST_SHOWN = 3

#: A goal that lacks no more than this share of the values of a column is worth a word.
_NEAR = 0.2


@dataclass(frozen=True, slots=True)
class Goal:
    """A column that others can refer to."""

    table: SeenTable
    draft: Draft
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key that was found."""

    table: str
    field: str
    goal: str
    column: str


@dataclass(frozen=True, slots=True)
class _Match:
    """A column that is included in a goal, and what speaks for it."""

    goal: Goal
    name: int
    form: int
    #: How many values the goal does not have.
    lost: int
    #: Texts for "no value" that the goal does not have.
    marks: tuple[str, ...] = ()


#: A table with its fields and its primary key.
Described = tuple[SeenTable, list[Draft], list[str]]


def goals(tables: Sequence[Described]) -> list[Goal]:
    """The columns that others can refer to: primary keys, and other unique columns without gaps."""
    found = []
    for table, drafts, key in tables:
        for draft in drafts:
            is_primary = key == [draft.name]
            may_be = _has_key_type(draft) and draft.seen.digests is not None and not is_prose(draft)
            if may_be and (is_primary or (draft.is_filled and draft.seen.is_unique)):
                found.append(Goal(table, draft, is_primary))
    return found


def _has_key_type(draft: Draft) -> bool:
    """Whether a column can refer to another. Days can if they are keys by name: many tables share some."""
    return draft.type in _TYPES or (draft.type == "date" and names.is_key_name(draft.name))


#: What matches each column, by its table and name.
Matches = dict[tuple[str, str], list["_Match"]]


def matches(tables: Sequence[Described], known: Sequence[Goal]) -> Matches:
    """For each column, the goals that may hold all of its values."""
    found: Matches = {}
    columns: dict[str, list[tuple[SeenTable, Draft, list[str]]]] = {}
    for table, drafts, key in tables:
        for draft in drafts:
            if _has_key_type(draft) and draft.seen.digests is not None and draft.seen.filled:
                columns.setdefault(draft.type, []).append((table, draft, key))
    for goal in known:
        for table, draft, key in columns.get(goal.draft.type, []):
            match = _match(table, draft, key, goal)
            if match is not None:
                found.setdefault((table.name, draft.name), []).append(match)
        if goal.draft.seen.digests is not None:
            goal.draft.seen.digests.release()
    return found


def references(described: Described, found: Matches, guesses: Guesses) -> list[Link]:
    """The foreign keys of a table, each to one column."""
    table, drafts, key = described
    links = []
    for draft in drafts:
        link = _choose(table, draft, key, found.get((table.name, draft.name), []), guesses)
        if link is not None:
            links.append(link)
    return links


def _match(table: SeenTable, draft: Draft, key: list[str], goal: Goal) -> _Match | None:
    """How a column matches a goal; None if many values are not in it, or if it is the goal itself."""
    target = goal.draft
    if target is draft or target.type != draft.type or target.seen.digests is None:
        return None
    own = goal.table is table
    if own and key == [draft.name]:
        return None
    form = _form(draft, target)
    if form < 0 or draft.seen.digests is None:
        return None
    numbers = SENTINELS.intersection(draft.seen.sentinels) if draft.seen.sentinels else ()
    lost = draft.seen.digests.missing_in(target.seen.digests, numbers)
    if lost > _NEAR * (draft.seen.distinct or 0):
        return None
    marks = _lost_marks(draft, target)
    return _Match(goal, _hint(draft.name, goal, own), form, lost, marks)


def _lost_marks(draft: Draft, target: Draft) -> tuple[str, ...]:
    """The texts that are no values if the column refers to the goal."""
    found = [text for text in draft.seen.marks if text and text not in target.seen.marks]
    goal_numbers = target.seen.sentinels
    return tuple(
        sorted({*found, *(text for text in draft.seen.sentinels if text not in goal_numbers)})
    )


def _form(draft: Draft, target: Draft) -> int:
    """How much the form of the values speaks for a reference: from 0 to 3; -1 if it speaks against it."""
    own, other = draft.seen.template, target.seen.template
    if draft.type == "integer":
        big = (draft.seen.numbers.lowest or 0) >= 100_000 and (draft.seen.distinct or 0) >= 3
        return 2 if big else 0
    if draft.format == target.format == "uuid":
        return 3
    if other.is_specific:
        return 3 if _fits(draft, target) else -1
    if own.is_specific and own.signature != other.signature and draft.seen.template.count > 3:
        return 0  # the goal has values of other forms, too
    distinct = draft.seen.distinct or 0
    if distinct >= 5 and draft.seen.longest >= 4 and not draft.seen.numbers.numbers.is_perfect:
        return 2
    return 1 if distinct >= 2 else 0


def _fits(draft: Draft, target: Draft) -> bool:
    """Whether the value of a column can have the form of a goal; the values are compared later."""
    import re

    return re.fullmatch(target.seen.template.pattern, draft.seen.example) is not None


def _hint(name: str, goal: Goal, own: bool) -> int:
    """How much the name of a column hints at a goal."""
    core, subject = names.core(name), names.subject(goal.table.name)
    column = names.core(goal.draft.name)
    if own:
        return _PART if names.has(name, names.SELF_WORDS) else _NO_HINT
    if core and names.words(name) == names.words(goal.draft.name):
        return _SAME
    if core and (_equal(core, subject) or (column and _equal(core, column) and goal.is_primary)):
        return _SUBJECT
    if core and (names.all_in(subject, core) or (column and names.all_in(column, core))):
        return _PART
    if core and subject and (names.alike(core[-1], subject[-1]) or names.all_in(core, subject)):
        return _PART if names.is_key_name(name) else _SHORT
    if core and subject and names.is_short_for(core[-1], subject[-1]):
        return _SHORT
    return _NO_HINT


def _equal(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return len(first) == len(second) and all(map(names.alike, first, second))


def _choose(
    table: SeenTable, draft: Draft, key: list[str], found: list[_Match], guesses: Guesses
) -> Link | None:
    whole = [match for match in found if not match.lost]
    good = [match for match in whole if _is_reason(draft, key, match)]
    good.sort(key=_rank, reverse=True)
    if not good:
        _say_near(table, draft, key, found, whole, guesses)
        return None
    best = good[0]
    rivals = [match for match in good if _rank(match) == _rank(best)]
    if len(rivals) > 1 or _is_mutual(draft, key, best):
        shown = ", ".join(_shown(match.goal) for match in rivals[:_MOST_SHOWN])
        shown += f" and {len(rivals) - _MOST_SHOWN} more" if len(rivals) > _MOST_SHOWN else ""
        why = f"all values are in {shown}; nothing shows which table refers to which"
        guesses.add("foreignKeys", None, why, UNCERTAIN, draft.name)
        return None
    _write(table, draft, best, guesses)
    return Link(table.name, draft.name, best.goal.table.name, best.goal.draft.name)


def _rank(match: _Match) -> tuple[int, int, int]:
    return match.form if match.form == 3 else 0, match.name, match.goal.is_primary


def _is_reason(draft: Draft, key: list[str], match: _Match) -> bool:
    """Whether there is a reason for the inclusion, other than chance."""
    is_key = key == [draft.name]
    if not match.goal.is_primary:
        named = names.is_key_name(match.goal.draft.name) and match.name >= _SUBJECT
        return named and not is_key and not draft.seen.is_unique
    if is_key:
        return match.name >= _SUBJECT
    if match.form == 3:
        return True
    if match.form == 2:
        many_values = (draft.seen.distinct or 0) >= 10 and not draft.seen.is_unique
        return match.name >= _SHORT or many_values
    return match.name >= _PART


def _is_mutual(draft: Draft, key: list[str], match: _Match) -> bool:
    """Whether two keys have the same values, and neither table has the name of the column."""
    other = match.goal.draft.seen
    if key != [draft.name] or not match.goal.is_primary:
        return False
    if (draft.seen.distinct or 0) < (other.distinct or 0):
        return False
    return not _equal(names.core(draft.name), names.subject(match.goal.table.name))


def _shown(goal: Goal) -> str:
    return f'"{goal.draft.name}" of {goal.table.name}'


def _write(table: SeenTable, draft: Draft, match: _Match, guesses: Guesses) -> None:
    seen, goal = draft.seen, match.goal
    own = goal.table is table
    different = f" ({many(seen.distinct or 0, 'different one')})"
    where = f'"{goal.draft.name}" of this table' if own else _shown(goal)
    evidence = f"all {many(seen.filled, 'value')}{different} are in {where}{_because(match)}"
    certainty: Certainty = CERTAIN if match.form == 3 or match.name >= _SUBJECT else LIKELY
    if match.marks:
        draft.missing = sorted({*draft.missing, *match.marks})
        said = f"{', '.join(match.marks)} is not in {where}, and all other values are"
        guesses.add("missingValues", in_order(draft.missing), said, LIKELY, draft.name)
    reference = {"resource": "" if own else goal.table.name, "fields": [goal.draft.name]}
    guesses.add("foreignKeys", reference, evidence, certainty, draft.name)


def _because(match: _Match) -> str:
    reasons = []
    if match.form == 3:
        reasons.append("no other key has this form")
    if match.name:
        reasons.append("its name says so" if match.name > _SHORT else "its name is like it")
    return f"; {', and '.join(reasons)}" if reasons else ""


def _say_near(
    table: SeenTable,
    draft: Draft,
    key: list[str],
    found: list[_Match],
    whole: list[_Match],
    guesses: Guesses,
) -> None:
    """Say what looks like a reference but is none in the descriptor."""
    distinct = draft.seen.distinct or 0
    for match in found if key != [draft.name] else ():  # others refer to a key
        named = match.name >= _SUBJECT and match.goal.is_primary
        if named and match.lost and distinct >= 3 and match.lost <= _NEAR * distinct:
            what = f"{number(match.lost)} of {many(distinct, 'different value')}"
            why = f"{what} are not in {_shown(match.goal)}, to which the name points"
            guesses.add("foreignKeys", None, why, UNCERTAIN, draft.name)
            return
    others = [match.goal for match in whole if match.goal.table is not table]
    primary = [goal for goal in others if goal.is_primary]
    if not primary or key == [draft.name] or draft.type != "integer":
        return
    if not names.is_key_name(draft.name):
        _say_sparse(draft, primary, guesses)
        return
    where = _shown(primary[0]) if len(primary) == 1 else f"the keys of {len(primary)} tables"
    why = f"all values are in {where}, but small numbers are in every list, and its name points to none"
    guesses.add("foreignKeys", None, why, UNCERTAIN, draft.name)


#: Of the numbers between the first and the last key, at most this share are keys; so many are in a column.
_SPARSE, _MANY = 0.1, 10


def _say_sparse(draft: Draft, primary: list[Goal], guesses: Guesses) -> None:
    """Say that many different numbers are all keys of a table, though few numbers are."""
    distinct = draft.seen.distinct or 0
    for goal in primary:
        seen = goal.draft.seen
        low, high = seen.numbers.lowest, seen.numbers.highest
        if low is None or high is None or distinct < _MANY or draft.seen.is_unique:
            continue
        if (seen.distinct or 0) <= _SPARSE * (high - low):
            what = f"all {many(distinct, 'different value')} are in {_shown(goal)}"
            why = f"{what}; its name does not say so: if it is meant, add a foreign key"
            guesses.add("foreignKeys", None, why, UNCERTAIN, draft.name)
            return


def fields_of(links: Sequence[Link], table: str) -> Iterator[str]:
    """The fields of a table that refer to something."""
    return (link.field for link in links if link.table == table)
