"""Which entries of a sheet are rows that the collection has already. No row stands for two entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..models import BY_TABLE
from ..names import folded
from .items import Item
from .model import TARGET_OF
from .publication import Publication
from .resolving import Names
from .tables import Row, Tables

#: What must be the same, besides the passage, for an answer and a claim.
_SAME = {"answer": ("proposal_id", "responder_id"), "claim": ("proposition_id", "claimant_id")}

#: What makes an answer or a claim the same one without a common passage: two articles can report it.
_ONE_OCCASION = {
    "answer": ("proposal_id", "responder_id", "event_id", "date_edtf", "move", "authority"),
    "claim": ("proposition_id", "claimant_id", "said_in_event_id", "date_edtf"),
}


def by_name(kind: str, items: Iterable[Item], tables: Tables, names: Names) -> None:
    """Give each event or proposal its identifier: of the row with its label or passage, or a new one."""
    some = [item for item in items if item.kind == kind]
    if not some:
        return
    table = some[0].table
    key = BY_TABLE[table].table.key[0]
    taken = {item.entry.id for item in some if item.entry.id}
    waiting = [item for item in some if item.entry.id is None]
    by_label: dict[str, list[str]] = {}
    for row in tables.old.get(table, []):
        by_label.setdefault(folded(row["label"]), []).append(row[key])
    for item in waiting:
        same = by_label.get(folded(_label(item)), [])
        free = [identifier for identifier in same if identifier not in taken]
        if len(free) == 1:
            _found(item, free[0], taken)
    supported = _supported(table, tables)
    for item in waiting:
        free = [one for one in _at(item, supported) if one not in taken]
        if not item.id and free:
            _found(item, free[0], taken)
    for item in some:
        if not item.id:
            item.id = item.entry.id or tables.next_id(table)
        names.name(table, {key: item.id, "label": _label(item)})


def answers_or_claims(kind: str, items: Iterable[Item], tables: Tables) -> None:
    """Give each answer or claim that is already there its identifier, the most alike first.

    It is there if it has the same passage, or if it was given on the same occasion.
    """
    some = [item for item in items if item.kind == kind]
    taken = {item.entry.id for item in some if item.entry.id}
    if not some:
        return
    table = some[0].table
    key = BY_TABLE[table].table.key[0]
    rows = {row[key]: row for row in tables.old.get(table, [])}
    supported = _supported(table, tables)
    pairs: list[tuple[int, int, str]] = []
    for number, item in enumerate(some):
        for identifier in _at(item, supported) if not item.id else ():
            row = rows.get(identifier)
            if row and all(row[name] == item.cells.get(name) for name in _SAME[kind]):
                pairs.append((-_alike(item, row), number, identifier))
    for _, number, identifier in sorted(pairs):
        if not some[number].id and identifier not in taken:
            _found(some[number], identifier, taken)
    occasions: dict[tuple[str, ...], list[str]] = {}
    for identifier, row in rows.items():
        occasions.setdefault(_occasion(kind, row), []).append(identifier)
    for item in some:
        same = occasions.get(_occasion(kind, item.cells), ()) if not item.id else ()
        free = [identifier for identifier in same if identifier not in taken]
        if free:
            _found(item, free[0], taken)


def earlier(
    kind: str, items: Iterable[Item], tables: Tables, names: Names
) -> Iterator[tuple[Item, str]]:
    """The new answers or claims that are like an older one, with what the writer should check.

    Only an entry that leaves its occasion open is checked: then a rule has given it its date.
    """
    some = [item for item in items if item.kind == kind and _is_open(item)]
    if not some:
        return
    subject, party = _SAME[kind]
    event_field = "event_id" if kind == "answer" else "said_in_event_id"
    key = BY_TABLE[some[0].table].table.key[0]
    latest = {(row[subject], row[party]): row for row in tables.old.get(some[0].table, [])}
    for item in some:
        row = latest.get((item.cells.get(subject, ""), item.cells.get(party, "")))
        if row is not None:
            event = names.shown.get(row[event_field], row[event_field])
            occasion = f'event = "{event}"' if event else f'date = "{row["date_edtf"]}"'
            yield (
                item,
                f"this is a new {kind}. {row[key]} has the same party and the same "
                f"{subject.removesuffix('_id')}, but another date or event. If both articles report the "
                f"same {kind}, write {occasion}",
            )


def _is_open(item: Item) -> bool:
    """Whether a new entry of the sheet's own article names neither an event nor a date."""
    is_ours = not (item.id or item.publication.is_context or item.event)
    return is_ours and not item.entry.model_fields_set & {"event", "date"}


def same_labels(items: Iterable[Item]) -> Iterator[tuple[Item, Item]]:
    """The events and proposals of the sheet with the label of an earlier one, each with that one."""
    first: dict[tuple[str, str], Item] = {}
    for item in items:
        label = folded(_label(item))
        if label and not item.publication.is_context:
            earlier_one = first.setdefault((item.kind, label), item)
            if earlier_one is not item:
                yield item, earlier_one


def left_out(items: Iterable[Item], tables: Tables, publication: Publication) -> list[str]:
    """A note about the rows of the article that the sheet does not have; none if it has all of them."""
    named = {item.id for item in items}
    there = {
        row[target]: None
        for row in tables.old.get("evidence", [])
        for target in TARGET_OF.values()
        if row["source_id"] == publication.source_id and row[target] and row[target] not in named
    }
    if not there:
        return []
    more = f" and {len(there) - 5} more" if len(there) > 5 else ""
    return [
        f"rows of this article that are not in the sheet: {', '.join([*there][:5])}{more}. "
        "They were not changed"
    ]


def _occasion(kind: str, cells: Row) -> tuple[str, ...]:
    """What makes it the same one. A claim that denies is not the one that affirms."""
    sign = cells.get("factuality", "")[-1:] if kind == "claim" else ""
    return (*(cells.get(name, "") for name in _ONE_OCCASION[kind]), sign)


def _found(item: Item, identifier: str, taken: set[str]) -> None:
    item.id, item.is_old = identifier, True
    taken.add(identifier)


def _label(item: Item) -> str:
    return str(getattr(item.entry, "label", None) or "")


def _alike(item: Item, row: Row) -> int:
    return sum(row.get(name) == cell for name, cell in item.cells.items())


#: A passage: its source, start and length, as they are in the table.
_Place = tuple[str, str, str]


def _supported(table: str, tables: Tables) -> dict[_Place, list[str]]:
    """The rows of a table by the passages that support the whole row."""
    target = TARGET_OF[table]
    found: dict[_Place, list[str]] = {}
    for row in tables.old.get("evidence", []):
        if row[target] and not row["field"]:
            place = (row["source_id"], row["start"], row["length"])
            found.setdefault(place, []).append(row[target])
    return found


def _at(item: Item, supported: dict[_Place, list[str]]) -> Iterator[str]:
    """The rows that the main passage of an entry supports."""
    for passage in item.passages:
        if not passage.span.field and passage.publication is item.publication:
            yield from supported.get(passage.place, ())
