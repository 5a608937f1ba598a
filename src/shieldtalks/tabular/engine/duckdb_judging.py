"""What Python says of the texts in DuckDB: a table for each field, joined to the rows when they are read.

DuckDB could call Python, but only if numpy is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..package import Resource
from .duckdb_dialect import judged_column
from .judging import Judge, judged_fields
from .sql import identifier

#: The parts of a judgement, in the order of the columns that follow the text.
_PARTS = ("key", "broken")


class Judgements:
    """The fields that Python judges, and the table of judgements of each, made when it is needed."""

    def __init__(
        self,
        resources: Sequence[Resource],
        texts: Callable[[str, str], Iterator[str]],
        store: Callable[[Iterable[Sequence[str]]], str],
    ) -> None:
        """`texts` gives each distinct text of a field of a table; `store` makes a table of three columns."""
        self._fields = {
            resource.name: {type_.field["name"]: type_ for type_ in judged_fields(resource.schema)}
            for resource in resources
        }
        self._texts, self._store = texts, store
        self._made: dict[tuple[str, str], str] = {}

    def has(self, table: str) -> bool:
        """Whether Python judges a field of a table."""
        return bool(self._fields.get(table))

    def joined(self, table: str, fields: Sequence[str], rows: str) -> str:
        """SQL for rows of a table with these fields, and the judgements of those that Python judges."""
        judged = [name for name in dict.fromkeys(fields) if name in self._fields.get(table, {})]
        if not judged:
            return rows
        joins = "".join(
            f" LEFT JOIN {self._table(table, name)} AS j{n} ON j{n}.c0 = r.{identifier(name)}"
            for n, name in enumerate(judged)
        )
        parts = ", ".join(
            f"j{n}.c{place} AS {judged_column(part, identifier(name))}"
            for n, name in enumerate(judged)
            for place, part in enumerate(_PARTS, start=1)
        )
        return f"(SELECT r.*, {parts} FROM {rows} AS r{joins})"

    def _table(self, table: str, field: str) -> str:
        """The table with the judgement of each distinct text of a field that is a value."""
        if (table, field) not in self._made:
            judge = Judge(self._fields[table][field])
            found = ((text, judge(text)) for text in self._texts(table, field))
            rows = ([text, one.key, one.broken] for text, one in found if one.key is not None)
            self._made[table, field] = self._store(rows)
        return self._made[table, field]
