"""Which rows of a source are its header and its comments: the general keys of a Table Dialect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..package.dialect import CsvDialect, csv_dialect
from .sections import Sections, joined
from .source import SourceRow


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the header and the comments are."""

    dialect: CsvDialect = field(default_factory=CsvDialect)

    @classmethod
    def of(cls, declared: Any) -> Heading:
        """The heading that a dialect declares. What the standard does not allow is ignored."""
        return cls(csv_dialect(declared))

    @property
    def is_present(self) -> bool:
        """Whether there is a header."""
        return self.dialect.has_header

    def split(
        self, rows: Iterator[SourceRow], want: Sequence[str]
    ) -> tuple[SourceRow | None, Iterator[SourceRow]]:
        """The header (None if there is none) and the rows of data after it, without comments.

        Rows before the last row of the header that do not belong to it are left out. `want` are the
        names of the fields (see `sections.joined`).
        """
        numbered = ((row.number, row) for row in rows)
        sections = Sections(numbered, self.dialect, self._is_comment)
        heads = sections.header()
        if len(heads) < 2:
            return (heads[0] if heads else None), sections.rows()
        cells = [[str(cell or "") for cell in head.cells] for head in heads]
        names = joined(cells, self.dialect, want)
        return SourceRow(heads[0].number, names, heads[0].line), sections.rows()

    def _is_comment(self, row: SourceRow) -> bool:
        """Whether the first cell of a row begins as a comment."""
        mark = self.dialect.comment_char
        first = row.cells[0] if isinstance(row.cells, Sequence) and row.cells else None
        return bool(mark) and first is not None and first.startswith(mark)
