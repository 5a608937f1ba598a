"""JSON Lines: one row of one table a line, with the name of the table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..package import Package, Resource
from .output import write_text
from .rows import rows


def write(package: Package, tables: list[Resource], target: Path, force: bool) -> None:
    """Write the lines to `target`."""
    del package
    write_text(_lines(tables), target, force)


def _lines(tables: list[Resource]) -> Iterator[str]:
    for table in tables:
        for row in rows(table):
            line = {"table": table.name} | row
            yield json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"
