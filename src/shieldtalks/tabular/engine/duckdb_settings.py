"""DuckDB's library, and its settings: given when a database is opened, which is faster than statements."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import Resource
from .limits import Limits

_ALWAYS = {
    "preserve_insertion_order": "true",
    "disabled_optimizers": "in_clause",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def settings(limits: Limits, resources: Sequence[Resource], scratch: Path) -> dict[str, str]:
    """The settings for tables of this size. What does not fit into the memory goes to `scratch`."""
    found = {
        **_ALWAYS,
        "temp_directory": str(scratch),
        "threads": str(limits.threads_for(resources)),
    }
    if limits.engine_memory is not None:
        found["memory_limit"] = f"{limits.engine_memory >> 20}MiB"
    return found


def library() -> Any:
    """The installed DuckDB library. The inner module is tried first, because it is faster to import."""
    for name in ("_duckdb", "duckdb"):
        with suppress(ImportError):
            return importlib.import_module(name)
    raise CannotRun("DuckDB is not installed", 'Install it with: pip install "duckdb>=2,<3"')
