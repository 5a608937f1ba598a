"""What an engine is: something that holds the tables of one package as text and answers SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from ..package import Resource
from .sql import SqlDialect


class Engine(Protocol):
    """A private SQL database; every table has its text columns and a row number (`dialect.ROW`)."""

    dialect: SqlDialect

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Make an empty table with these text columns. Raises ValueError where that cannot be."""

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order; a value among its column's `missing` becomes NULL.

        Returns how many there are. Raises ValueError where a row has the wrong number of cells, or
        the engine cannot take them; the table is then empty again.
        """

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from a plain CSV file by the engine's own reader, where it has one.

        Returns how many rows there are; None where the engine has no reader or the reader stumbled,
        and nothing was read.
        """

    def suspects(self, table: str) -> str:
        """SQL for a row source with every row that may break its schema: all rows, or fewer.

        "" where there is none.
        """

    def orphans(self, table: str, field: str) -> str | None:
        """A row source of a foreign key's cells that may break the schema or refer to nothing.

        "" where there is none; None where `suspects` has every row in which this field breaks the
        schema.
        """

    def ascending(self, table: str, expression: str) -> bool:
        """Whether an expression is known to grow from row to row, so that no value repeats."""

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Make look-ups of these expressions in `table` fast."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT. Raises ValueError, in the engine's words, where it cannot run."""

    def read_only(self) -> None:
        """From now on refuse whatever is not a SELECT, and every file."""

    def close(self) -> None:
        """Let the database go."""
