"""Which rows of a source are its header and its comments: the general keys of a Table Dialect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .source import Cell, SourceRow


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the header and the comments are."""

    #: The numbers of the rows of the header, from 1. None: the first row that is no comment; empty: none.
    rows: frozenset[int] | None = None
    #: What stands between the parts of a name that has several rows.
    join: str = " "
    comment_rows: frozenset[int] = frozenset()
    #: With what the first cell of a comment begins; "" if there are no such comments.
    comment: str = ""

    @classmethod
    def of(cls, dialect: Any) -> Heading:
        """The heading that a dialect declares. What the standard does not allow is ignored."""
        declared = dialect if isinstance(dialect, dict) else {}
        rows = _numbers(declared.get("headerRows"))
        if declared.get("header") is False:
            rows = frozenset()
        join = declared.get("headerJoin")
        return cls(
            rows,
            join if isinstance(join, str) else " ",
            _numbers(declared.get("commentRows")) or frozenset(),
            str(declared.get("commentChar") or ""),
        )

    def is_comment(self, row: SourceRow) -> bool:
        """Whether a row is a comment."""
        if row.number in self.comment_rows:
            return True
        first = row.cells[0] if isinstance(row.cells, Sequence) and row.cells else None
        return bool(self.comment) and first is not None and first.startswith(self.comment)

    def split(self, rows: Iterator[SourceRow]) -> tuple[SourceRow | None, Iterator[SourceRow]]:
        """The header (None if there is none) and the rows of data after it, without comments.

        Rows before the last row of the header that do not belong to it are left out.
        """
        data = (row for row in rows if not self.is_comment(row))
        if self.rows is None:
            return next(data, None), data
        if not self.rows:
            return None, data
        parts: list[SourceRow] = []
        for row in rows:
            if row.number in self.rows:
                parts.append(row)
            if row.number >= max(self.rows):
                break
        return (self._joined(parts) if parts else None), data

    def _joined(self, parts: Sequence[SourceRow]) -> SourceRow:
        columns: list[list[str]] = []
        for part in parts:
            for number, cell in enumerate(part.cells):
                if number == len(columns):
                    columns.append([])
                if cell:
                    columns[number].append(cell)
        cells: list[Cell] = [self.join.join(dict.fromkeys(column)) for column in columns]
        return SourceRow(parts[0].number, cells, parts[0].line)


def _numbers(declared: Any) -> frozenset[int] | None:
    """The row numbers in a list; None if it is no list with any."""
    if not isinstance(declared, list):
        return None
    found = frozenset(number for number in declared if type(number) is int and number > 0)
    return found or None
