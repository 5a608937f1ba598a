"""What Python says of the texts on a Spark server: tables that are joined to the rows when they are read.

Python gets each distinct text of a field, a batch at a time, and sends back what it says of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from ..package import Resource
from ..package.schema import checked_constraints
from ..types import type_of
from .duckdb_judging import Judgements
from .lookaround import conditions
from .patterns import matcher
from .spark_dialect import DIALECT, full_match, matched_column
from .sql import identifier

Texts = Callable[[str, str], Iterator[str]]
Store = Callable[[Iterable[Sequence[str]]], str]


class Judged:
    """The fields that Python judges, and the patterns that only Python can test."""

    def __init__(self, resources: Sequence[Resource], texts: Texts, store: Store) -> None:
        """`texts` gives each distinct text of a field of a table; `store` makes a table of three columns."""
        self._values = Judgements(resources, texts, store)
        #: The patterns of types: they take linear time.
        self._own: set[str] = set()
        self.dialect = DIALECT._replace(
            full_match=partial(full_match, is_own=self._own.__contains__)
        )
        self._patterns: dict[str, dict[str, list[str]]] = {}
        for resource in resources:
            self.reads(resource)
        self._texts, self._store = texts, store
        self._made: dict[tuple[str, str, str], str] = {}

    def reads(self, resource: Resource) -> None:
        """Note the schema of a table; see `base.Engine`."""
        self._values.reads(resource)
        for field in resource.fields:
            self._own.add(type_of(field).form.pattern)
            if type_of(field).name == "integer":  # a key that refers to a number is compared as one
                as_number = field | {"type": "number", "decimalChar": "."}
                self._own.add(type_of(as_number).form.pattern)
        self._patterns[resource.name] = {
            field["name"]: list(self._odd_patterns(field)) for field in resource.fields
        }

    def joined(self, table: str, fields: Sequence[str], rows: str) -> str:
        """SQL for rows of a table with these fields, and what Python says of their texts."""
        rows = self._values.joined(table, fields, rows)
        patterns = self._patterns.get(table, {})
        wanted = [(name, one) for name in dict.fromkeys(fields) for one in patterns.get(name, ())]
        if not wanted:
            return rows
        joins = "".join(
            f" LEFT JOIN {self._table(table, name, pattern)} AS m{n} ON m{n}.c0 = s.{identifier(name)}"
            for n, (name, pattern) in enumerate(wanted)
        )
        parts = ", ".join(
            f"CASE WHEN s.{identifier(name)} IS NOT NULL THEN m{n}.c0 IS NULL END "
            f"AS {matched_column(pattern, identifier(name))}"
            for n, (name, pattern) in enumerate(wanted)
        )
        return f"(SELECT s.*, {parts} FROM {rows} AS s{joins})"

    def _table(self, table: str, field: str, pattern: str) -> str:
        """The table with the distinct texts of a field that do not match a pattern."""
        key = table, field, pattern
        if key not in self._made:
            matches = matcher(pattern)
            others = ([text, "", ""] for text in self._texts(table, field) if not matches(text))
            self._made[key] = self._store(others)
        return self._made[key]

    def _odd_patterns(self, field: dict[str, object]) -> Iterator[str]:
        """The patterns of a field that Spark cannot test: that of its type, and its own."""
        type_, column, found = type_of(field), identifier(str(field["name"])), []
        pattern = checked_constraints(field).get("pattern")
        if isinstance(pattern, str):
            found += [one.pattern for one in conditions(pattern)]
        found.append(type_.form.pattern)
        asked = type_.is_invalid(column, self.dialect) + type_.equals_as(column, self.dialect)
        for one in dict.fromkeys(found):
            tested = self.dialect.full_match(column, one)
            is_asked = one != type_.form.pattern or tested in asked or one == pattern
            if tested == matched_column(one, column) and is_asked and one:
                yield one
