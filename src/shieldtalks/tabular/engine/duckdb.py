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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import Resource
from .compile import cell_checks
from .links import implied, key_columns
from .sql import ROW, SqlDialect, full_match, identifier, literal
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


#: What differs between SQL engines, as DuckDB writes it.
DIALECT = SqlDialect(
    name="duckdb",
    # A cast also accepts other forms, such as "2008-1-5" or a space at the end. So check the form first.
    is_date=(
        "({x} IS NULL OR (strlen({x}) = 10 AND {x} >= '0001' "
        "AND {x} GLOB '????-??-?[0-9]' AND TRY_CAST({x} AS DATE) IS NOT NULL))"
    ),
    integer=(
        "coalesce(TRY_CAST({x} AS HUGEINT), CASE WHEN starts_with({x}, '-') THEN -1 "
        "WHEN {x} IS NOT NULL THEN 1 END * 170141183460469231731687303715884105727)"
    ),
    number="TRY_CAST({x} AS DOUBLE)",
    infinity="'Infinity'::DOUBLE",
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

#: Bytes that the reader reads at once. Fewer than by default, so that less memory is allocated.
_BUFFER = 4 << 20

#: The name of an additional column, which a table of text is not likely to have.
_WHOLE = identifier("row as a whole\x01")
#: The separator of the cells in that column, and the mark for an empty cell. A plain file has neither.
_BETWEEN, _NOTHING = literal("\x1f"), literal("\x1e")


class DuckDb:
    """A private DuckDB database in memory with the tables of one package as text."""

    dialect = DIALECT

    def __init__(self, resources: Sequence[Resource], *, lean: bool) -> None:
        duckdb = _library()
        self._error = duckdb.Error
        self._select = duckdb.StatementType.SELECT
        self._connection = duckdb.connect(":memory:")
        for setting in _SETTINGS:
            self._connection.execute(setting)
        self._keys = key_columns(resources)
        self._implied = implied(resources) if lean else {}
        self._lean = lean
        #: The field names of each lean table.
        self._lean_tables: dict[str, list[str]] = {}
        #: The number of rows of each table that `_set_aside` created, by its name.
        self._aside: dict[str, int] = {}

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Create an empty table with these text columns."""
        names = ", ".join(f"{identifier(column)} VARCHAR" for column in columns)
        self._lean_tables.pop(table, None)
        self._run(f"CREATE OR REPLACE TABLE {_base(table)} ({names})")
        self._view(table, columns)

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order, through a temporary file; see `base.Engine`."""
        longest = 0
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.csv"
            with file.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
                for row in rows:
                    if len(row) != len(columns):
                        raise ValueError(f"a row has {len(row)} cells, not {len(columns)}")
                    longest = max(longest, writer.writerow(row))
            source = _source(file, columns, missing, ",", header=False, longest=longest * 4)
            self._run(f"INSERT INTO {_base(table)} SELECT * FROM {source}")
        return self._count(table)

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from a plain CSV file; see `base.Engine`."""
        source = _source(resource.file, resource.field_names, missing, delimiter, header=True)
        kept = self._kept(resource) if self._lean else "*"
        try:
            rows = self._fill(_base(resource.name), f"SELECT {kept} FROM {source}")
        except ValueError:
            return None
        self._view(resource.name, self._columns(resource))
        if self._lean:
            self._lean_tables[resource.name] = resource.field_names
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
        source = _source(resource.file, resource.field_names, missing, delimiter, header=True)
        form = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f'"
        self._run(f"COPY (SELECT {expression} FROM {source}) TO {literal(str(target))} ({form})")
        return self._changed()

    def suspects(self, table: str) -> str:
        """The rows that a lean table stores in full, in a separate table; all rows of any other table."""
        if table not in self._lean_tables:
            return identifier(table)
        names = map(identifier, self._lean_tables[table])
        cells = (f"nullif(cells[{n}], {_NOTHING}) AS {name}" for n, name in enumerate(names, 1))
        whole = f"SELECT rowid + 1 AS {ROW}, string_split({_WHOLE}, {_BETWEEN}) AS cells"
        sql = (
            f"SELECT {ROW}, {', '.join(cells)} "
            f"FROM ({whole} FROM {_base(table)} WHERE {_WHOLE} IS NOT NULL)"
        )
        return self._set_aside(f"{table}\x01\x01", sql)

    def orphans(self, table: str, field: str) -> str | None:
        """Rows of a lean table whose cell refers to no valid row, found once; see `base.Engine`."""
        if table not in self._lean_tables or field not in self._implied[table]:
            return None
        target, key = self._implied[table][field]
        column = identifier(field)
        alone = f"{column} IS NOT NULL"
        if target in self._lean_tables:
            alone += (
                f" AND NOT EXISTS (SELECT 1 FROM {_base(target)} AS p "
                f"WHERE p.{identifier(key)} = c.{column} AND p.{_WHOLE} IS NULL)"
            )
        sql = f"SELECT {ROW}, {column} FROM {identifier(table)} AS c WHERE {alone}"
        return self._set_aside(f"{table}\x01{field}\x01", sql)

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
        """Close the database."""
        self._connection.close()

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

    def _set_aside(self, name: str, sql: str) -> str:
        """Copy the rows of a SELECT into a new table, once. Its name, or "" if there are no rows."""
        table = identifier(name)
        if table not in self._aside:
            self._aside[table] = self._fill(table, sql)
        return table if self._aside[table] else ""

    def _count(self, table: str) -> int:
        ((rows,),) = self.query(f"SELECT count(*) FROM {_base(table)}")
        return int(rows)

    def _view(self, table: str, columns: Sequence[str]) -> None:
        names = ", ".join(map(identifier, columns)) or "NULL AS nothing"
        rows = f"SELECT rowid + 1 AS {ROW}, {names} FROM {_base(table)}"
        self._run(f"CREATE OR REPLACE VIEW {identifier(table)} AS {rows}")

    def _columns(self, resource: Resource) -> list[str]:
        if not self._lean:
            return resource.field_names
        return [name for name in resource.field_names if name in self._keys[resource.name]]

    def _kept(self, resource: Resource) -> str:
        """The columns that a lean table stores: the keys, and the full row if it may break the schema."""
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
        whole = f"CASE WHEN {suspicious} THEN concat_ws({_BETWEEN}, {cells}) END AS {_WHOLE}"
        return ", ".join([*map(identifier, self._columns(resource)), whole])


def _library() -> Any:
    """The installed DuckDB library. The inner module is tried first, because it is faster to import."""
    for name in ("_duckdb", "duckdb"):
        with suppress(ImportError):
            return importlib.import_module(name)
    raise CannotRun("DuckDB is not installed", 'Install it with: pip install "duckdb>=2,<3"')


def _base(table: str) -> str:
    """The stored table behind the view that has the name of the table."""
    return identifier(f"{table}\x01")


def _source(
    file: Path,
    columns: Sequence[str],
    missing: Sequence[Sequence[str]],
    delimiter: str,
    *,
    header: bool,
    longest: int = 0,
) -> str:
    """SQL that reads a CSV file as text, missing values as NULL."""
    types = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    empty_is_null = all("" in words for words in missing)
    null = "nullstr = ''" if empty_is_null else "nullstr = '\x01', allow_quoted_nulls = false"
    size = f"max_line_size = {longest}" if longest > 2_000_000 else f"buffer_size = {_BUFFER}"
    # DuckDB would expand a glob in a path. Inside brackets, a character only matches itself.
    path = "".join(f"[{char}]" if char in "*?[" else char for char in str(file))
    read = (
        f"read_csv({literal(path)}, auto_detect = false, header = {str(header).lower()}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', new_line = '\\n', {null}, "
        f"strict_mode = true, {size}, columns = {{{types}}})"
    )
    # If empty cells are missing values in all columns, the reader has already handled them.
    others = [[word for word in words if word or not empty_is_null] for words in missing]
    values = [_value(column, words) for column, words in zip(columns, others, strict=True)]
    return f"(SELECT {', '.join(values)} FROM {read})"


def _value(column: str, missing: Sequence[str]) -> str:
    name = value = identifier(column)
    for word in missing:
        value = f"nullif({value}, {literal(word)})"
    return f"{value} AS {name}"
