"""The DuckDB engine, for large packages: its own CSV reader, tables of text, numbered rows.

If no rule needs more, a table is lean: it has the columns of its keys, and a full row only if the row
may break the schema. Row numbers follow the order of the file. For this, DuckDB must preserve the
insertion order, and must not turn lists of constants into joins.
"""

from __future__ import annotations

import csv
import importlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import Resource
from . import duckdb_values
from .compile import cell_checks
from .duckdb_reader import csv_source
from .links import implied, key_columns
from .sql import (
    MOST_CHARACTERS,
    ROW,
    SqlDialect,
    full_match,
    identifier,
    literal,
    may_exceed_number,
)
from .within import interrupted, within

_HEX = re.compile(r"\[0-9a-f\]\{([0-9]{1,3})\}")


def _full_match(column: str, pattern: str) -> str:
    """The condition that a whole value matches. A hash is tested by decoding it, which is faster."""
    hexadecimal = _HEX.fullmatch(pattern)
    if hexadecimal is None or int(hexadecimal[1]) % 2:
        return full_match(column, pattern)
    return (
        f"CASE WHEN {column} IS NOT NULL THEN strlen({column}) = {hexadecimal[1]} "
        f"AND lower({column}) = {column} AND TRY(unhex({column})) IS NOT NULL END"
    )


def _compare_plain(column: str, operator: str, bound: str) -> str:
    """Compare an integer with a bound. If the bound is not negative, compare the length, then the text."""
    if not bound.isdecimal():
        return f"TRY_CAST({column} AS BIGINT) {operator} {bound}"
    size, digits = len(bound), f"{column} {operator} {literal(bound)}"
    by_text = f"strlen({column}) {operator[0]} {size} OR (strlen({column}) = {size} AND {digits})"
    if operator[0] == "<":
        return f"({column} < '0' OR {by_text})"
    return f"({column} >= '0' AND ({by_text}))"


def _may_exceed_number(column: str, operator: str, bound: str) -> str:
    odd = f"regexp_matches({column}, '[^0-9.-]') OR length({column}) > {MOST_CHARACTERS}"
    return may_exceed_number(column, f"TRY_CAST({column} AS DOUBLE)", odd, operator, bound)


#: What differs between SQL engines, as DuckDB writes it.
DIALECT = SqlDialect(
    name="duckdb",
    # A cast also accepts other forms, such as "2008-1-5" or a space at the end. So check the form first.
    is_date=(
        "({x} IS NULL OR (strlen({x}) = 10 AND {x} >= '0001' "
        "AND {x} GLOB '????-??-?[0-9]' AND TRY_CAST({x} AS DATE) IS NOT NULL))"
    ),
    number_key=duckdb_values.number_key,
    instant_key=duckdb_values.instant_key,
    time_key=duckdb_values.time_key,
    may_exceed_number=_may_exceed_number,
    odd_integer="coalesce(TRY_CAST({x} AS BIGINT)::VARCHAR <> {x}, {x} IS NOT NULL)",
    compare_plain=_compare_plain,
    longer="(strlen({x}) > {n} AND length({x}) > {n})",
    full_match=_full_match,
)

# One thread needs a third less CPU time than several, and leaves the other cores free.
_SETTINGS = (
    "SET threads = 1",
    "SET preserve_insertion_order = true",
    "SET disabled_optimizers = 'in_clause'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_progress_bar = false",  # it would be written to standard output, into the report
)

# Tables of our own are in a schema of our own, with numbers for names: their names and columns cannot
# be the names of a package, which are only in the views of the main schema.
_STORE = "memory.store"
#: The column of a lean table that contains the full row, if it may break the schema.
_WHOLE = "whole"
#: The separator of the cells in that column, and the mark for an empty cell. A plain file has neither.
_BETWEEN, _NOTHING = literal("\x1f"), literal("\x1e")


class DuckDb:
    """A private DuckDB database in memory with the tables of one package as text."""

    dialect = DIALECT

    def __init__(self, resources: Sequence[Resource], *, lean: bool) -> None:
        duckdb = _library()
        self._error = duckdb.Error
        self._select = duckdb.StatementType.SELECT
        # DuckDB would write to the current folder if it is short of memory.
        self._scratch = _scratch_folder()
        self._connection = duckdb.connect(":memory:")
        for setting in (*_SETTINGS, f"SET temp_directory = {literal(self._scratch.name)}"):
            self._connection.execute(setting)
        self._connection.execute(f"CREATE SCHEMA {_STORE}")
        self._keys = key_columns(resources)
        self._implied = implied(resources) if lean else {}
        self._lean = lean
        #: The field names of each lean table.
        self._lean_tables: dict[str, list[str]] = {}
        #: The stored table of each table of the package, by its name.
        self._stored: dict[str, str] = {}
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
        longest = 0
        file = Path(self._scratch.name) / "rows.csv"
        try:
            with file.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
                for row in rows:
                    if len(row) != len(columns):
                        raise ValueError(f"a row has {len(row)} cells, not {len(columns)}")
                    longest = max(longest, writer.writerow(row))
            source = csv_source([file], columns, missing, ",", header=False, longest=longest * 4)
            self._run(f"INSERT INTO {self._base(table)} SELECT * FROM {source}")
        finally:
            file.unlink(missing_ok=True)
        return self._count(table)

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from a plain CSV file; see `base.Engine`."""
        names = resource.field_names
        source = csv_source(resource.files, names, missing, delimiter, header=True)
        columns = {name: _column(number) for number, name in enumerate(names)}
        if self._lean:
            keys = self._keys[resource.name]
            columns = {name: column for name, column in columns.items() if name in keys}
        kept = [f"{identifier(name)} AS {column}" for name, column in columns.items()]
        kept += [f"{self._whole(resource)} AS {_WHOLE}"] if self._lean else []
        try:
            rows = self._fill(self._base(resource.name), f"SELECT {', '.join(kept)} FROM {source}")
        except ValueError:
            return None
        self._view(resource.name, columns)
        if self._lean:
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

    def suspects(self, table: str) -> str:
        """The rows that a lean table stores in full, in a separate table; all rows of any other table."""
        if table not in self._lean_tables:
            return identifier(table)
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
        sql = f"SELECT c.{ROW}, c.{column} FROM {identifier(table)} AS c WHERE {alone}"
        return self._set_aside(table, field, sql)

    def ascending(self, table: str, expression: str) -> bool:
        """Whether an expression increases from row to row. In any order of rows, this proves no repeats."""
        sql = (
            f"SELECT count(*) FROM (SELECT {expression} AS k, lag({expression}) OVER () AS before "
            f"FROM {identifier(table)}) WHERE k IS NULL OR before >= k"
        )
        ((wrong,),) = self.query(sql)
        return bool(wrong == 0)

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Do nothing: DuckDB uses hash joins."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT; see `base.Engine`."""
        try:
            cursor = self._select_rows(sql)
            while rows := cursor.fetchmany(10_000):
                yield from rows
        except self._error as error:
            raise ValueError(str(error)) from error
        except RuntimeError as error:
            raise interrupted(error) from error

    def bounded(self, sql: str, seconds: float, most: int) -> list[tuple[Any, ...]]:
        """At most `most` rows of a SELECT of a stranger; see `base.Engine`."""

        def work() -> list[tuple[Any, ...]]:
            return list(self._select_rows(sql).fetchmany(most))

        try:
            return within(work, self._connection.interrupt, seconds)
        except (self._error, RuntimeError) as error:
            raise ValueError(str(error)) from error

    def _select_rows(self, sql: str) -> Any:
        """A cursor for the rows of one SELECT. Raises ValueError if it is not one."""
        statements = self._connection.extract_statements(sql)
        if [statement.type for statement in statements] != [self._select]:
            raise ValueError("it is not one SELECT")
        return self._connection.execute(statements[0])

    def read_only(self) -> None:
        """From now on, refuse access to files. `query` always refuses everything that is not one SELECT."""
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")

    def close(self) -> None:
        """Close the database, and remove its temporary files."""
        self._connection.close()
        self._scratch.cleanup()

    def _run(self, sql: str) -> None:
        try:
            self._connection.execute(sql)
        except self._error as error:
            raise ValueError(str(error)) from error
        except RuntimeError as error:
            raise interrupted(error) from error

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
        names = [f"{column} AS {identifier(name)}" for name, column in columns.items()]
        rows = f"SELECT {', '.join([f'rowid + 1 AS {ROW}', *names])} FROM {self._base(table)}"
        self._run(f"CREATE OR REPLACE VIEW {identifier(table)} AS {rows}")

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


def _library() -> Any:
    """The installed DuckDB library. The inner module is tried first, because it is faster to import."""
    for name in ("_duckdb", "duckdb"):
        with suppress(ImportError):
            return importlib.import_module(name)
    raise CannotRun("DuckDB is not installed", 'Install it with: pip install "duckdb>=2,<3"')


def _scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for temporary files, among those of the system. Raises CannotRun if there is none."""
    try:
        return tempfile.TemporaryDirectory(prefix="shieldtalks-")
    except OSError as error:
        message = f"there is no folder for temporary files ({error.strerror or error})"
        raise CannotRun(message, "Set TMPDIR to a folder that you can write to.") from error


def _column(number: int) -> str:
    """The name of a stored column."""
    return f"c{number}"
