"""The DuckDB engine, for large packages: its own CSV reader, tables of text, numbered rows.

If no rule needs more, a table is lean: it has the columns of its keys, and a full row only if the row
may break the schema. Row numbers follow the order of the file. For this, DuckDB must preserve the
insertion order, and must not turn lists of constants into joins.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from .. import temporary
from ..package import Resource
from . import memory, storage
from .base import MemoryLimit, TimeLimit
from .compile import cell_checks
from .duckdb_dialect import DIALECT
from .duckdb_judging import Judgements
from .duckdb_reader import csv_source
from .duckdb_settings import library, settings
from .limits import NO_LIMITS, Limits
from .links import implied, key_columns
from .memory import TOO_MUCH, bounded_memory
from .sql import ROW, identifier, literal
from .within import meaning, within

# Our tables are in a schema of our own: its names cannot clash with those of a package.
_STORE = "memory.store"
#: The column of a lean table that contains the full row, if it may break the schema.
_WHOLE = "whole"
#: The separator of the cells in that column, and the mark for an empty cell. A plain file has neither.
_BETWEEN, _NOTHING = literal("\x1f"), literal("\x1e")


class DuckDb:
    """A private DuckDB database in memory with the tables of one package as text."""

    dialect = DIALECT
    reads_files = True

    def __init__(
        self, resources: Sequence[Resource], *, lean: bool, limits: Limits = NO_LIMITS
    ) -> None:
        duckdb = library()
        self._error = duckdb.Error
        self._out_of_memory = duckdb.OutOfMemoryException
        self._select = duckdb.StatementType.SELECT
        # DuckDB would write to the current folder if it is short of memory.
        self._scratch = temporary.system_folder()
        self._memory = limits.engine_memory
        self._connection = duckdb.connect(
            ":memory:", config=settings(limits, resources, self._scratch)
        )
        # A bar would be written to standard output, into the report.
        self._connection.execute(f"SET enable_progress_bar = false; CREATE SCHEMA {_STORE}")
        self._keys = key_columns(resources)
        self._implied = implied(resources) if lean else {}
        self._lean = lean
        self._judgements = Judgements(resources, self._texts, self._store_judgements)
        self.reads = self._judgements.reads
        self._numbers = count()
        #: The field names of each lean table.
        self._lean_tables: dict[str, list[str]] = {}
        #: The stored table of each table of the package, by its name.
        self._stored: dict[str, str] = {}
        #: The stored column of each field that a table of the package has, by its name.
        self._columns: dict[str, Mapping[str, str]] = {}
        #: The tables that `_set_aside` created, each with its number of rows.
        self._aside: dict[tuple[str, str], tuple[str, int]] = {}

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Create an empty table with these text columns."""
        names = ", ".join(f"{_column(number)} VARCHAR" for number in range(len(columns)))
        self._lean_tables.pop(table, None)
        self._run(f"CREATE OR REPLACE TABLE {self._base(table)} ({names})")
        self._view(table, {name: _column(number) for number, name in enumerate(columns)})

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order, through a temporary file; see `base.Engine`."""
        self._append(self._base(table), columns, missing, rows)
        return self._count(table)

    def _append(
        self,
        stored: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> None:
        longest = 0
        file = self._scratch / "rows.csv"
        try:
            with file.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
                for row in rows:
                    if len(row) != len(columns):
                        raise ValueError(f"a row has {len(row)} cells, not {len(columns)}")
                    longest = max(longest, writer.writerow(row))
            source = csv_source([file], columns, missing, ",", header=False, longest=longest * 4)
            self._run(f"INSERT INTO {stored} SELECT * FROM {source}")
        except OSError as error:
            raise storage.full(error) or error from error
        finally:
            file.unlink(missing_ok=True)

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from a plain CSV file; see `base.Engine`."""
        names = resource.field_names
        source = csv_source(resource.files, names, missing, delimiter, header=True)
        columns = {name: _column(number) for number, name in enumerate(names)}
        # What Python judges is known only when all rows are there.
        is_lean = self._lean and not self._judgements.has(resource.name)
        if is_lean:
            keys = self._keys[resource.name]
            columns = {name: column for name, column in columns.items() if name in keys}
        kept = [f"{identifier(name)} AS {column}" for name, column in columns.items()]
        kept += [f"{self._whole(resource)} AS {_WHOLE}"] if is_lean else []
        try:
            rows = self._fill(self._base(resource.name), f"SELECT {', '.join(kept)} FROM {source}")
        except ValueError:
            return None
        self._view(resource.name, columns)
        if is_lean:
            self._lean_tables[resource.name] = names
        return rows

    def write_lines(
        self,
        resource: Resource,
        missing: Sequence[Sequence[str]],
        delimiter: str,
        expression: str,
        target: Path,
    ) -> int:
        """Write the value of an SQL expression for each row of a plain CSV file, one per line.

        Returns the number of lines. Raises ValueError if the reader or the expression failed.
        """
        source = csv_source([resource.file], resource.field_names, missing, delimiter, header=True)
        form = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f'"
        self._run(f"COPY (SELECT {expression} FROM {source}) TO {literal(str(target))} ({form})")
        return self._changed()

    def has_control_characters(self, table: str, columns: Sequence[str]) -> None:
        """Do nothing: each is a character like any other."""

    def narrow(self, table: str, fields: Sequence[str]) -> str:
        """The stored columns of these fields. DuckDB looks at every column of a view that a query names."""
        columns = self._columns[table]
        rows = self._rows(table, {field: columns[field] for field in fields})
        return self._judgements.joined(table, fields, rows)

    def _texts(self, table: str, field: str) -> Iterator[str]:
        """Each distinct text of a field."""
        column = self._columns[table][field]
        sql = f"SELECT DISTINCT {column} FROM {self._base(table)} WHERE {column} IS NOT NULL"
        return (text for (text,) in self.query(sql))

    def _store_judgements(self, rows: Iterable[Sequence[str]]) -> str:
        """A new table with these rows of three texts."""
        name, columns = f"{_STORE}.j{next(self._numbers)}", [_column(n) for n in range(3)]
        self._run(f"CREATE TABLE {name} ({', '.join(f'{one} VARCHAR' for one in columns)})")
        self._append(name, columns, [[]] * 3, rows)
        return name

    def suspects(self, table: str, fields: Sequence[str] = ()) -> str:
        """The rows that a lean table stores in full, in a separate table; all rows of any other table."""
        if table not in self._lean_tables:
            is_judged = fields and self._judgements.has(table)
            return self.narrow(table, fields) if is_judged else identifier(table)
        names = map(identifier, self._lean_tables[table])
        cells = (f"nullif(t.cells[{n}], {_NOTHING}) AS {name}" for n, name in enumerate(names, 1))
        whole = f"SELECT rowid + 1 AS number, string_split({_WHOLE}, {_BETWEEN}) AS cells"
        sql = (
            f"SELECT t.number AS {ROW}, {', '.join(cells)} "
            f"FROM ({whole} FROM {self._base(table)} WHERE {_WHOLE} IS NOT NULL) AS t"
        )
        return self._set_aside(table, "", sql)

    def orphans(self, table: str, field: str) -> str | None:
        """Rows of a lean table whose cell refers to no valid row, found once; see `base.Engine`."""
        if table not in self._lean_tables or field not in self._implied[table]:
            return None
        target, key = self._implied[table][field]
        column = identifier(field)
        alone = f"c.{column} IS NOT NULL"
        if target in self._lean_tables:
            place = self._lean_tables[target].index(key)
            alone += (
                f" AND NOT EXISTS (SELECT 1 FROM {self._base(target)} AS p "
                f"WHERE p.{_column(place)} = c.{column} AND p.{_WHOLE} IS NULL)"
            )
        sql = f"SELECT c.{ROW}, c.{column} FROM {self.narrow(table, [field])} AS c WHERE {alone}"
        return self._set_aside(table, field, sql)

    def ascending(self, source: str, expression: str) -> bool:
        """Whether an expression increases, as text or first by its length: then no value is repeated."""
        sql = (
            "SELECT count(*) FILTER (k IS NULL), count(*) FILTER (before >= k), count(*) FILTER ("
            "strlen(before) > strlen(k) OR (strlen(before) = strlen(k) AND before >= k)) "
            f"FROM (SELECT {expression} AS k, lag({expression}) OVER () AS before FROM {source} AS t)"
        )
        ((empty, wrong, wrong_by_length),) = self.query(sql)
        return empty == 0 and 0 in (wrong, wrong_by_length)  # a1, a2, ..., a10 increases by length

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Do nothing: DuckDB uses hash joins."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT; see `base.Engine`."""
        try:
            cursor = self._select_rows(sql)
            while rows := cursor.fetchmany(10_000):
                yield from rows
        except (self._error, RuntimeError) as error:
            raise meaning(error) from error

    def bounded(self, sql: str, seconds: float, take: Callable[[tuple[Any, ...]], None]) -> None:
        """Give each row of a SELECT of a stranger to `take`; see `base.Engine`."""
        deadline = time.monotonic() + seconds

        def work() -> None:
            cursor = self._select_rows(sql)
            while rows := cursor.fetchmany(1000):
                for row in rows:
                    take(row)
                if time.monotonic() > deadline:  # an interrupt may come between two queries
                    raise TimeLimit("it took too long")

        try:
            with bounded_memory():
                within(work, self._connection.interrupt, seconds)
        except (self._out_of_memory, MemoryError) as error:
            raise MemoryLimit(TOO_MUCH) from error
        except (self._error, RuntimeError) as error:
            raise meaning(error) from error

    def _select_rows(self, sql: str) -> Any:
        """A cursor for the rows of one SELECT. Raises ValueError if it is not one."""
        statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [self._select]:
            raise ValueError("it is not one SELECT")
        return self._connection.execute(statements[0])

    def read_only(self, *, strangers: bool = False) -> None:
        """From now on, refuse access to files. `query` always refuses everything that is not one SELECT.

        What a query of a stranger needs beyond its memory goes to temporary files, which are bounded.
        """
        if strangers:
            ((used, files),) = self.query(
                "SELECT sum(memory_usage_bytes), sum(temporary_storage_bytes) FROM duckdb_memory()"
            )
            most = int(used) + memory.MOST_MEMORY
            most = most if self._memory is None else min(most, self._memory)
            self._run(f"SET memory_limit = '{most >> 20}MiB'")
            most = (int(files) + int(used) + memory.MOST_MEMORY) >> 20
            self._run(f"SET max_temp_directory_size = '{most}MiB'")
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")

    def close(self) -> None:
        """Close the database, and remove its temporary files."""
        self._connection.close()
        temporary.remove(self._scratch)

    def _run(self, sql: str) -> None:
        try:
            self._connection.execute(sql)
        except (self._error, RuntimeError) as error:
            raise meaning(error) from error

    def _fill(self, table: str, sql: str) -> int:
        """Create a table with the rows of a SELECT, and return their number."""
        self._run(f"CREATE OR REPLACE TABLE {table} AS {sql}")
        return self._changed()

    def _changed(self) -> int:
        """The number of rows that the last statement wrote."""
        ((rows,),) = self._connection.fetchall()
        return int(rows)

    def _set_aside(self, table: str, field: str, sql: str) -> str:
        """Copy the rows of a SELECT into a new table, once. Its name, or "" if there are no rows."""
        if (table, field) not in self._aside:
            name = f"{_STORE}.a{len(self._aside)}"
            self._aside[table, field] = name, self._fill(name, sql)
        name, rows = self._aside[table, field]
        return name if rows else ""

    def _base(self, table: str) -> str:
        """The stored table behind the view that has the name of a table."""
        return self._stored.setdefault(table, f"{_STORE}.t{len(self._stored)}")

    def _count(self, table: str) -> int:
        ((rows,),) = self.query(f"SELECT count(*) FROM {self._base(table)}")
        return int(rows)

    def _view(self, table: str, columns: Mapping[str, str]) -> None:
        """Show a stored table under its own name, with these fields and the columns that hold them."""
        self._columns[table] = columns
        rows = f"SELECT * FROM {self._rows(table, columns)}"
        self._run(f"CREATE OR REPLACE VIEW {identifier(table)} AS {rows}")

    def _rows(self, table: str, columns: Mapping[str, str]) -> str:
        """SQL for the rows of a stored table with these fields, each with the column that holds it."""
        names = [f"{column} AS {identifier(name)}" for name, column in columns.items()]
        return f"(SELECT {', '.join([f'rowid + 1 AS {ROW}', *names])} FROM {self._base(table)})"

    def _whole(self, resource: Resource) -> str:
        """SQL for the full row as one text, if the row may break the schema; else NULL."""
        checks = cell_checks(resource.schema, self.dialect, resource.primary_key)
        columns = [identifier(name) for name in resource.field_names]
        vouched = self._implied[resource.name]
        looks = [check.absence if check.field in vouched else check.suspicion for check in checks]
        suspicious = " OR ".join(look for look in looks if look)
        if not any(check.absence for check in checks):
            nothing = " AND ".join(f"{column} IS NULL" for column in columns)
            suspicious = f"{suspicious} OR ({nothing})" if suspicious else nothing
        cells = ", ".join(f"coalesce({column}, {_NOTHING})" for column in columns)
        # The full row is one text, because a missing text needs the least space.
        return f"CASE WHEN {suspicious} THEN concat_ws({_BETWEEN}, {cells}) END"


def _column(number: int) -> str:
    """The name of a stored column."""
    return f"c{number}"
