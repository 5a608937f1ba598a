"""The rows of a large table in temporary files, so that equal keys are in the same file."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from .table_rows import Texts

#: The number of files for each table.
COUNT = 64

#: A row with its number in the table, from 0.
Numbered = tuple[int, Texts]


def write_parts(
    rows: Iterable[Texts], key_of: Callable[[Texts], Hashable], folder: Path
) -> list[str]:
    """Write rows to the files of a new folder by the hash of their keys. The names of their fields."""
    folder.mkdir()
    names: list[str] = []
    with ExitStack() as stack:
        files = [stack.enter_context((folder / str(part)).open("wb")) for part in range(COUNT)]
        for number, row in enumerate(rows):
            names = names or list(row)
            marshal.dump((number, list(row.values())), files[hash(key_of(row)) % COUNT])
    return names


def read_part(folder: Path, part: int, names: list[str]) -> Iterator[Numbered]:
    """The rows of one file, in the order of the table."""
    with (folder / str(part)).open("rb") as file:
        while True:
            try:
                number, cells = _loaded(file)
            except EOFError:
                return
            yield number, dict(zip(names, cells, strict=True))


def _loaded(file: Any) -> tuple[int, list[Any]]:
    """The next row of a file that this process has written."""
    loaded: tuple[int, list[Any]] = marshal.load(file)  # noqa: S302 (our own file)
    return loaded
