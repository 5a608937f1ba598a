"""Tables in Parquet files. The file has the names of the columns and the types of their values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..findings import CannotRun
from ..package import Resource
from ..sources import parquet
from ..sources.octets import TooLarge
from ..sources.source import Damaged, Native
from .guess import CERTAIN, Guesses


class ParquetTable:
    """The table in a Parquet file."""

    header_row = 0
    lacks_cells = False
    words: dict[str, Any] = {  # noqa: RUF012 (never changed)
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }

    def __init__(self, file: Path, path: str, name: str) -> None:
        self.name, self.path, self.file = name, path, file
        self.guesses = Guesses(name)
        self.natives: dict[int, set[str]] = {}
        self.labels = next(self._each(), [])
        self.width = len(self.labels)
        self.guesses.add("format", "parquet", "it is a Parquet file", CERTAIN)

    def rows(self) -> Iterator[list[str]]:
        """The rows as texts."""
        found = self._each()
        next(found, None)
        yield from found

    def _each(self) -> Iterator[list[str]]:
        """The names of the columns, then the rows."""
        part = Resource(self.name, self.path, self.file, dict(self.words), {}, None)
        try:
            for row in parquet.read(part, lambda _: None).rows:
                yield [self._text(index, cell) for index, cell in enumerate(row.cells)]
        except (Damaged, TooLarge) as error:
            raise CannotRun(str(error)) from error

    def _text(self, index: int, cell: str | None) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Native) and cell.kind != "text":
            self.natives.setdefault(index, set()).add(cell.kind)
        return str(cell)
