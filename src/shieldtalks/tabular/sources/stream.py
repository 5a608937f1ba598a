"""The rows of a table as text, in order, with the numbers that findings give them.

The loader reads them as it does for an engine, so every form of table and every dialect is read, and a
row has the same number in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from ..engine.base import Engine
from ..jsontext import first_repeated
from ..package import Resource
from . import csv as reader
from .loaded import LoadedTable
from .parts import first_record


class Enough(Exception):
    """No more rows are needed."""


class _Stream:
    """What takes the rows in the place of an engine."""

    reads_files = False

    def __init__(
        self, take: Callable[[int, Sequence[str]], None], start: Callable[[], None]
    ) -> None:
        self._take = take
        self._start = start

    def reads(self, resource: Resource) -> None:
        """Nothing is checked."""

    def create(self, table: str, columns: Sequence[str]) -> None:
        """Nothing is stored."""

    def insert(
        self,
        table: str,
        columns: Sequence[str],
        missing: Sequence[Sequence[str]],
        rows: Iterable[Sequence[str]],
    ) -> int:
        """Give each row to `take`. A row of another width is for another reader, as for an engine."""
        del table, missing
        self._start()
        number, width, take = 0, len(columns), self._take
        for number, cells in enumerate(rows, start=1):
            if len(cells) != width:
                raise ValueError("the number of cells is wrong")
            take(number, cells)
        return number

    def read_file(self, *_: object) -> None:
        """There is no reader of its own."""

    def has_control_characters(self, *_: object) -> None:
        """Each is a character like any other."""


def stream(
    resource: Resource,
    take: Callable[[int, Sequence[str]], None],
    start: Callable[[], None] = lambda: None,
) -> LoadedTable | None:
    """Give each row of a table to `take`: its number from 1, and its cells in the order of the fields.

    `start` is called before the first row, and again if the rows have to be read from the beginning by
    another reader. Raises what the loader raises. `take` may raise Enough: the result is then None.
    """
    try:
        return reader.load(_without_words(resource), cast(Engine, _Stream(take, start)))
    except Enough:
        return None


def _without_words(resource: Resource) -> Resource:
    """The table without its words for a missing value: the loader replaces many of them by one."""
    fields = [
        {key: value for key, value in field.items() if key != "missingValues"}
        for field in resource.fields
    ]
    schema = {key: value for key, value in resource.schema.items() if key != "missingValues"}
    return replace(resource, schema=schema | {"fields": fields})


def with_header(resource: Resource) -> Resource | None:
    """The table with the names in its header as fields, if it has no schema.

    None if it has no header, or one with the same name twice.
    """
    if resource.fields:
        return resource
    names = first_record(resource)
    if not any(names) or first_repeated(names) is not None:
        return None
    fields = [{"name": name, "type": "string"} for name in names]
    return replace(resource, schema={"fields": fields})
