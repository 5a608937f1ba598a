"""What a source of rows gives to `plain`: rows as they are written, where they are, and their faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from ..findings import CannotRun
from ..package import Resource
from .fault import Fault


class Native(str):
    """A value that the source itself types, as text: JSON's `1.50`, a day of a workbook as `2024-02-29`.

    `kind` is `number`, `boolean`, `json` (a list or an object), `date`, `datetime`, `time` or
    `duration`. Any other cell is a text, in which only the schema says what it means.
    """

    kind: str
    __slots__ = ("kind",)

    def __new__(cls, text: str, kind: str) -> Native:
        """A value of this kind."""
        value = super().__new__(cls, text)
        value.kind = kind
        return value


#: A cell: a text, a `Native`, or None for a value that is missing (JSON's null, an empty cell).
Cell = str | None


@dataclass(slots=True, eq=False, repr=False)
class SourceRow:
    """One row of a source: a row of data, a header or a comment."""

    #: Its number in the source, from 1. Headers, comments and blank rows count.
    number: int
    #: Its cells in order, or each by its name.
    cells: Sequence[Cell] | Mapping[str, Cell]
    #: The physical line on which it starts; 0 if the source has no lines.
    line: int = 0
    #: What is wrong with the row. If a fault does not keep the cells, they are not trusted.
    faults: Sequence[Fault] = ()


def _no_place(number: int, column: int | None, name: str) -> str | None:
    del number, column, name
    return None


@dataclass(slots=True, eq=False, repr=False)
class Reading:
    """How one file of a table is read."""

    #: The rows in order. The iterator may raise `Damaged`; OSError and TooLarge as for any file.
    rows: Iterator[SourceRow]
    #: Where a cell is: from the number of the row, the column from 0 (None: the whole row), the field.
    place: Callable[[int, int | None, str], str | None] = _no_place
    #: Whether rows have as many cells as there are columns, empty ones filled in (a sheet).
    is_padded: bool = False
    #: Whether the first row is always the header, whatever the dialect says (Parquet).
    is_named: bool = False


#: Takes a fault of the whole file.
Note = Callable[[Fault], None]


class Source(Protocol):
    """A module that reads one form of tables."""

    def read(self, part: Resource, note: Note) -> Reading:
        """How to read one file of a table. Raises OSError, TooLarge, Damaged and CannotRun."""


class Damaged(ValueError):
    """A file that is not what it should be, from here on. What was read before it stays."""

    def __init__(self, message: str, line: int = 0, hint: str | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint


class Lacking(CannotRun):
    """An optional library that a source needs and that is not installed."""


def library(name: str, extra: str, what: str) -> Any:
    """An optional library. Raises Lacking if it is not installed; `what` needs it."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        message = f"{what} needs {package}, which is not installed"
        raise Lacking(message, f'Install it: pip install "shieldtalks[{extra}]".') from error
