"""What a sheet calls the rows that a collection has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from ..models import BY_TABLE
from .keys import field_of
from .model import Part
from .resolving import NAMED_BY
from .tables import Row, Tables, field_kind


class Naming:
    """The names of rows, and which rows a sheet has named so far."""

    def __init__(self, every: Tables) -> None:
        self.every, tables = every, every.old
        #: The rows by table and identifier.
        self.ids = {
            table: {row[BY_TABLE[table].table.key[0]]: row for row in tables.get(table, [])}
            for table in (*NAMED_BY, "responses", "claims")
        }
        self.times = {
            table: Counter(row[NAMED_BY[table][0]] for row in self.ids[table].values())
            for table in NAMED_BY
        }
        #: The identifiers that the sheet named, by table, each once. Codes have their scheme in front.
        self.used: dict[str, dict[str, None]] = defaultdict(dict)

    def name(self, table: str, identifier: str) -> str:
        """What the sheet calls a row: its name, or its identifier if the name is not its own."""
        self.used[table][identifier] = None
        row = self.ids[table].get(identifier)
        if row is None:
            return identifier
        name = NAMED_BY[table][0]
        same = self.times[table][row[name]]
        if same > 1 and table == "references" and row["url"]:
            return row["url"]
        return row[name] if same == 1 else identifier

    def values(self, table: str, kind: type[Part], cells: Mapping[str, str]) -> dict[str, Any]:
        """The keys of an entry for these cells."""
        fields = frozenset(BY_TABLE[table].model_fields)
        values: dict[str, Any] = {}
        for key in kind.model_fields:
            field = field_of(table, key, fields)
            if key != "id" and field is not None and field in cells:
                what, other = field_kind(table, field)
                cell = cells[field]
                is_name = cell and what == "references" and other in NAMED_BY
                values[key] = self.name(other, cell) if is_name else cell
        return values

    def plain(self, table: str, kind: type[Part], row: Row, *leave: str) -> dict[str, Any]:
        """The keys of an entry for the cells that are not empty."""
        cells = {name: cell for name, cell in row.items() if cell and name not in leave}
        return self.values(table, kind, cells)

    def taken(self, table: str) -> list[Row]:
        """The rows of a table that the sheet refers to, in the order of their identifiers."""
        return [
            row for identifier, row in self.ids[table].items() if identifier in self.used[table]
        ]
