"""The primary key of a table: one column, or several if none is unique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from . import names
from .batches import batches
from .datatype import Draft
from .digests import Digests
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty, Guesses, many
from .seen import SeenTable

#: Types of a field that can be a key alone, and types that can be a part of one.
_ALONE = frozenset(("string", "integer", "date", "datetime", "year", "yearmonth"))
_PART = _ALONE | {"time"}

#: Below this, nothing but its uniqueness shows that a column is a key.
_LEAST = 3

#: Columns and combinations of them that are tried as a key of several columns.
_MOST_COLUMNS, _MOST_TRIED = 8, 60

#: Words of a column that says in which role a thing takes part; it can have several.
_ROLES = frozenset(("role", "rolle", "rol", "roles"))

#: Fewer repeats than this would be expected by chance, so that their absence says little.
_FEW_REPEATS = 3


@dataclass(slots=True)
class Candidate:
    """Columns that may be the key of a table."""

    drafts: tuple[Draft, ...]
    digests: Digests = field(default_factory=Digests)
    is_alive: bool = True

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [draft.name for draft in self.drafts]


def is_prose(draft: Draft) -> bool:
    """Whether the values of a column are sentences, not names or codes."""
    seen = draft.seen
    return seen.longest > 120 or seen.words_in_all > 4 * max(seen.tested, 1)


def single_key(table: SeenTable, drafts: Sequence[Draft], guesses: Guesses) -> list[str]:
    """The column that is the key, in a list; an empty list if there is none."""
    found = [draft for draft in drafts if _may_be_key(draft)]
    if not found:
        return []
    scores = {draft.name: _score(table, draft) for draft in found}
    best = max(found, key=lambda draft: scores[draft.name][0])
    score, reasons = scores[best.name]
    evidence = ", ".join([f"unique in {many(table.rows, 'row')}", *reasons])
    if score < _LEAST or (table.rows < 2 and not names.is_key_name(best.name)):
        if table.rows > 1:
            said = f'"{best.name}" is {evidence}, but nothing more'
            guesses.add("primaryKey", None, said, UNCERTAIN)
        return []
    certainty = CERTAIN if table.rows >= 10 and score >= 2 * _LEAST else LIKELY
    guesses.add("primaryKey", [best.name], evidence, certainty)
    return [best.name]


def _may_be_key(draft: Draft) -> bool:
    return (
        draft.type in _ALONE
        and draft.format in ("", "default", "uuid", "email", "uri", *_day_formats(draft))
        and draft.is_filled
        and draft.seen.is_unique
        and not is_prose(draft)
    )


def _day_formats(draft: Draft) -> tuple[str, ...]:
    return (draft.format,) if draft.type in ("date", "datetime") else ()


def _score(table: SeenTable, draft: Draft) -> tuple[float, list[str]]:
    """How much a unique column is like a key, and the reasons."""
    seen, reasons = draft.seen, []
    score = -0.1 * seen.index
    if seen.index == 0:
        score += 3
        reasons.append("the first column")
    if names.is_key_name(draft.name):
        score += 3
        reasons.append("the name is that of an identifier")
        if names.all_in(names.core(draft.name), names.subject(table.name)):
            score += 1
    if seen.template.is_code or draft.format == "uuid":
        score += 2
        reasons.append("all values have the same form")
    elif draft.type == "integer":
        score += 1
    if seen.words_in_all == seen.tested:
        score += 1
    if seen.template.hex_length >= 32 and draft.format != "uuid":
        score -= 3  # the hash of something
    return score, reasons


def needs_combination(table: SeenTable, key: list[str]) -> bool:
    """Whether a key of several columns is to be looked for."""
    return not key and table.rows >= 3 and len(table.columns) > 1


def combinations_of(drafts: Sequence[Draft], links: set[str]) -> list[Candidate]:
    """The combinations of columns that may be a key, the most natural first."""
    rows = drafts[0].seen.rows
    fitting = [draft for draft in drafts if _may_be_part(draft)]
    fitting = sorted(fitting, key=lambda draft: -_weight(draft, links) + 0.5 * draft.seen.index)
    fitting = sorted(fitting[:_MOST_COLUMNS], key=lambda draft: draft.seen.index)
    tried: list[tuple[Draft, ...]] = [tuple(pair) for pair in combinations(fitting, 2)]
    tried += [tuple(fitting[:size]) for size in (3, 4) if len(fitting) >= size]
    linked = [draft for draft in fitting if draft.name in links or names.is_key_name(draft.name)]
    for pair in combinations(linked, 2):
        tried += [_ordered((*pair, draft)) for draft in fitting if draft not in pair]
    unique = list({tuple(draft.name for draft in group): group for group in tried}.values())
    able = [group for group in unique if _possible(group, rows)]
    return [Candidate(group) for group in able[:_MOST_TRIED]]


def _ordered(group: tuple[Draft, ...]) -> tuple[Draft, ...]:
    return tuple(sorted(group, key=lambda draft: draft.seen.index))


def _may_be_part(draft: Draft) -> bool:
    seen = draft.seen
    return (
        draft.type in _PART and draft.is_filled and not is_prose(draft) and (seen.distinct or 0) > 1
    )


def _possible(group: tuple[Draft, ...], rows: int) -> bool:
    most = 1
    for draft in group:
        most *= draft.seen.distinct or 1
    return most >= rows


def _weight(draft: Draft, links: set[str]) -> float:
    """How much a column is like a part of a key."""
    seen = draft.seen
    weight = 3.0 if draft.name in links else 0.0
    weight += 6 if draft.name not in links and _counts_up(draft) else 0
    weight += 2 if names.is_key_name(draft.name) else 0
    weight += 1 if draft.type != "string" or seen.template.is_code else 0
    weight += 1 if seen.words_in_all == seen.tested else 0
    return weight


def _counts_up(draft: Draft) -> bool:
    """Whether a column numbers the rows of each group: 0, 1, 2 and so on, without gaps."""
    seen = draft.seen
    if draft.type != "integer" or not seen.is_counted or not all(map(str.isdecimal, seen.counts)):
        return False
    found = sorted(map(int, seen.counts))
    return found[0] in (0, 1) and found == list(range(found[0], found[-1] + 1))


def try_out(table: SeenTable, candidates: list[Candidate]) -> list[Candidate]:
    """Read the rows once more. Returns the candidates that no two rows have in common."""
    width = len(table.columns)
    for batch in batches(table.bare, width):
        columns = batch.columns
        for candidate in candidates:
            if candidate.is_alive:
                values = set(
                    zip(*(columns[draft.seen.index] for draft in candidate.drafts), strict=True)
                )
                candidate.digests.add(values)
                candidate.is_alive = len(values) == batch.count
        if not any(candidate.is_alive for candidate in candidates):
            return []
    return [one for one in candidates if one.is_alive and len(one.digests) == table.rows]


def combined_key(
    table: SeenTable, found: list[Candidate], links: set[str], guesses: Guesses
) -> Candidate | None:
    """The best of the combinations that are unique; None if it may be so by chance."""
    if not found:
        guesses.add(
            "primaryKey", None, "no column and no combination of few columns is unique", UNCERTAIN
        )
        return None

    def rank(candidate: Candidate) -> tuple[float, ...]:
        weights = sum(_weight(draft, links) for draft in candidate.drafts)
        place = sum(draft.seen.index for draft in candidate.drafts)
        # With a column that is unique alone, every combination is unique.
        alone = any(draft.seen.is_unique for draft in candidate.drafts)
        return len(candidate.drafts), alone, -weights + 0.5 * place

    best = _with_role(min(found, key=rank), found, links)
    shown = " and ".join(best.names)
    evidence = f"no column alone identifies a row; {shown} together are unique in {many(table.rows, 'row')}"
    certainty, why = _trust(table, best, links)
    guesses.add(
        "primaryKey", None if certainty is UNCERTAIN else best.names, f"{evidence}{why}", certainty
    )
    return None if certainty is UNCERTAIN else best


def _with_role(best: Candidate, found: list[Candidate], links: set[str]) -> Candidate:
    """The key with the role that follows two references, since one may have several roles."""
    if len(best.drafts) != 2 or not all(draft.name in links for draft in best.drafts):
        return best
    after = max(draft.seen.index for draft in best.drafts) + 1
    for candidate in found:
        *pair, last = candidate.drafts
        is_role = names.has(last.name, _ROLES) and last.seen.index == after
        if tuple(pair) == best.drafts and is_role:
            return candidate
    return best


def _trust(table: SeenTable, best: Candidate, links: set[str]) -> tuple[Certainty, str]:
    """How certain it is that a combination is not unique by chance only, and why."""
    linked = [draft.name in links for draft in best.drafts]
    repeats = expected_repeats(best.drafts, table.rows)
    if repeats >= _FEW_REPEATS:
        said = f", where about {many(round(repeats), 'repeat')} would be expected by chance"
        return CERTAIN if all(linked) or repeats > 30 else LIKELY, said
    if sum(linked) >= 2 or all(linked):
        return LIKELY, ", and they refer to other tables"
    first = best.drafts[0]
    narrow = len(table.columns) <= len(best.drafts) + 2
    if linked[0] and first.seen.index == 0 and narrow:
        return LIKELY, f", and {first.name} comes first and refers to another table"
    return UNCERTAIN, ", but that may be chance"


def expected_repeats(drafts: Sequence[Draft], rows: int) -> float:
    """How many pairs of rows would have the same values if the columns had nothing to do with each other."""
    expected = rows * (rows - 1) / 2
    for draft in drafts:
        expected *= _chance_of_a_pair(draft, rows)
    return expected


def _chance_of_a_pair(draft: Draft, rows: int) -> float:
    """The chance that two rows have the same value in a column."""
    seen = draft.seen
    if seen.is_counted:
        pairs = sum(count * (count - 1) for count in seen.counts.values())
        return pairs / (rows * (rows - 1))
    return max(rows / max(seen.distinct or rows, 1) - 1, 0) / (rows - 1)
