"""The dialect of delimited text, found in its first lines: delimiter, quotes, comments and header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..delimiters import DELIMITERS, cut, scores, some_rows, usual_width
from ..shapes import is_value, is_year
from .guess import CERTAIN, LIKELY, UNCERTAIN, Certainty


@dataclass(slots=True)
class Dialect:
    """How a text file is cut into rows and cells."""

    delimiter: str = ","
    quote: str = '"'
    skips_blanks: bool = False
    comment: str = ""
    #: The number of the record that is the header, counted from 1; 0 if there is none.
    header_row: int = 1
    #: The header as it is written; empty if there is none.
    header: list[str] = field(default_factory=list)
    #: How many cells most rows have.
    width: int = 0
    #: What was found, with its evidence and its certainty.
    found: list[tuple[str, object, str, Certainty]] = field(default_factory=list)

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The reader of Python for this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.skips_blanks,
        )


def sniff(sample: str, suffix: str) -> Dialect:
    """The dialect of a text by its beginning. The suffix of the file decides where two are as good."""
    dialect = Dialect()
    body = _without_comments(sample, dialect)
    order = sorted(DELIMITERS, key=lambda char: suffix in (".tsv", ".tab") and char != "\t")
    points = scores(body)
    best = max(points.values())
    if best <= 0:
        dialect.width = 1
        dialect.delimiter = next((char for char in DELIMITERS if not _cuts(body, char)), ",")
        dialect.found.append(("delimiter", None, "no delimiter cuts the rows: one column", CERTAIN))
    else:
        dialect.delimiter = next(char for char in order if points[char] == best)
        _quotes(body, dialect)
    rows = _rows(body, dialect)
    _blanks(rows, dialect)
    if dialect.skips_blanks:
        rows = _rows(body, dialect)
    if best > 0:
        dialect.width = usual_width(rows)
        filled = [row for row in rows if row]
        alike = sum(len(row) == dialect.width for row in filled)
        what = DELIMITERS[dialect.delimiter]
        evidence = f"{what} cuts {alike} of the first {len(filled)} rows"
        dialect.found.append(
            ("delimiter", dialect.delimiter, f"{evidence} into {dialect.width} cells", CERTAIN)
        )
    find_header(_numbered(sample, dialect), dialect)
    return dialect


def _cuts(text: str, delimiter: str) -> bool:
    """Whether a character cuts any of the rows."""
    return any(len(row) > 1 for row in cut(text, delimiter))


def _rows(text: str, dialect: Dialect) -> list[list[str]]:
    return some_rows(dialect.reader(io.StringIO(text, newline="")))


def _numbered(sample: str, dialect: Dialect) -> list[list[str]]:
    """The rows with those of comments emptied, so that the numbers are those of the file."""
    rows = _rows(sample, dialect)
    if not dialect.comment:
        return rows
    return [[] if row and row[0].startswith(dialect.comment) else row for row in rows]


def _without_comments(sample: str, dialect: Dialect) -> str:
    """The sample without lines that begin with a hash sign, if they are comments."""
    lines = sample.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line.strip() and line[0] != "#"), 0)
    marked = [line for line in lines[:first] if line.strip()]
    if not marked:
        return sample
    mark = max(DELIMITERS, key=lambda char: lines[first].count(char))
    if len(marked) == 1 and marked[0].count(mark) == lines[first].count(mark) > 0:
        return sample  # the header itself begins with a hash sign
    dialect.comment = "#"
    evidence = f'the first lines begin with "#": {len(marked)}'
    dialect.found.append(("commentChar", "#", evidence, CERTAIN))
    return "".join(line for line in lines if line[0] != "#")


def _quotes(body: str, dialect: Dialect) -> None:
    """Single quotes, if they surround cells and double quotes do not."""
    if '"' in body or "'" not in body:
        return
    mark = re.escape(dialect.delimiter)
    around = len(re.findall(rf"(?:^|{mark})'[^'\n]*'(?={mark}|\r?$)", body, re.MULTILINE))
    if around >= 3 and around >= 0.1 * body.count("\n"):
        dialect.quote = "'"
        evidence = (
            f"{around} cells of the first rows are in single quotes, and none in double quotes"
        )
        dialect.found.append(("quoteChar", "'", evidence, LIKELY))


def _blanks(rows: list[list[str]], dialect: Dialect) -> None:
    """Blanks after each delimiter, if nearly every cell begins with one."""
    cells = [cell for row in rows for cell in row[1:] if cell]
    led = sum(cell[0] == " " for cell in cells)
    if cells and led >= 0.95 * len(cells) and len(cells) > 1:
        dialect.skips_blanks = True
        evidence = f"{led} of {len(cells)} cells begin with a blank"
        dialect.found.append(("skipInitialSpace", True, evidence, LIKELY))


def find_header(rows: list[list[str]], dialect: Dialect) -> None:
    """Find the header among rows, and whether there is one; the rows keep their places in the file."""
    width = dialect.width or usual_width(rows)
    dialect.width = width
    wanted = max((width + 1) // 2, 2) if width > 1 else 1
    first = next((n for n, row in enumerate(rows) if len(list(filter(None, row))) >= wanted), None)
    if first is None:
        first = next((n for n, row in enumerate(rows) if any(row)), None)
    if first is None:
        return
    header, below = rows[first], [row for row in rows[first + 1 :] if any(row)]
    is_header, evidence, certainty = _is_header(header, below)
    if not is_header:
        dialect.header_row = 0
        dialect.found.append(("header", False, evidence, certainty))
        return
    dialect.header_row, dialect.header = first + 1, header
    titles = [row for row in rows[:first] if any(row)]
    if first and (titles or not dialect.comment):
        title = " ".join(filter(None, titles[0])) if titles else ""
        what = f'a title such as "{title[:40]}"' if titles else "a blank line"
        said = f"{what} is above it; row {first + 1} is the first with names in most columns"
        dialect.found.append(("headerRows", [first + 1], said, LIKELY))
    dialect.found.append(("header", True, evidence, certainty))


def _is_header(header: list[str], below: list[list[str]]) -> tuple[bool, str, Certainty]:
    """Whether a row is a header, with the evidence."""
    values = [cell for cell in header if is_value(cell.strip())]
    filled = [cell for cell in header if cell.strip()]
    if values and not (len(filled) > len(values) and all(map(is_year, values))):
        return False, f'the first row contains values, such as "{values[0]}"', LIKELY
    if not below:
        return True, "it is the only row, and has no numbers and dates", LIKELY
    for index, name in enumerate(header):
        column = [row[index].strip() for row in below if index < len(row) and row[index].strip()]
        if column and sum(map(is_value, column)) >= 0.6 * len(column):
            return True, f'"{name[:40]}" is the name of a column of values', CERTAIN
    repeated = [name for index, name in enumerate(header) if _occurs(name, index, below)]
    if repeated:
        evidence = f'"{repeated[0][:40]}" in the first row is also a value below it'
        return False, evidence, LIKELY if 2 * len(repeated) >= len(header) else UNCERTAIN
    if len(set(filled)) == len(filled) and all(len(name) <= 80 for name in filled):
        return True, "its cells are different short texts that do not occur below", LIKELY
    return True, "nothing shows that the first row is no header", UNCERTAIN


def _occurs(name: str, index: int, below: list[list[str]]) -> bool:
    return bool(name) and sum(index < len(row) and row[index] == name for row in below) >= 2
