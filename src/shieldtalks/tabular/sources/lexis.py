"""The characters of a dialect: where a cell of one line ends, and which text it stands for."""

from __future__ import annotations

import re

from ..package.dialect import CsvDialect

#: What follows a delimiter and is no part of the cell, if `skipInitialSpace` says so.
_BLANKS = " \t"


class Lexis:
    """How the cells of a line are told apart in a dialect. Each function takes linear time."""

    __slots__ = (
        "_blanks",
        "_doubled",
        "_escape",
        "_marks",
        "_null",
        "_outside",
        "delimiter",
        "inside",
        "quote",
    )

    def __init__(self, dialect: CsvDialect) -> None:
        self.delimiter, self.quote, self._escape = dialect.delimiter, dialect.quote, dialect.escape
        self._doubled = dialect.quote * 2 if dialect.double_quote else ""
        blanks = "".join(char for char in _BLANKS if char not in dialect.delimiter)
        self._blanks = re.compile(f"[{blanks}]*") if dialect.skip_initial_space and blanks else None
        quote, escape, delimiter = map(re.escape, (self.quote, self._escape, self.delimiter))
        #: Matches the rest of a quoted cell: up to its closing quote, or to the end of the line.
        inside = f"[^{quote}{escape}]++" if quote or escape else ".++"
        pairs = [rf"{escape}(?:.|\Z)"] if escape else []
        doubled = [re.escape(self._doubled)] if self._doubled else []
        self.inside = re.compile(f"(?:{'|'.join([inside, *pairs, *doubled])})*+", re.DOTALL)
        #: Matches an unquoted cell. Without an escape character, its end is simply looked for.
        first = re.escape(self.delimiter[:1])
        outside = [f"[^{first}{escape}]++", f"(?!{delimiter}){first}", *pairs]
        self._outside = re.compile(f"(?:{'|'.join(outside)})*+", re.DOTALL) if escape else None
        #: Matches what stands for another text.
        self._marks = re.compile("|".join([*(f"{escape}(.)" for _ in pairs), *doubled]), re.DOTALL)
        #: A cell that is written like this has no value, and keeps its escape characters.
        null = dialect.null_sequence
        self._null = null if null and self._escape and self._escape in null else None

    def split(self, line: str) -> list[str] | None:
        """The cells of a line without quotes and escape characters; None if it has any."""
        if (self.quote and self.quote in line) or (self._escape and self._escape in line):
            return None
        cells = line.split(self.delimiter)
        if self._blanks is not None:
            cells[1:] = [cell[self.skipped(cell, 0) :] for cell in cells[1:]]
        return cells

    def is_open(self, line: str) -> bool:
        """Whether the end of a line is escaped."""
        if not self._escape or not line.endswith(self._escape):
            return False
        return (len(line) - len(line.rstrip(self._escape))) % 2 == 1

    def is_quoted(self, line: str, position: int) -> bool:
        """Whether a quoted cell starts here."""
        return self.quote != "" and line.startswith(self.quote, position)

    def skipped(self, line: str, position: int) -> int:
        """The place where the cell after a delimiter starts."""
        match = self._blanks.match(line, position) if self._blanks is not None else None
        return match.end() if match else position

    def until(self, line: str, position: int) -> tuple[int, str]:
        """The place of the next delimiter or the end of the line, and the text before it."""
        if self._outside is not None:
            match = self._outside.match(line, position)
            end = match.end() if match else position
        else:
            end = line.find(self.delimiter, position)
            end = len(line) if end < 0 else end
        return end, line[position:end]

    def has_stray_quote(self, raw: str) -> bool:
        """Whether an unquoted cell contains a quote that is not escaped."""
        if not self.quote or self.quote not in raw:
            return False
        if not self._escape:
            return True
        pair = re.escape(self._escape) + "."
        return self.quote in re.sub(pair, "", raw, flags=re.DOTALL)

    def plain(self, raw: str) -> str:
        """The text of an unquoted cell."""
        if not self._escape or self._escape not in raw or raw == self._null:
            return raw
        return re.sub(rf"{re.escape(self._escape)}(.)", r"\1", raw, flags=re.DOTALL)

    def unquoted(self, raw: str) -> str:
        """The text of a quoted cell or of one line of it, without the quotes around it."""
        if not self._escape:
            return raw.replace(self._doubled, self.quote) if self._doubled else raw
        return self._marks.sub(lambda match: match[1] or self.quote, raw)
