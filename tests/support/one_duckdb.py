"""One DuckDB for many validations and exports: to start one takes longer than to check a small package.

Each validation gets a new, empty database in it, and its own settings; each export has its own file. A DuckDB
that refuses access to files refuses it for ever; here it is asked and does not. Tests of that, of limits and
of rules of strangers start their own.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.engine import duckdb as engine
from shieldtalks.tabular.engine.sql import identifier, literal

#: What cannot be undone.
FOR_EVER = {"SET enable_external_access = false", "SET lock_configuration = true"}

#: Settings that a validation may give, and that another one may leave out.
CHANGING = ("threads", "memory_limit", "temp_directory")


class One:
    """A connection that is kept. It is the library as well, as far as the engine uses it."""

    def __init__(self) -> None:
        self._library: Any = importlib.import_module("_duckdb")
        self._kept: Any = None
        self._is_open = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def connect(self, path: str, config: Mapping[str, str]) -> Any:
        """A connection with an empty database. While one is open, a further one is new."""
        if self._is_open:
            return self._library.connect(path, config=config)
        self._open(config)
        if path != ":memory:":
            name = identifier(Path(path).stem)
            self._kept.execute(f"ATTACH {literal(path)} AS {name}; USE {name}")
            return _Connection(self, f"DETACH {name}")
        return _Connection(self, "DETACH memory; ATTACH ':memory:' AS memory")

    def _open(self, config: Mapping[str, str]) -> None:
        if self._kept is None:
            self._kept = self._library.connect(":memory:", config=config)
            self._kept.execute("ATTACH ':memory:' AS keeper")
        for name in CHANGING:
            value = f"SET {name} = '{config[name]}'" if name in config else f"RESET {name}"
            self._kept.execute(value)
        self._is_open = True

    def clear(self, how: str) -> None:
        """Forget all tables, and make room for the next database."""
        with suppress(self._library.Error):  # there may be no transaction
            self._kept.execute("ROLLBACK")
        self._kept.execute(f"USE keeper; {how}; USE memory")
        self._is_open = False


class _Connection:
    def __init__(self, one: One, end: str) -> None:
        self._one = one
        self._end = end
        self._inner = one._kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def execute(self, sql: Any) -> Any:
        return self if sql in FOR_EVER else self._inner.execute(sql)

    def close(self) -> None:
        self._one.clear(self._end)


_ONE = One()


@contextmanager
def one_duckdb() -> Iterator[None]:
    """Within this block, all validations and exports of a process have one DuckDB."""
    import duckdb

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", _ONE.connect)
        patch.setattr(engine, "library", lambda: _ONE)
        yield
