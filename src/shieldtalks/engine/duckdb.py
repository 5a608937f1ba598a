"""DuckDB, for bulk: its own CSV reader, tables of text, numbered rows.

Where no rule will ask for more, a table is kept lean: the columns of its keys, and the whole of a
row only where it may break the schema. The rows are numbered by the order of the file, which holds
as long as insertion order is preserved and lists of constants are not made into joins.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import Resource, as_list
from .compile import cell_checks
from .dialect import ROW, Dialect, full_match, identifier, literal

_HEX = re.compile(r"\[0-9a-f\]\{([0-9]{1,3})\}")


def _full_match(column: str, pattern: str) -> str:
    """The condition that the whole of a value matches; a hash is told by turning it into bytes."""
    hexadecimal = _HEX.fullmatch(pattern)
    if hexadecimal is None or int(hexadecimal[1]) % 2:
        return full_match(column, pattern)
    return (
        f"CASE WHEN {column} IS NOT NULL THEN strlen({column}) = {hexadecimal[1]} "
        f"AND lower({column}) = {column} AND TRY(unhex({column})) IS NOT NULL END"
    )


#: What differs between SQL engines, as DuckDB writes it.
DIALECT = Dialect(
    name="duckdb",
    is_date=(
        "(strlen({x}) = 10 AND {x} >= '0001' "
        "AND TRY_CAST({x} AS DATE)::VARCHAR IS NOT DISTINCT FROM {x})"
    ),
    integer=(
        "coalesce(TRY_CAST({x} AS HUGEINT), CASE WHEN starts_with({x}, '-') THEN -1 "
        "WHEN {x} IS NOT NULL THEN 1 END * 170141183460469231731687303715884105727)"
    ),
    number="TRY_CAST({x} AS DOUBLE)",
    infinity="'Infinity'::DOUBLE",
    plain_integer="TRY_CAST({x} AS BIGINT)::VARCHAR IS NOT DISTINCT FROM {x}",
    small_integer="TRY_CAST({x} AS BIGINT)",
    longer="(strlen({x}) > {n} AND length({x}) > {n})",
    full_match=_full_match,
)

_LF = "chr(10)"
# One thread does the same with a third less work, and leaves the machine to others.
_SETTINGS = (
    "SET threads = 1",
    "SET preserve_insertion_order = true",
    "SET disabled_optimizers = 'in_clause'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)

#: Names of columns of our own, which no table of text is likely to have.
_WHOLE, _FEEDS = identifier("row as a whole\x01"), identifier("line feeds\x01")


class DuckDb:
    """A private DuckDB database in memory that holds the tables of one package as text."""

    dialect = DIALECT

    def __init__(self, resources: Sequence[Resource], *, lean: bool) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise CannotRun(
                "DuckDB is not installed", 'Install it with: pip install "duckdb>=2,<3"'
            ) from error
        self._error = duckdb.Error
        self._select = duckdb.StatementType.SELECT
        self._connection = duckdb.connect(":memory:")
        for setting in _SETTINGS:
            self._connection.execute(setting)
        self._keys = _key_columns(resources)
        self._lean = lean
        self._lean_tables: set[str] = set()

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Make an empty table with these text columns."""
        names = ", ".join(f"{identifier(column)} VARCHAR" for column in columns)
        self._lean_tables.discard(table)
        self._run(f"CREATE OR REPLACE TABLE {_base(table)} ({names})")
        self._view(table, columns)

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order, by way of a temporary file; see `base.Engine`."""
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
    ) -> tuple[int, list[tuple[int, int]]] | None:
        """Fill a table from a plain CSV file; see `base.Engine`."""
        columns = resource.field_names
        source = _source(resource.file, columns, missing, delimiter, header=True)
        # A line feed in a cell that allows none is seldom; then the lines do not add up, and the
        # table goes through the exact reader.
        checks = cell_checks(resource.schema, self.dialect, resource.primary_key)
        tight = {check.field for check in checks if check.tight}
        loose = [_line_feeds(column) for column in columns if column not in tight]
        feeds = f"nullif({' + '.join(loose) or '0'}, 0) AS {_FEEDS}"
        kept = self._kept(resource) if self._lean else "*"
        self._run(f"DROP VIEW {identifier(resource.name)}; DROP TABLE {_base(resource.name)}")
        try:
            self._run(
                f"CREATE TABLE {_base(resource.name)} AS SELECT {kept}, {feeds} FROM {source}"
            )
        except ValueError:
            self.create(resource.name, columns)
            return None
        self._view(resource.name, self._columns(resource))
        if self._lean:
            self._lean_tables.add(resource.name)
        counted = (
            f"SELECT rowid + 1, {_FEEDS} FROM {_base(resource.name)} WHERE {_FEEDS} IS NOT NULL"
        )
        return self._count(resource.name), [
            (row, n) for row, n in self.query(f"{counted} ORDER BY 1")
        ]

    def suspects(self, table: str) -> str:
        """The rows that were kept whole, or all rows of a table that is not lean."""
        if table not in self._lean_tables:
            return identifier(table)
        return (
            f"(SELECT rowid + 1 AS {ROW}, unnest({_WHOLE}[1]) FROM {_base(table)} "
            f"WHERE {_WHOLE} IS NOT NULL)"
        )

    def ascending(self, table: str, expression: str) -> bool:
        """Whether an expression grows from row to row; rows in any order prove that none repeats."""
        sql = (
            f"SELECT count(*) FROM (SELECT {expression} AS k, lag({expression}) OVER () AS before "
            f"FROM {identifier(table)}) WHERE k IS NULL OR before >= k"
        )
        ((wrong,),) = self.query(sql)
        return bool(wrong == 0)

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Nothing: DuckDB joins by hashing."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT; see `base.Engine`."""
        try:
            statements = self._connection.extract_statements(sql)
            if [statement.type for statement in statements] != [self._select]:
                raise ValueError("it is not one SELECT")
            cursor = self._connection.execute(statements[0])
            while rows := cursor.fetchmany(10_000):
                yield from rows
        except self._error as error:
            raise ValueError(str(error)) from error

    def read_only(self) -> None:
        """From now on refuse every file; what is not one SELECT is never run."""
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()

    def _run(self, sql: str) -> None:
        try:
            self._connection.execute(sql)
        except self._error as error:
            raise ValueError(str(error)) from error

    def _count(self, table: str) -> int:
        ((rows,),) = self.query(f"SELECT count(*) FROM {_base(table)}")
        return int(rows)

    def _view(self, table: str, columns: Sequence[str]) -> None:
        names = ", ".join(map(identifier, columns)) or "NULL AS nothing"
        with suppress(ValueError):
            self._run(f"DROP VIEW {identifier(table)}")
        self._run(
            f"CREATE VIEW {identifier(table)} AS SELECT rowid + 1 AS {ROW}, {names} FROM {_base(table)}"
        )

    def _columns(self, resource: Resource) -> list[str]:
        if not self._lean:
            return resource.field_names
        return [name for name in resource.field_names if name in self._keys[resource.name]]

    def _kept(self, resource: Resource) -> str:
        """What of a row is stored: its keys, and the whole of it where it may break the schema."""
        checks = cell_checks(resource.schema, self.dialect, resource.primary_key)
        columns = [identifier(name) for name in resource.field_names]
        suspicious = " OR ".join(check.suspicion for check in checks)
        if not any(check.is_required for check in checks):
            nothing = " AND ".join(f"{column} IS NULL" for column in columns)
            suspicious = f"{suspicious} OR ({nothing})" if suspicious else nothing
        fields = ", ".join(f"{column} := {column}" for column in columns)
        # In a list, for a list that is not there costs nothing; of a structure every part is kept.
        whole = f"CASE WHEN {suspicious} THEN [struct_pack({fields})] END AS {_WHOLE}"
        return ", ".join([*map(identifier, self._columns(resource)), whole])


def _base(table: str) -> str:
    """The stored table behind the view that has a table's own name."""
    return identifier(f"{table}\x01")


def _line_feeds(column: str) -> str:
    name = identifier(column)
    many = f"length({name}) - length(replace({name}, {_LF}, ''))"
    return f"CASE WHEN contains({name}, {_LF}) THEN {many} ELSE 0 END"


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
    line = f", max_line_size = {longest}" if longest > 2_000_000 else ""
    # A glob in a path would be expanded; a bracket makes a character one of a set of itself alone.
    path = "".join(f"[{char}]" if char in "*?[" else char for char in str(file))
    read = (
        f"read_csv({literal(path)}, auto_detect = false, header = {str(header).lower()}, "
        f"delim = {literal(delimiter)}, quote = '\"', escape = '\"', new_line = '\\n', {null}, "
        f"strict_mode = true, columns = {{{types}}}{line})"
    )
    values = [_value(column, words) for column, words in zip(columns, missing, strict=True)]
    return f"(SELECT {', '.join(values)} FROM {read})"


def _value(column: str, missing: Sequence[str]) -> str:
    name = value = identifier(column)
    for word in missing:
        if word:
            value = f"nullif({value}, {literal(word)})"
    return f"nullif({value}, '') AS {name}" if "" in missing else f"{value} AS {name}"


def _key_columns(resources: Sequence[Resource]) -> dict[str, set[str]]:
    """For each table, the fields of its keys and those that other tables refer to.

    What of a schema is not as it should be is passed over: its table will not be read.
    """
    keys: dict[str, set[str]] = {resource.name: set() for resource in resources}
    for resource in resources:
        own, schema = keys[resource.name], resource.schema
        own.update(resource.primary_key)
        for key in _list(schema.get("uniqueKeys")):
            own.update(as_list(key))
        for field in resource.fields:
            constraints = field.get("constraints")
            if isinstance(constraints, dict) and constraints.get("unique"):
                own.add(field["name"])
        for key in _list(schema.get("foreignKeys")):
            reference = key.get("reference") if isinstance(key, dict) else None
            if isinstance(reference, dict):
                own.update(as_list(key.get("fields")))
                target = str(reference.get("resource") or resource.name)
                keys.get(target, set()).update(as_list(reference.get("fields")))
    return keys


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
