"""JSON: `{"package": {...}, "tables": {"events": [{...}]}}`, one row a line, written as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..package import Package, Resource
from .output import write_text
from .rows import about, rows


def write(package: Package, tables: list[Resource], target: Path, force: bool) -> None:
    """Write the document to `target`."""
    write_text(_document(package, tables), target, force)


def _document(package: Package, tables: list[Resource]) -> Iterator[str]:
    yield f'{{"package": {json.dumps(about(package), ensure_ascii=False)},\n"tables": {{'
    for number, table in enumerate(tables):
        yield f"{',' if number else ''}\n{json.dumps(table.name, ensure_ascii=False)}: ["
        for index, row in enumerate(rows(table)):
            yield f"{',' if index else ''}\n{json.dumps(row, ensure_ascii=False, allow_nan=False)}"
        yield "]"
    yield "\n}}\n"
