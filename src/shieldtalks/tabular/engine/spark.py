"""The Spark engine, for tables past one machine: the same SQL over Spark Connect.

A plain CSV file is cut into chunks. Where the workers of the server see the same file, each task reads its
own chunk; where they do not, this program reads the chunks and sends the rows, some at a time. A table that
is not small is stored on the server until the end. Results come back row by row.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from csv import Error as CsvError
from itertools import count
from typing import Any

from .. import interrupts
from ..findings import CannotRun
from ..package import Resource
from . import spark_chunks as chunks
from .base import TimeLimit
from .spark_fence import check_rule
from .spark_judging import Judged
from .spark_recursion import without_recursion
from .spark_session import aside, connect, is_gone, reason
from .spark_sql import name as quoted
from .sql import ROW, identifier
from .within import within

#: A table of at most so many bytes is part of each query; a larger one is stored on the server.
_SMALL = 1 << 18
#: The number of tasks with which a small cluster reads a file.
_FEW_TASKS = 8
#: The looks, about 20 in a second, after which the session is ended if a server does not end a query.
_POLITE = 60
#: Bytes of Arrow that are sent together.
_SENT = 32 << 20


class Spark:
    """The tables of one package as text in a session of a Spark server."""

    reads_files = True
    #: The bytes of a chunk. Tests make it smaller.
    chunk_size = chunks.CHUNK

    def __init__(self, resources: Sequence[Resource], remote: str | None = None) -> None:
        self._session = connect(remote)
        self._prefix = f"shieldtalks_{uuid.uuid4().hex}"
        self._numbers = count()
        self._judged = Judged(resources, self._texts, self._store_texts)
        self.reads, self.dialect = self._judged.reads, self._judged.dialect
        #: The view and the columns of each table of the package.
        self._views: dict[str, str] = {}
        self._columns: dict[str, dict[str, str]] = {}
        #: The tables that rules can read by their name.
        self._shown: set[str] = set()
        #: The tables that the server stores.
        self._stored: list[str] = []
        #: Whether tasks have read files; None as long as nobody knows.
        self._tasks_read: bool | None = None
        #: Whether the session was ended: nothing else ended a query, or the server does not answer.
        self._is_ended = False

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Create an empty table with these text columns."""
        self._show(table, columns, self._store([], len(columns)))

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Send rows of text in order; see `base.Engine`."""
        sent = _Counted(chunks.from_rows(rows, missing))
        self._show(table, columns, self._store(sent, len(columns)))
        return sent.rows

    def read_file(
        self, resource: Resource, missing: Sequence[Sequence[str]], delimiter: str
    ) -> int | None:
        """Fill a table from plain CSV files, chunk by chunk; see `base.Engine`."""
        try:
            found = list(chunks.cut(resource.files, self.chunk_size))
            view, rows = self._read(found, missing, delimiter)
        except (ValueError, CsvError):
            return None
        self._show(resource.name, resource.field_names, view)
        return rows

    def _read(
        self, found: list[chunks.Chunk], missing: Sequence[Sequence[str]], delimiter: str
    ) -> tuple[str, int]:
        """The view of the rows in chunks, and their number."""
        if len(found) > 1 and self._tasks_read is not False:
            view = self._read_by_tasks(found, missing, delimiter)
            if view is not None:
                ((rows,),) = self.query(f"SELECT count(*) FROM {view}")
                return view, int(rows)
        sent = _Counted(chunks.here(found, delimiter, missing))
        return self._store(sent, len(missing)), sent.rows

    def _read_by_tasks(
        self, found: list[chunks.Chunk], missing: Sequence[Sequence[str]], delimiter: str
    ) -> str | None:
        """The view of the rows that tasks on the server read; None if they cannot read the files.

        Raises ValueError if they can, and the rows are not as they should be.
        """
        import pyarrow as pa
        from pyspark import cloudpickle

        columns = zip(*found, strict=True)
        listed = pa.table(dict(zip(chunks.Chunk._fields, map(list, columns), strict=True)))
        types = ", ".join([f"{ROW} bigint", *(f"c{n} string" for n in range(len(missing)))])
        # A cluster may have fewer places for tasks than there are chunks.
        for tasks in sorted({len(found), min(len(found), _FEW_TASKS), 1}, reverse=True):
            name = self._new_name()
            self._stored.append(name)
            cloudpickle.register_pickle_by_value(chunks)
            try:
                frame = self._session.createDataFrame(listed).repartition(tasks)
                read = frame.mapInArrow(chunks.reader_of(delimiter, missing), types)
                read.write.saveAsTable(name)
            except Exception as error:
                self._check(error)
                if chunks.ODD in str(error):  # with fewer tasks it is the same
                    raise ValueError(reason(error)) from error
            else:
                self._tasks_read = True
                return name
            finally:
                cloudpickle.unregister_pickle_by_value(chunks)
        self._tasks_read = False
        return None

    def has_control_characters(self, table: str, columns: Sequence[str]) -> None:
        """Do nothing: each is a character like any other."""

    def narrow(self, table: str, fields: Sequence[str]) -> str:
        """The rows with these fields, and with what Python says of them."""
        columns = self._columns[table]
        names = [f"{columns[field]} AS {identifier(field)}" for field in dict.fromkeys(fields)]
        rows = f"(SELECT {', '.join([ROW, *names])} FROM {self._views[table]})"
        return self._judged.joined(table, fields, rows)

    def suspects(self, table: str, fields: Sequence[str] = ()) -> str:
        """All rows, with these fields or with all of them."""
        return self.narrow(table, fields or list(self._columns[table]))

    def orphans(self, table: str, field: str) -> None:
        """None: all rows are in `suspects`."""

    def ascending(self, source: str, expression: str) -> bool:
        """Always False: rows on a server have no order."""
        del source, expression
        return False

    def index(self, table: str, expressions: Sequence[str]) -> None:
        """Do nothing: Spark joins by hashes or by sorting."""

    def query(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT, some at a time; see `base.Engine`."""
        try:
            return self._rows(without_recursion(sql, self._keep))
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error

    def _keep(self, spark_sql: str, columns: Sequence[str]) -> tuple[str, int, list[str]]:
        """Store the rows of a SELECT: the name of the table, the number of rows, and the columns."""
        name = self._new_name()
        try:
            frame = self._session.sql(spark_sql)
            names = list(columns) or frame.columns
            self._stored.append(name)
            frame.toDF(*names).write.saveAsTable(name)
        except Exception as error:
            self._check(error)
            raise ValueError(reason(error)) from error
        ((rows,),) = self._rows(f"SELECT count(*) FROM {name}")
        return name, int(rows), names

    def _rows(self, spark_sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT in Spark's own SQL."""
        if self._is_ended:
            raise ValueError("an earlier rule took too long, and the session had to be ended")
        try:
            rows = self._session.sql(spark_sql).toLocalIterator()
            try:
                yield from map(tuple, rows)
            finally:
                rows.close()
        except Exception as error:
            self._check(error)
            raise ValueError(reason(error)) from error

    def bounded(self, sql: str, seconds: float, take: Callable[[tuple[Any, ...]], None]) -> None:
        """Give each row of a SELECT of a stranger to `take`; see `base.Engine`."""
        check_rule(sql, self._shown)

        def work() -> None:
            for row in self.query(sql):
                take(row)

        calls = count()

        def interrupt() -> None:
            call = next(calls)
            if call == 0:
                aside(self._session.interruptAll)
            elif call == _POLITE:  # Sail goes on, and answers nothing: leave it alone
                self._end()

        within(work, interrupt, seconds)

    def read_only(self, *, strangers: bool = False) -> None:
        """Do nothing: every query is one SELECT, and `bounded` looks at those of strangers first."""
        del strangers

    def close(self) -> None:
        """Remove the stored tables, and end the session."""
        for name in self._stored:  # Sail forgets a table that is dropped, but keeps its files
            self._try(f"INSERT OVERWRITE TABLE {name} SELECT * FROM {name} WHERE false")
            self._try(f"DROP TABLE IF EXISTS {name}")
        if not self._is_ended:
            with suppress(Exception):
                self._session.stop()

    def _try(self, statement: str) -> None:
        """Run a statement of which nobody needs to know whether it worked."""
        if self._is_ended:
            return
        try:
            self._session.sql(statement).collect()
        except Exception as error:
            if is_gone(error):
                self._end()

    def _end(self) -> None:
        """Leave a server alone that answers nothing. Each request would take long to fail."""
        self._is_ended = True
        aside(self._session.client._channel.close)

    def _show(self, table: str, columns: Sequence[str], view: str) -> None:
        """Show stored rows under the name of a table, for rules."""
        self._views[table] = view
        self._columns[table] = {name: f"c{place}" for place, name in enumerate(columns)}
        names = [f"c{place} AS {quoted(name)}" for place, name in enumerate(columns)]
        rows = f"SELECT {', '.join([ROW, *names])} FROM {view}"
        try:
            self._session.sql(rows).createOrReplaceTempView(quoted(table).strip("`"))
            self._shown.add(table)
        except Exception as error:  # only rules need this name: those that do cannot run
            self._shown.discard(table)
            self._check(error)

    def _store(self, batches: Iterable[Any], width: int) -> str:
        """A view or a table with these batches of rows. A small one is part of the queries."""
        import pyarrow as pa

        types = [(ROW, pa.int64()), *((f"c{place}", pa.string()) for place in range(width))]
        schema, some, size = pa.schema(types), [], 0
        name, is_stored = self._new_name(), False
        for batch in batches:
            some.append(batch)
            size += batch.nbytes
            if size > _SENT:
                self._append(name, pa.Table.from_batches(some, schema))
                some, size, is_stored = [], 0, True
        table = pa.Table.from_batches(some, schema)
        if is_stored or size > _SMALL:
            if some:
                self._append(name, table)
        else:
            self._call(lambda: self._frame(table).createOrReplaceTempView(name))
        return name

    def _append(self, name: str, table: Any) -> None:
        if name not in self._stored:
            self._stored.append(name)
        self._call(lambda: self._frame(table).write.mode("append").saveAsTable(name))

    def _frame(self, table: Any) -> Any:
        if table.num_rows:
            return self._session.createDataFrame(table)
        # The library makes no frame of a table without rows.
        names = [f"CAST(NULL AS string) AS {name}" for name in table.column_names[1:]]
        columns = ", ".join([f"CAST(NULL AS bigint) AS {ROW}", *names])
        return self._session.sql(f"SELECT {columns} WHERE false")

    def _call(self, work: Callable[[], Any]) -> None:
        """Do something on the server. Raises CannotRun if it refuses."""
        try:
            work()
        except Exception as error:
            self._check(error)
            hint = "The server must be allowed to write to its warehouse."
            raise CannotRun(
                f"the Spark server cannot store a table ({reason(error)})", hint
            ) from error

    def _texts(self, table: str, field: str) -> Iterator[str]:
        """Each distinct text of a field, some at a time."""
        column = self._columns[table][field]
        sql = f"SELECT DISTINCT {column} FROM {self._views[table]} WHERE {column} IS NOT NULL"
        return (text for (text,) in self.query(sql))

    def _store_texts(self, rows: Iterable[Sequence[str]]) -> str:
        """A new table with these rows of three texts."""
        return self._store(chunks.from_rows(rows, [()] * 3), 3)

    def _new_name(self) -> str:
        return f"{self._prefix}_{next(self._numbers)}"

    def _check(self, error: Exception) -> None:
        """Raise what an error means if it is not about the query: Ctrl-C, or a server that went away."""
        if interrupts.came():
            raise KeyboardInterrupt from error
        if is_gone(error):
            self._end()
            hint = "Start the server again, then run the command again."
            raise CannotRun("the Spark server has stopped answering", hint) from error
        if isinstance(error, ValueError | CsvError | CannotRun | TimeLimit):
            raise error


class _Counted:
    """Batches, and the number of their rows once they were read."""

    def __init__(self, batches: Iterable[Any]) -> None:
        self._batches = batches
        self.rows = 0

    def __iter__(self) -> Iterator[Any]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch
