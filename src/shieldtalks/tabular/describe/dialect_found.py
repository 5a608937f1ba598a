"""The dialect of delimited text as it was found, with its evidence."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .guess import Certainty


@dataclass(slots=True)
class Dialect:
    """How a text file is cut into rows and cells."""

    delimiter: str = ","
    quote: str = '"'
    #: The character before a quote that is part of a cell; "" if two quotes mean one.
    escape: str = ""
    skips_blanks: bool = False
    comment: str = ""
    #: The number of the record that is the header, or the last one of it, counted from 1; 0 if there is none.
    header_row: int = 1
    #: The number of the other record of a header of two; 0 if it has only one.
    upper_row: int = 0
    #: The header as it is written; empty if there is none.
    header: list[str] = field(default_factory=list)
    #: Whether no delimiter cuts the rows, and several blanks are between words in most of them.
    is_aligned: bool = False
    #: The unit of each column, from a row directly below the header; empty if there is no such row.
    units: list[str] = field(default_factory=list)
    #: How many cells most rows have.
    width: int = 0
    #: What was found, with its evidence and its certainty.
    found: list[tuple[str, object, str, Certainty]] = field(default_factory=list)

    @property
    def header_rows(self) -> list[int]:
        """The numbers of the records of the header."""
        return [self.upper_row, self.header_row] if self.upper_row else [self.header_row]

    @property
    def rows_above(self) -> int:
        """How many records are above the rows of the table."""
        return self.header_row + bool(self.units)

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The reader of Python for this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.skips_blanks,
            escapechar=self.escape or None,
        )
