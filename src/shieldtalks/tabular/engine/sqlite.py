"""The SQLite engine, from the standard library: tables of text, numbered rows, a few new functions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from .. import interrupts
from ..package import Resource
from ..types import TYPES, FieldType
from ..types.instants import instant_key, time_key
from ..types.numerals import number_key
from . import storage
from .base import MemoryLimit, TimeLimit
from .judging import Judge, meaning
from .memory import TOO_MUCH, bounded_memory
from .patterns import compiled, matcher
from .sql import (
    ROW,
    SqlDialect,
    identifier,
    literal,
    without_words,
)


def _no_judge(column: str, type_: FieldType) -> str:
    """An engine has its own function for this: what it must judge is known to no other."""
    raise NotImplementedError(column, type_)


#: What differs between SQL engines, as SQLite writes it.
DIALECT = SqlDialect(
    name="sqlite",
    # date() accepts 2024-02-30. With the modifier it computes the day. Year 0000 is not allowed.
    is_date=(
        "({x} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' "
        "AND date({x}, '+0 days') IS {x} AND substr({x}, 1, 4) <> '0000')"
    ),
    number_key="number_key({})".format,
    instant_key="instant_key({})".format,
    time_key="time_key({})".format,
    odd_integer="({x} = '' OR {x} GLOB '*[^0-9]*' OR length({x}) > 18)",
    compare_plain=lambda column, operator, bound: f"CAST({column} AS BIGINT) {operator} {bound}",
    double="CAST({x} AS REAL)",
    odd_number="{x} GLOB '*[^0-9.-]*'",
    judged=_no_judge,
    broken=_no_judge,
)


def _is_own(pattern: str) -> bool:
    """Whether it is the pattern of a type: these take linear time and use plain character classes."""
    forms = (form for type_ in TYPES.in_use() for form in type_.forms.values())
    return any(form.pattern == pattern for form in forms)


@lru_cache(maxsize=1024)
def _matches(pattern: str) -> Callable[[str], Any]:
    return compiled(pattern).fullmatch if _is_own(pattern) else matcher(pattern)


def regexp_full_match(value: str | None, pattern: str) -> bool | None:
    """Whether the whole `value` matches `pattern`. DuckDB has a function with the same name."""
    try:
        return None if value is None else _matches(pattern)(value) is not None
    except Exception as error:
        _failures.append(str(error))  # SQLite itself only reports that a function failed
        raise


#: Why a function that SQL called has failed.
_failures: list[str] = []

#: SQLite looks for Ctrl-C and for the time limit each time it has done this many steps.
_STEPS = 100_000

#: At most so many indexes are kept: SQLite looks at each index of a table for each query.
_MOST_INDEXES = 64

#: The longest text or row that a query of a stranger may make, in bytes.
_LONGEST = 256 << 20


#: The memory for pages of the database, in bytes.
_CACHE = 32 << 20


class Sqlite:
    """A private, temporary SQLite database with the tables of one package as text."""

    reads_files = False

    def __init__(self, memory: int | None = None) -> None:
        """`memory` is the most that it may use, in bytes."""
        self._judges: list[Judge] = []
        self._numbers: dict[str, int] = {}
        self.dialect = DIALECT._replace(
            judged=partial(self._judged, "key"), broken=partial(self._judged, "broken")
        )
        # A database without a name is in memory. If it grows, it uses a temporary file.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.create_function(
            "regexp_full_match", 2, regexp_full_match, deterministic=True
        )
        for key in (number_key, instant_key, time_key):
            self._connection.create_function(key.__name__, 1, key, deterministic=True)
        for name in ("key", "broken"):
            self._connection.create_function(
                f"judged_{name}", 2, partial(self._judge, name), deterministic=True
            )
        # Up to this size, nothing is written to that file.
        cache = _CACHE if memory is None else min(_CACHE, memory // 4)
        self._connection.execute(f"PRAGMA cache_size = -{cache >> 10}")
        self._connection.execute("PRAGMA case_sensitive_like = ON")
        self._deadline: float | None = None
        self._indexes: dict[str, None] = {}
        self._is_late = False
        self._connection.set_progress_handler(self._stops, _STEPS)

    def _judged(self, part: str, column: str, type_: FieldType) -> str:
        """SQL for a part of the judgement of a column. Fields whose texts are judged alike share it."""
        number = self._numbers.setdefault(meaning(type_), len(self._judges))
        if number == len(self._judges):
            self._judges.append(Judge(type_))
        return f"judged_{part}({number}, {column})"

    def _judge(self, part: str, number: int, text: str | None) -> str | None:
        try:
            return None if text is None else getattr(self._judges[number](text), part)
        except Exception as error:
            _failures.append(str(error))
            raise

    def reads(self, resource: Resource) -> None:
        """Do nothing: SQLite looks at a schema only in a query."""

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Create an empty table with these text columns and a row number.

        Raises ValueError, with SQLite's message, if SQLite does not allow such a table.
        """
        names = ", ".join(f"{identifier(column)} TEXT" for column in columns)
        try:
            self._connection.execute(
                f"CREATE TABLE {identifier(table)} ({ROW} INTEGER PRIMARY KEY, {names})"
            )
        except sqlite3.Error as error:
            raise self._reason(error) from error

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Add rows of text in order. A value that is in the `missing` of its column becomes NULL.

        Returns the number of rows. Raises ValueError if a row has the wrong number of cells, or if
        SQLite cannot store the rows. The table is then empty again.
        """
        names = ", ".join(identifier(column) for column in columns)
        statement = f"INSERT INTO {identifier(table)} ({names}) {_values(missing)}"
        try:
            self._connection.execute("BEGIN")
            cursor = self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise self._reason(error) from error
        except BaseException:
            self._roll_back()
            raise
        return max(cursor.rowcount, 0)

    def _roll_back(self) -> None:
        """Forget the rows of `insert`. SQLite has already done so if its temporary file is full."""
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> None:
        """Do nothing: SQLite has no CSV reader."""

    def narrow(self, table: str, fields: Sequence[str]) -> str:
        """The table itself: SQLite looks only at the fields that a query names."""
        del fields
        return identifier(table)

    def suspects(self, table: str, fields: Sequence[str] = ()) -> str:
        """All rows."""
        del fields
        return identifier(table)

    def orphans(self, table: str, field: str) -> None:
        """None: all rows are in `suspects`."""

    def ascending(self, source: str, expression: str) -> bool:
        """Always False: a search with an index is just as fast."""
        del source, expression
        return False

    def has_control_characters(self, table: str, columns: Sequence[str]) -> None:
        """If a text contains U+0000, read all texts beyond it; SQLite's own functions do not."""
        source = f"FROM {identifier(table)}"
        for column in columns:
            wanted = f"instr({identifier(column)}, char(0))"
            if list(self.query(f"SELECT 1 {source} WHERE {wanted} LIMIT 1")):
                from .sqlite_texts import read_whole_texts  # few tables need it

                read_whole_texts(self._connection)
                return

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Create an index for these expressions in `table`."""
        name = identifier(f"{table} by {', '.join(expressions)}")
        self._indexes[name] = None
        try:
            if len(self._indexes) > _MOST_INDEXES:
                oldest = next(iter(self._indexes))
                del self._indexes[oldest]
                self._connection.execute(f"DROP INDEX IF EXISTS {oldest}")
            self._connection.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {identifier(table)} ({', '.join(expressions)})"
            )
        except sqlite3.OperationalError as error:
            meaning = self._reason(error)
            if not isinstance(meaning, ValueError):
                raise meaning from error
            # A table has this name: slower, but still correct.

    def query(self, sql: str) -> Generator[tuple[Any, ...]]:
        """The rows of one SELECT. Raises ValueError, with SQLite's message, if it cannot run."""
        try:
            rows = self._connection.execute(sql)
        except sqlite3.Error as error:
            raise self._reason(error) from error
        if rows.description is None:  # only comments: nothing would be checked
            raise ValueError("it is not one SELECT")
        try:
            yield from rows
        except sqlite3.Error as error:
            raise self._reason(error) from error

    def bounded(self, sql: str, seconds: float, take: Callable[[tuple[Any, ...]], None]) -> None:
        """Give each row of a SELECT of a stranger to `take`; see `base.Engine`."""
        self._deadline = time.monotonic() + seconds
        rows = self.query(sql)
        try:
            with bounded_memory():
                for row in rows:
                    take(row)
                    if self._stops():  # SQLite itself does not look if a row needs few steps
                        raise TimeLimit("it took too long")
        except MemoryError as error:
            raise MemoryLimit(TOO_MUCH) from error
        finally:
            rows.close()
            self._deadline, self._is_late = None, False

    def _stops(self) -> bool:
        """Whether the running query took too long. Python also handles a waiting Ctrl-C here."""
        self._is_late = self._deadline is not None and time.monotonic() > self._deadline
        return self._is_late

    def _reason(self, error: sqlite3.Error) -> BaseException:
        """What an error of a query means. SQLite does not pass on what a callback raised."""
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            return TimeLimit("it took too long") if self._is_late else KeyboardInterrupt()
        if interrupts.came():  # a function that SQL called was interrupted
            return KeyboardInterrupt()
        full = storage.full(error)
        if full is not None:
            return full
        words = str(error)
        if _failures and words.startswith("user-defined function"):
            words = _failures[-1]
        _failures.clear()
        return ValueError(words)

    def read_only(self, *, strangers: bool = False) -> None:
        """From now on, refuse everything that is not a SELECT; see `base.Engine`.

        What a query of a stranger sorts or collects stays in memory, which is bounded.
        """
        if strangers:
            self._connection.execute("PRAGMA temp_store = MEMORY")
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_authorizer(_only_reads)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def _values(missing: Sequence[Sequence[str]]) -> str:
    """SQL for one row of parameters, in which missing values are NULL."""
    if all(len(words) < 2 for words in missing):
        each = (f"nullif(?, {literal(words[0])})" if words else "?" for words in missing)
        return f"VALUES ({', '.join(each)})"
    # A parameter may be written only once, so the row is a table of one row.
    values = (without_words(f"v.c{n}", words) for n, words in enumerate(missing))
    given = ", ".join(f"? AS c{n}" for n in range(len(missing)))
    return f"SELECT {', '.join(values)} FROM (SELECT {given}) AS v"


_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


def _only_reads(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY
