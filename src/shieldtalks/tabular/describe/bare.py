"""A table of a bare file: what any source of rows gives to `describe`.

A source is a function that takes a file and gives its tables. A table can be read several times, and
its rows are lists of texts; a cell without a value is "".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from .guess import Guesses


class Bare(Protocol):
    """A table without a description."""

    #: The name of the table in the descriptor.
    name: str
    #: The path of its file, relative to the folder of the descriptor.
    path: str
    #: The names of the columns as they are written; empty if there are none.
    labels: list[str]
    #: The number of columns.
    width: int
    #: What was guessed about the file.
    guesses: Guesses
    #: The kinds of values in each column that the file itself types, such as `number`; filled by `rows`.
    natives: dict[int, set[str]]
    #: Whether rows may lack cells that others have, as objects of JSON may.
    lacks_cells: bool

    @property
    def words(self) -> dict[str, Any]:
        """The words of the resource that say how it is read: format, encoding, dialect and so on."""
        ...

    @property
    def header_row(self) -> int:
        """The number of the row that is the header, counted from 1; 0 if there is none."""
        ...

    def rows(self) -> Iterator[list[str]]:
        """The rows below the header, each as long as it is in the file. Blank rows are left out."""
        ...


@runtime_checkable
class WithUnits(Protocol):
    """A table that may have a row of units below its header."""

    @property
    def units(self) -> list[str]:
        """The unit of each column, or ""; empty if there is no such row."""
        ...
