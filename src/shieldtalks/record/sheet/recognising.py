"""Which entries of a sheet are rows that the collection has already. No row stands for two entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..models import BY_TABLE
from ..names import folded
from .items import Item
from .model import TARGET_OF
from .resolving import Names
from .tables import Row, Tables

#: What must be the same, besides the passage, for an answer and a claim.
_SAME = {"answer": ("proposal_id", "responder_id"), "claim": ("proposition_id", "claimant_id")}


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


def by_passage(kind: str, items: Iterable[Item], tables: Tables) -> None:
    """Give each answer or claim that is already there its identifier, the most alike first."""
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
