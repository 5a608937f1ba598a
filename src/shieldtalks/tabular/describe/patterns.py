"""Patterns of identifiers, from the form that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import names
from .datatype import Draft
from .guess import CERTAIN, LIKELY, Certainty, Guesses, many

#: Different values that a column needs for a pattern: as a key or reference, and otherwise.
_LEAST_KEY, _LEAST = 3, 20
#: Different values that a column of letters needs to be one of codes.
_LEAST_WORDS = 10


def patterns(drafts: Sequence[Draft], keys: set[str], guesses: Guesses) -> None:
    """Give texts that are identifiers the pattern of their form. They refer to no other table."""
    for draft in drafts:
        if _may_have_one(draft):
            _by_form(draft, draft.name in keys, guesses)


def of_goals(drafts: Sequence[Draft], goals: Mapping[str, Draft], guesses: Guesses) -> None:
    """Give each field that refers to a key the pattern of the key."""
    for draft in drafts:
        pattern = goals[draft.name].constraints.get("pattern") if draft.name in goals else None
        if pattern and _may_have_one(draft):
            _set(draft, pattern, "the pattern of the key to which it refers", CERTAIN, guesses)


def _may_have_one(draft: Draft) -> bool:
    if (
        draft.type != "string"
        or draft.format
        or "enum" in draft.constraints
        or draft.seen.sentinels
    ):
        return False
    # A text such as "NA" that is no missing value would not fit the pattern.
    return not any(mark and mark not in draft.missing for mark in draft.seen.marks)


def _by_form(draft: Draft, is_key: bool, guesses: Guesses) -> None:
    template, distinct = draft.seen.template, draft.seen.distinct or 0
    if not template.signature or distinct < (_LEAST_KEY if is_key else _LEAST):
        return
    pattern = template.pattern
    if "[0-9" not in pattern and (distinct < _LEAST_WORDS or not _is_code(draft)):
        return  # letters alone are words
    if not is_key and names.has(draft.name, names.OPEN_WORDS):
        return
    if not (is_key or template.is_specific or _is_code(draft)):
        return
    certainty = CERTAIN if distinct >= _LEAST and template.is_specific else LIKELY
    _set(
        draft,
        pattern,
        f"all {many(distinct, 'different value')} have this form",
        certainty,
        guesses,
    )


def _is_code(draft: Draft) -> bool:
    """Whether a text is a code by its form: of one length, or with digits in it."""
    seen = draft.seen
    if seen.template.hex_pattern:
        return True
    same = seen.longest == seen.shortest
    return same and (seen.longest <= 3 or names.is_key_name(draft.name))


def _set(draft: Draft, pattern: str, evidence: str, certainty: Certainty, guesses: Guesses) -> None:
    draft.constraints["pattern"] = pattern
    guesses.add("pattern", pattern, evidence, certainty, draft.name)
