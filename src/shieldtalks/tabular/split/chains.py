"""Rows that lead to a bad row over other rows of their own table, such as a place in a place in a place.

The good rows are validated again and again, which finds one more link of such a chain each time. Here the
whole chain is found at once. Only references between fields of text are followed, because equal texts
are equal values; the others are left to the validation.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import LONGEST_VALUE, cut
from ..jsontext import dumps
from ..package import Resource
from ..package.schema import ForeignKey, kind
from ..sources.loaded import LoadedTable
from ..sources.stream import stream
from ..terminal import one_line
from .store import AFTER, Store

_TABLES = """
CREATE TEMP TABLE links (row INTEGER PRIMARY KEY, key TEXT, ref TEXT, shown TEXT);
CREATE INDEX links_by_key ON links (key);
CREATE INDEX links_by_ref ON links (ref);
CREATE TEMP TABLE gone (row INTEGER PRIMARY KEY);
CREATE TEMP TABLE fresh (row INTEGER PRIMARY KEY);
"""

#: The rows that refer to a row that has just become bad, and to no good row.
_NEXT = """
SELECT DISTINCT child.row FROM fresh JOIN links AS parent USING (row)
JOIN links AS child ON child.ref = parent.key
WHERE child.row NOT IN (SELECT row FROM gone) AND NOT EXISTS (
  SELECT 1 FROM links AS other
  WHERE other.key = child.ref AND other.row NOT IN (SELECT row FROM gone)
)
"""


def follow(table: LoadedTable, store: Store) -> None:
    """Count the rows that lead to bad rows of the same table among the bad ones."""
    resource = table.resource
    for link in resource.foreign_keys:
        if link.table == resource.name and _is_text(resource, link):
            _follow(resource, link, store)


def _is_text(resource: Resource, link: ForeignKey) -> bool:
    named = {*link.fields, *link.columns}
    kinds = [kind(field) for field in resource.fields if field["name"] in named]
    return len(kinds) == len(named) and all(one[0] == "string" for one in kinds)


def _follow(resource: Resource, link: ForeignKey, store: Store) -> None:
    database, name = store.database, resource.name
    if not database.execute("SELECT 1 FROM bad WHERE name = ? LIMIT 1", (name,)).fetchone():
        return
    database.executescript(_TABLES)
    _fill(resource, link, store)
    database.execute("INSERT INTO gone SELECT DISTINCT row FROM bad WHERE name = ?", (name,))
    database.execute("INSERT INTO fresh SELECT row FROM gone")
    fields, goal = ", ".join(link.fields), f"{name}.{', '.join(link.columns)}"
    while True:
        found = database.execute(_NEXT).fetchall()
        database.execute("DELETE FROM fresh")
        if not found:
            break
        database.execute("BEGIN")
        database.executemany("INSERT INTO fresh VALUES (?)", found)
        database.execute("INSERT INTO gone SELECT row FROM fresh")
        database.execute(
            "INSERT INTO bad SELECT ?, row, 'foreign-key', ? || shown || ? FROM links JOIN fresh USING (row)",
            (name, f"{fields}: ", f" does not exist in {goal} {AFTER}"),
        )
        database.execute("COMMIT")
    for temporary in ("links", "gone", "fresh"):
        database.execute(f"DROP TABLE {temporary}")


def _fill(resource: Resource, link: ForeignKey, store: Store) -> None:
    """Store the key of each row, and the key that it refers to. A missing part refers to nothing."""
    names = resource.field_names
    own, goal = ([names.index(one) for one in side] for side in (link.fields, link.columns))
    missing = [frozenset(words) for words in resource.missing]
    waiting: list[tuple[int, str, str | None, str]] = []
    database = store.database

    def flush() -> None:
        database.execute("BEGIN")
        database.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", waiting)
        database.execute("COMMIT")
        waiting.clear()

    def start() -> None:
        waiting.clear()
        database.execute("DELETE FROM links")

    def take(number: int, cells: Sequence[str]) -> None:
        key, ref = ([cells[place] for place in places] for places in (goal, own))
        is_there = not any(cells[place] in missing[place] for place in own)
        shown = one_line(", ".join(f'"{cut(cell, LONGEST_VALUE)}"' for cell in ref))
        waiting.append((number, dumps(key), dumps(ref) if is_there else None, shown))
        if len(waiting) >= _AT_ONCE:
            flush()

    stream(resource, take, start)
    flush()


_AT_ONCE = 5_000
