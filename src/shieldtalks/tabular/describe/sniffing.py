"""The dialect of delimited text, found in its first lines: delimiter, quotes, comments and header."""

from __future__ import annotations

import io

from ..delimiters import (
    DELIMITERS,
    MOST_ROWS,
    NAMES,
    cut,
    rare_delimiter,
    scores,
    some_rows,
    usual_width,
)
from ..sentences import as_sentences
from .dialect_found import Dialect
from .guess import CERTAIN, LIKELY
from .header_row import find_header
from .quoting import escape, quotes, stray_quotes, whole_lines
from .two_rows import find_two_rows
from .units_row import find_units


def sniff(sample: str, suffix: str) -> Dialect:
    """The dialect of a text by its beginning. The suffix of the file decides where two are as good."""
    dialect = Dialect()
    body = _without_comments(sample, dialect)
    order = sorted(DELIMITERS, key=lambda char: suffix in (".tsv", ".tab") and char != "\t")
    points = scores(body)
    best = max(points.values())
    rare = rare_delimiter(body, points)
    sentences = as_sentences(body) if 0 < best == points[","] and rare is None else ""
    if sentences and _one_column(body, dialect):
        best = 0
        advice = (
            "if it is two columns, write two names with a comma between them into the first line"
        )
        evidence = f"{sentences}: one column of texts; {advice}"
        dialect.found.append(("delimiter", None, evidence, LIKELY))
    elif best <= 0 and rare is None:
        _one_column(body, dialect)
        dialect.is_aligned = _is_aligned(body)
        said = "no delimiter cuts the rows: one column"
        if dialect.is_aligned:
            said += "; if its columns are aligned with blanks, save them as .csv"
        dialect.found.append(("delimiter", None, said, CERTAIN))
        whole_lines(body, dialect)
    else:
        dialect.delimiter = rare or next(char for char in order if points[char] == best)
        quotes(body, dialect)
        escape(body, dialect)
    rows = _rows(body, dialect)
    _blanks(rows, dialect)
    if dialect.skips_blanks:
        rows = _rows(body, dialect)
    if best > 0 or rare:
        stray_quotes(body, dialect)
        dialect.width = usual_width(rows)
        filled = [row for row in rows if row]
        alike = sum(len(row) == dialect.width for row in filled)
        what = NAMES[dialect.delimiter]
        evidence = f"{what} cuts {alike} of the first {len(filled)} rows"
        dialect.found.append(
            ("delimiter", dialect.delimiter, f"{evidence} into {dialect.width} cells", CERTAIN)
        )
    numbered = _numbered(sample, dialect)
    find_header(numbered, dialect)
    if sentences and "," in "".join(dialect.header):
        dialect.header_row, dialect.header = 0, []
        said = "the first line is a sentence like those below it"
        dialect.found[-1] = ("header", False, said, LIKELY)
    find_two_rows(numbered, dialect)
    find_units(numbered, dialect)
    return dialect


def _is_aligned(text: str) -> bool:
    """Whether several blanks are between words in most lines."""
    lines = [line for line in text.splitlines()[:MOST_ROWS] if line.strip()]
    return 2 * sum("  " in line.strip() for line in lines) > len(lines) > 1


def _one_column(text: str, dialect: Dialect) -> bool:
    """Set a delimiter that cuts no row. Returns whether there is one."""
    whole = next((char for char in DELIMITERS if not _cuts(text, char)), "")
    dialect.width, dialect.delimiter = 1, whole or ","
    return whole != ""


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


def _blanks(rows: list[list[str]], dialect: Dialect) -> None:
    """Blanks after each delimiter, if nearly every cell begins with one."""
    cells = [cell for row in rows for cell in row[1:] if cell]
    led = sum(cell[0] == " " for cell in cells)
    if cells and led >= 0.95 * len(cells) and len(cells) > 1:
        dialect.skips_blanks = True
        evidence = f"{led} of {len(cells)} cells begin with a blank"
        dialect.found.append(("skipInitialSpace", True, evidence, LIKELY))
