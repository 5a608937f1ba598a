"""Which rows of other articles the sheet of a coded article needs, so that it can be coded alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..contradictions import contradictions_in
from ..models import BY_TABLE
from .model import TABLE_OF, TARGET_OF
from .tables import Row, Tables, field_kind

#: The tables whose rows have evidence.
_STATED = frozenset(TABLE_OF.values())


@dataclass(frozen=True, slots=True)
class Needs:
    """What a sheet takes from other articles."""

    #: The identifiers of rows that this article does not state, by the first article that does.
    rows: dict[str, dict[str, None]]
    #: By row of this article: evidence from another one that the row cannot do without.
    evidence: dict[str, list[Row]]


def needed(tables: Tables, source_id: str) -> Needs:
    """What the sheet of a source takes from other articles.

    The rows of a source need the rows that they refer to, directly or not. A claim that is disputed
    needs one claim that contradicts it.
    """
    homes, own = _homes(tables, source_id)
    rows = {
        row[key]: (table, row)
        for table in (*TABLE_OF.values(), "propositions")
        for key in (BY_TABLE[table].table.key[0],)
        for row in tables.old.get(table, [])
    }
    taken = dict.fromkeys(own)
    waiting = [*own, *_witnesses(own, rows, contradictions_in(tables.old))]
    while waiting:
        identifier = waiting.pop()
        if identifier not in rows:
            continue
        if rows[identifier][0] in _STATED:
            taken[identifier] = None
        waiting += [other for other in _referred(*rows[identifier]) if other not in taken]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for identifier in taken:
        if identifier not in own and identifier in homes:
            found[homes[identifier]][identifier] = None
    voices = _voices(tables, source_id, {one: rows[one][1] for one in own if one in rows})
    for some in voices.values():
        found[some[0]["source_id"]] |= {}
    return Needs(dict(found), voices)


def _voices(tables: Tables, source_id: str, own: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Evidence from another article for a row whose voice does not speak in this one.

    The voice of a row is the first speaker of a passage. A row without a voice is in an outlet's words.
    """
    heads = {
        row["evidence_id"]: row["actor_id"]
        for row in tables.old.get("attributions", [])
        if row["hop"] == "0"
    }
    outlets = {row["actor_id"] for row in tables.old.get("actors", []) if row["kind"] == "outlet"}
    speaking: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in tables.old.get("evidence", []):
        target = next((row[name] for name in TARGET_OF.values() if row[name]), "")
        if target in own and "voiced_by_id" in own[target] and not row["field"]:
            voice = own[target]["voiced_by_id"]
            if heads.get(row["evidence_id"]) in ({voice} if voice else outlets):
                speaking[target].setdefault(row["source_id"], row)
    return {
        target: [next(iter(some.values()))]
        for target, some in speaking.items()
        if source_id not in some
    }


def _homes(tables: Tables, source_id: str) -> tuple[dict[str, str], dict[str, None]]:
    """For each row the first article that states it, and the rows that this article states."""
    published = {row["source_id"]: row["published_edtf"] for row in tables.old.get("sources", [])}
    evidence = tables.old.get("evidence", [])
    homes: dict[str, str] = {}
    own: dict[str, None] = {}
    for row in sorted(evidence, key=lambda row: published.get(row["source_id"], "")):
        target = next((row[name] for name in TARGET_OF.values() if row[name]), "")
        if row["source_id"] == source_id:
            own[target] = None
        if not row["field"]:
            homes.setdefault(target, row["source_id"])
    return homes, own


def _referred(table: str, row: Row) -> Iterator[str]:
    """The events, proposals, answers, claims and propositions that a row refers to."""
    for field in BY_TABLE[table].model_fields:
        kind, other = field_kind(table, field)
        if (
            kind == "references"
            and row.get(field)
            and (other in _STATED or other == "propositions")
        ):
            yield row[field]


def _witnesses(
    own: Mapping[str, None], rows: Mapping[str, tuple[str, Row]], pairs: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """For each disputed claim that only other articles contradict, the first claim that does."""
    against: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        against[one].append(other)
    for identifier in own:
        others = sorted(against.get(identifier, ()))
        is_disputed = identifier in rows and rows[identifier][1].get("standing") == "disputed"
        if others and is_disputed and not any(other in own for other in others):
            yield others[0]
