"""Foreign keys of several columns: columns with the names of a key of several columns, and its values."""

from __future__ import annotations

from collections.abc import Sequence

from . import names
from .batches import batches
from .datatype import Draft
from .digests import Digests
from .guess import CERTAIN, many
from .keys import Candidate
from .seen import SeenTable

#: Types that many tables have in common without referring to each other, such as the years of a statistic.
_SHARED = frozenset(("year", "yearmonth", "date", "datetime", "time"))


def combined_reference(
    table: SeenTable,
    drafts: Sequence[Draft],
    key: Sequence[str],
    goal: SeenTable,
    target: Candidate,
) -> bool:
    """Find a foreign key to a key of several columns. Returns whether there is one."""
    if table is goal or any(draft.type in _SHARED for draft in target.drafts):
        return False
    own = [_of_the_same_name(draft, drafts) for draft in target.drafts]
    found = [draft for draft in own if draft is not None]
    fields = [draft.name for draft in found]
    if len(found) < len(own) or list(key) == fields or not table.rows:
        return False
    values = Digests()
    if not _collect(table, found, values) or values.missing_in(target.digests):
        return False
    reference = {"resource": goal.name, "fields": target.names}
    evidence = (
        f"all {many(len(values), 'different combination')} of {' and '.join(fields)} are in the key of "
        f"{goal.name}, and the names are the same"
    )
    value = {"fields": fields, "reference": reference}
    table.guesses.add("foreignKeys", value, evidence, CERTAIN)
    return True


def _of_the_same_name(target: Draft, drafts: Sequence[Draft]) -> Draft | None:
    wanted = names.words(target.name)
    for draft in drafts:
        if names.words(draft.name) == wanted and draft.type == target.type and not draft.missing:
            return draft
    return None


def _collect(table: SeenTable, drafts: Sequence[Draft], values: Digests) -> bool:
    """Collect the combinations in the rows that have all of them. Returns whether there is any."""
    places = [draft.seen.index for draft in drafts]
    for batch in batches(table.bare, len(table.columns)):
        found = set(zip(*(batch.columns[place] for place in places), strict=True))
        values.add(one for one in found if all(one))
    return len(values) > 0
