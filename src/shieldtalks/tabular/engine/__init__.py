"""The SQL engine: it stores tables as text, and runs the SQL of schemas and rules on them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from ..findings import CannotRun
from ..package import Resource
from .base import Engine
from .limits import NO_LIMITS, Limits

#: If the tables have at least this many bytes, DuckDB is faster than SQLite.
BULK = 5_000_000

#: The names of the engines, and `auto`.
ENGINES = ("auto", "sqlite", "duckdb", "spark")


def choose(
    name: str,
    resources: Sequence[Resource],
    *,
    lean: bool,
    limits: Limits = NO_LIMITS,
    remote: str | None = None,
) -> Engine:
    """A new, empty engine for the tables of a package.

    `auto` is DuckDB if it is installed and the tables are large, otherwise SQLite. A lean engine
    stores only what the check of the schema needs. `remote` is the address of a Spark server. Raises
    CannotRun if `name` is unknown, if it is `duckdb` and DuckDB is not installed, or if it is `spark` and
    no server can be reached.
    """
    if name not in ENGINES:
        raise CannotRun(f'there is no engine "{name}"', f"Known: {', '.join(ENGINES)}.")
    if name == "duckdb" or (name == "auto" and is_bulk(resources)):
        from .duckdb import DuckDb

        return DuckDb(resources, lean=lean, limits=limits)
    if name == "spark":
        from .spark import Spark

        return Spark(resources, remote)
    from .sqlite import Sqlite

    return Sqlite(limits.engine_memory)


def is_bulk(resources: Sequence[Resource]) -> bool:
    """Whether DuckDB is installed and these tables are large enough for it."""
    files = [file for resource in resources for file in resource.files]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return size >= BULK and find_spec("duckdb") is not None
