"""Code lists: columns with few different values that repeat, and lists of codes in a table of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import names
from .batches import batches
from .datatype import Draft
from .guess import CERTAIN, LIKELY, UNCERTAIN, Guesses, few, many
from .keys import is_prose
from .seen import SeenTable

#: The most codes of a list, and the longest code.
_MOST, _LONGEST = 60, 60
#: A table of codes has at most so many rows.
_MOST_ROWS = 20_000
#: A list has at least so many rows for each code, and at least so many rows.
_ROWS_FOR_EACH, _LEAST_ROWS = 3, 20


@dataclass(slots=True)
class Vocabulary:
    """A table in which one column names a list, and another has the codes of the list."""

    table: str
    list_field: str
    code_field: str
    #: The codes of each list, in order.
    lists: dict[str, list[str]] = field(default_factory=dict)


def vocabulary(table: SeenTable, drafts: Sequence[Draft], linked: set[str]) -> Vocabulary | None:
    """The lists of codes in a table; None if it is no table of codes."""
    if not 4 <= table.rows <= _MOST_ROWS:
        return None
    texts = [draft for draft in drafts if _may_be_codes(draft) and draft.name not in linked]
    for group in texts:
        count = group.seen.distinct or 0
        if not (group.seen.is_counted and 2 <= count <= table.rows / 2):
            continue
        for code in texts:
            if code.seen.index > group.seen.index and (code.seen.distinct or 0) > 2 * count:
                lists = _lists(table, group.seen.index, code.seen.index)
                if lists is not None:
                    return Vocabulary(table.name, group.name, code.name, lists)
    return None


def _may_be_codes(draft: Draft) -> bool:
    seen = draft.seen
    return (
        draft.type == "string"
        and draft.is_filled
        and seen.longest <= _LONGEST
        and seen.words_in_all <= 1.2 * seen.tested
        and not names.has(draft.name, names.OPEN_WORDS)
    )


def _lists(table: SeenTable, group: int, code: int) -> dict[str, list[str]] | None:
    """The codes of each group; None if a code occurs twice in a group."""
    lists: dict[str, dict[str, None]] = {}
    last, closed = "", set()
    for batch in batches(table.bare, len(table.columns)):
        for name, value in zip(batch.columns[group], batch.columns[code], strict=True):
            if value in lists.get(name, ()):
                return None
            if name != last:
                if name in closed:
                    return None  # the rows of a list are together
                closed.add(last)
                last = name
            lists.setdefault(name, {})[value] = None
    return {name: list(codes) for name, codes in lists.items()}


def code_list(
    table: SeenTable,
    draft: Draft,
    known: Sequence[Vocabulary],
    columns: frozenset[str],
    guesses: Guesses,
) -> None:
    """Make a field a list of codes, if there is evidence for it."""
    seen = draft.seen
    if draft.type == "integer":
        return
    if draft.type != "string" or draft.format or not seen.is_counted or is_prose(draft):
        return
    values = set(seen.counts) | {mark for mark in seen.marks if mark and mark not in draft.missing}
    if not values or seen.longest > _LONGEST:
        return
    for one in known:
        if one.table == table.name and draft.name in (one.list_field, one.code_field):
            return
    found = _in_vocabulary(table, draft, values, known)
    if found is not None:
        one, name = found
        shown = f'"{name}" in {one.table}'
        evidence = f"all {many(len(values), 'different value')} are codes of {shown}"
        draft.constraints["enum"] = one.lists[name]
        guesses.add(
            "enum", one.lists[name], evidence, CERTAIN if len(values) > 1 else LIKELY, draft.name
        )
        return
    _by_counts(draft, values, known, columns, guesses)


def _in_vocabulary(
    table: SeenTable, draft: Draft, values: set[str], known: Sequence[Vocabulary]
) -> tuple[Vocabulary, str] | None:
    """The list that has all values of a column: the one that is named so, or the shortest."""
    own, subject = names.core(draft.name), names.subject(table.name)
    found: list[tuple[int, int, str, Vocabulary]] = []
    for one in known:
        for name, codes in one.lists.items():
            if values <= set(codes):
                of = tuple(map(names.singular, names.words(name)))
                shared = sum(
                    any(names.alike(word, other) for other in of) for word in (*own, *subject)
                )
                found.append((-shared, len(codes), name, one))
    if not found:
        return None
    shared, _, name, one = min(found, key=lambda match: match[:3])
    return (one, name) if len(values) > 1 or shared < 0 else None


def _by_counts(
    draft: Draft,
    values: set[str],
    known: Sequence[Vocabulary],
    columns: frozenset[str],
    guesses: Guesses,
) -> None:
    """Whether values are few and repeat, so that a new row hardly brings a new value."""
    seen = draft.seen
    total = sum(seen.counts.values()) + sum(seen.marks[value] for value in values)
    once = sum(count == 1 for count in seen.counts.values())
    if not 2 <= len(values) <= min(_MOST, total / _ROWS_FOR_EACH) or total < _LEAST_ROWS:
        return
    if once and once > 0.05 * total:
        return
    shown = f"{many(len(values), 'different value')} in {many(total, 'row')}"
    why = ""
    if any(any(char.isdigit() for char in value) for value in values) and seen.template.signature:
        why = "they look like identifiers"
    elif names.has(draft.name, names.OPEN_WORDS | names.DIGIT_WORDS):
        why = "its name is that of something of which there is always one more"
    elif len(values) > 2 and values <= columns:
        why = "they are names of columns"
    elif known and once:
        why = f"the folder has a table of codes ({known[0].table}), and they are not in it"
    elif all(map(_YEAR.search, values)):
        why = "they are points in time, of which there is always one more"
    elif len({value.casefold() for value in values}) < len(values):
        why = f"some differ in upper and lower case only, such as {few(_same_but_case(values))}"
    elif seen.words_in_all > 3 * max(seen.tested, 1):
        why = "they are whole phrases"
    if why:
        guesses.add("enum", None, f"{shown}, but {why}", UNCERTAIN, draft.name)
        return
    codes = sorted(values)
    draft.constraints["enum"] = codes
    repeats = "each of them repeated" if not once else f"only {once} of them not repeated"
    certainty = CERTAIN if total >= 20 * len(values) and not once else LIKELY
    guesses.add("enum", codes, f"{shown}, {repeats}: {few(codes, 4)}", certainty, draft.name)


#: A year in a text: a list of those that occur would be complete for a time only.
_YEAR = re.compile(r"(?<![0-9])(1[5-9]|20|21)[0-9]{2}(?![0-9])")


def _same_but_case(values: Iterable[str]) -> list[str]:
    """Texts that differ in upper and lower case only."""
    groups: dict[str, list[str]] = {}
    for value in sorted(values):
        groups.setdefault(value.casefold(), []).append(value)
    return next(group for group in groups.values() if len(group) > 1)


def scales(table: SeenTable, drafts: Sequence[Draft], linked: set[str], guesses: Guesses) -> None:
    """Whole numbers from 0 or 1 to 3 up to 10 that several columns share: the answers of a survey."""
    ranges: dict[tuple[int, int], list[Draft]] = {}
    for draft in drafts:
        values = _scale(table, draft) if draft.name not in linked else None
        if values:
            ranges.setdefault(values, []).append(draft)
    for (low, high), found in ranges.items():
        rated = [draft for draft in found if names.has(draft.name, _RATING)]
        alike = _alike(found)
        if not alike and high - low < 3:
            continue
        meant = {draft.name for draft in (*rated, *alike)}
        found = [draft for draft in found if draft.name in meant]
        for draft in found:
            codes = list(range(low, high + 1))
            draft.constraints["enum"] = codes
            other = f", as in {len(found) - 1} more columns" if len(found) > 1 else ""
            evidence = (
                f"only whole numbers from {low} to {high}, each of them repeated{other}: a scale"
            )
            guesses.add("enum", codes, evidence, LIKELY, draft.name)


def _alike(found: Sequence[Draft]) -> list[Draft]:
    """The columns with names that differ in a number or a letter only, as those of questions do."""
    groups: dict[str, list[Draft]] = {}
    for draft in found:
        groups.setdefault(re.sub(r"[0-9]+|[_ .-][a-zA-Z]$", "", draft.name), []).append(draft)
    return [draft for stem, group in groups.items() if stem and len(group) > 1 for draft in group]


_RATING = frozenset(
    ("rating", "stars", "score", "grade", "likert", "scale", "note", "bewertung", "satisfaction")
)


def _scale(table: SeenTable, draft: Draft) -> tuple[int, int] | None:
    """The bounds of a column that may be a scale of whole numbers."""
    seen = draft.seen
    if draft.type != "integer" or draft.words or not seen.is_counted or table.rows < _LEAST_ROWS:
        return None
    counts = {text: count for text, count in seen.counts.items() if text not in draft.missing}
    if not counts or not all(text.isdecimal() and len(text) <= 2 for text in counts):
        return None
    low, high = min(map(int, counts)), max(map(int, counts))
    if low not in (0, 1) or not 3 <= high <= 10 or len(counts) != high - low + 1:
        return None
    return (low, high) if min(counts.values()) > 1 and table.rows >= 4 * len(counts) else None
