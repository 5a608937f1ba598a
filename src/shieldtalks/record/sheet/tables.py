"""The tables of a collection while a sheet is coded: the rows that are there, and the new ones."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from ...tabular.findings import CannotRun
from ...tabular.package import Package, Resource
from ...tabular.sources.parts import lines_of
from ...tabular.sources.plain import as_csv
from ...tabular.tables.rows import check_readable
from .. import edtf
from ..models import BY_TABLE, RECORD_PREFIXES
from ..schemas import extras
from .lines import Path

#: The cells of a row as text, by field; a missing value is "".
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that a sheet adds: its table, its cells, and where the sheet has it."""

    table: str
    cells: Row
    path: Path
    #: Where the sheet has the value of a field, if it has one.
    paths: Mapping[str, Path] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the primary key."""
        return tuple(self.cells[name] for name in BY_TABLE[self.table].table.key)


@dataclass
class Tables:
    """The rows of a collection, and those that a sheet adds."""

    old: Mapping[str, list[Row]]
    new: list[NewRow] = field(default_factory=list)
    _given: set[str] = field(default_factory=set)
    _indexes: dict[tuple[str, str], dict[str, list[Row]]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Tables:
        """The tables of a package, as they are written. Raises CannotRun if one cannot be read."""
        old: dict[str, list[Row]] = {}
        for resource in package.resources:
            if resource.name in BY_TABLE and resource.name not in old:
                check_readable(resource)
                try:
                    reader = csv.DictReader(
                        lines_of(as_csv(resource)), delimiter=resource.dialect.delimiter
                    )
                    old[resource.name] = [_row(resource, row) for row in reader]
                except (UnicodeDecodeError, csv.Error) as error:
                    message = f'the table "{resource.name}" cannot be read: {error}'
                    hint = "Run `shieldtalks validate` to see its faults."
                    raise CannotRun(message, hint) from error
        return cls(old)

    @cached_property
    def _highest(self) -> dict[str, int]:
        """The highest number that was ever used, by the prefix of the identifier."""
        highest: dict[str, int] = defaultdict(int)
        names = [row["record_id"] for row in self.old.get("retired", [])]
        for table in RECORD_PREFIXES:
            key = BY_TABLE[table].table.key[0]
            names += [row[key] for row in self.old.get(table, [])]
        for name in names:
            prefix, _, number = name.partition("-")
            if re.fullmatch("[0-9]{4,9}", number, re.ASCII):
                highest[prefix] = max(highest[prefix], int(number))
        return highest

    def next_id(self, table: str) -> str:
        """The next identifier of a table: after the highest that is used or retired."""
        prefix = RECORD_PREFIXES[table]
        self._highest[prefix] += 1
        identifier = f"{prefix}-{self._highest[prefix]:04}"
        self._given.add(identifier)
        return identifier

    def take(self, identifier: str) -> None:
        """Note that a sheet chose an identifier, so that it is not given again."""
        self._given.add(identifier)
        prefix, _, number = identifier.partition("-")
        self._highest[prefix] = max(self._highest[prefix], int(number))

    def is_taken(self, identifier: str) -> bool:
        """Whether an identifier is or was used, in the collection or in this sheet."""
        if identifier in self._given:
            return True
        return any(row["record_id"] == identifier for row in self.old.get("retired", [])) or any(
            row[BY_TABLE[table].table.key[0]] == identifier
            for table in RECORD_PREFIXES
            for row in self.old.get(table, [])
        )

    def is_given(self, identifier: str) -> bool:
        """Whether this sheet gave an identifier to a new row."""
        return identifier in self._given

    def add(
        self,
        table: str,
        cells: Mapping[str, str],
        path: Path,
        paths: Mapping[str, Path] | None = None,
    ) -> None:
        """Add a row. Fields that are not given are empty, but the bounds of dates are filled in."""
        row = {name: cells.get(name, "") for name in BY_TABLE[table].model_fields}
        for name in [name for name in row if name.endswith("_edtf") and row[name]]:
            stem = name.removesuffix("_edtf")
            with suppress(ValueError):  # validation reports the wrong date
                first, last = edtf.bounds(row[name])
                row[f"{stem}_earliest"] = first.isoformat() if first else ""
                row[f"{stem}_latest"] = last.isoformat() if last else ""
        self.new.append(NewRow(table, row, path, paths or {}))
        for (indexed, name), index in self._indexes.items():
            if indexed == table:
                index[row[name]].append(row)

    def where(self, table: str, name: str, value: str) -> list[Row]:
        """The rows of a table with this value in a field, the new ones last."""
        if (table, name) not in self._indexes:
            index: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                index[row[name]].append(row)
            self._indexes[table, name] = index
        return self._indexes[table, name].get(value, [])

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, the new ones last."""
        yield from self.old.get(table, [])
        yield from (row.cells for row in self.new if row.table == table)


def _row(resource: Resource, row: Mapping[str | Any, Any]) -> Row:
    """The cells of a row, "" for each code that means that a value is missing."""
    missing = dict(zip(resource.field_names, resource.missing, strict=True))
    cells = {name: row.get(name) or "" for name in BY_TABLE[resource.name].model_fields}
    return {name: "" if cell in missing.get(name, ()) else cell for name, cell in cells.items()}


@cache
def vocabularies() -> frozenset[str]:
    """The vocabularies from which a field of some table takes its codes."""
    kinds = (field_kind(table, name) for table in BY_TABLE for name in BY_TABLE[table].model_fields)
    return frozenset(what for kind, what in kinds if kind == "vocabulary")


def field_kind(table: str, name: str) -> tuple[str, str]:
    """What a field takes: `vocabulary` with a scheme, `references` with a table, or `text`."""
    facts = extras(BY_TABLE[table].model_fields[name])
    for kind in ("vocabulary", "references"):
        if facts.get(kind):
            return kind, str(facts[kind])
    return "text", ""
