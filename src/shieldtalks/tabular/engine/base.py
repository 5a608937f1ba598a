"""The interface of an engine: it stores the tables of one package as text, and runs SQL on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from ..package import Resource
from .sql import SqlDialect


class TimeLimit(ValueError):
    """A query that was stopped because it took longer than it may."""


class MemoryLimit(ValueError):
    """A query that was stopped because it needed more memory than it may use."""


class Engine(Protocol):
    """A private SQL database. Each table has columns of text and a row number (`sql.ROW`)."""

    dialect: SqlDialect
    #: Whether `read_file` may read a file.
    reads_files: bool

    def reads(self, resource: Resource) -> None:
        """Note the schema with which a table is read, if it is not the one that the engine was made for."""

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Create an empty table with these text columns. Raises ValueError if that is not possible."""

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order. A value that is in the `missing` of its column becomes NULL.

        Returns the number of rows. Raises ValueError if a row has the wrong number of cells, or if
        the engine cannot store the rows. The table is then empty again.
        """

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from a plain CSV file with the engine's own reader.

        Returns the number of rows; None if the engine has no reader, or if the reader failed. Then
        nothing was read.
        """

    def has_control_characters(self, table: str, columns: Sequence[str]) -> None:
        """Take note that a filled table contains control characters, of which U+0000 may be one."""

    def narrow(self, table: str, fields: Sequence[str]) -> str:
        """SQL for a source of all rows that has at least these fields: cheap, however wide the table is."""

    def suspects(self, table: str, fields: Sequence[str] = ()) -> str:
        """SQL for a source of rows that contains each row that may break the schema, or all rows.

        "" if there is no such row. The checks of `fields`, and only of these, can be asked of it.
        """

    def orphans(self, table: str, field: str) -> str | None:
        """SQL for the cells of a foreign key that may break the schema or refer to no row.

        "" if there are none; None if `suspects` has each row in which this field breaks the schema.
        """

    def ascending(self, source: str, expression: str) -> bool:
        """Whether an expression is known to increase from row to row, so that no value is repeated.

        `source` is what `narrow` gives.
        """

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Make searches for these expressions in `table` fast."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT. Raises ValueError, with the engine's message, if it cannot run."""

    def bounded(self, sql: str, seconds: float, take: Callable[[tuple[Any, ...]], None]) -> None:
        """Give each row of a SELECT of a stranger to `take`. Ctrl-C always ends it.

        Raises ValueError, with the engine's message, if it cannot run, TimeLimit if it takes more than
        `seconds`, MemoryLimit if it needs too much memory, and what `take` raises.
        """

    def read_only(self, *, strangers: bool = False) -> None:
        """From now on, refuse everything that is not a SELECT, and access to files.

        With `strangers`, there will be queries of a stranger: they get a bounded part of the memory.
        """

    def close(self) -> None:
        """Close the database."""
