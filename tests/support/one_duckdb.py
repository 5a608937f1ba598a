"""One DuckDB for many validations: to start one takes longer than to check a small package.

Each validation gets new, empty databases in it, and its own settings. A DuckDB that refuses access to files
refuses it for ever; here the request is noted and nothing more. Tests of that, of limits and of rules of
strangers start their own.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from shieldtalks.tabular.engine import duckdb as engine

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
        """A connection with an empty database `memory`. While one is open, a further one is new."""
        assert path == ":memory:"
        if self._is_open:
            return self._library.connect(path, config=config)
        if self._kept is None:
            self._kept = self._library.connect(path, config=config)
            self._kept.execute("ATTACH ':memory:' AS keeper")
        for name in CHANGING:
            value = f"SET {name} = '{config[name]}'" if name in config else f"RESET {name}"
            self._kept.execute(value)
        self._is_open = True
        return _Connection(self)

    def clear(self) -> None:
        """Forget all tables, and make room for the next validation."""
        self._kept.execute("USE keeper; DETACH memory; ATTACH ':memory:' AS memory; USE memory")
        self._is_open = False


class _Connection:
    def __init__(self, one: One) -> None:
        self._one = one
        self._inner = one._kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def execute(self, sql: Any) -> Any:
        return self if sql in FOR_EVER else self._inner.execute(sql)

    def close(self) -> None:
        self._one.clear()


_ONE = One()


@contextmanager
def one_duckdb() -> Iterator[None]:
    """Within this block, all validations of a process have one DuckDB."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_library", lambda: _ONE)
        yield
