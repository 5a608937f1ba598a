"""The cells of a CSV file exactly as they are written, and the canonical text for the same cells.

Nothing is converted here: a code that means "no value" stays the code that it is.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from .package import Resource
from .package.kinds import paths_of
from .package.schema import fields_match
from .sources.forms import is_plain
from .sources.standard import is_standard

#: The cells of a table as text, row by row.
Cells = list[list[str]]


class NotLossless(ValueError):
    """A file that cannot be rewritten without a change of its content; the message says why."""


class QuotedEmpty(str):
    """An empty cell that is written as two quotes. Some programs read it as a text, not as missing."""

    __slots__ = ()


def is_ordinary(resource: Resource) -> bool:
    """Whether a table is one CSV file that can be written anew in its own dialect.

    Only the delimiter, the quote and the line ending may be unusual, and there may be no header.
    """
    dialect = resource.dialect
    usual = dialect._replace(quote='"', header_rows=dialect.header_rows or (1,))
    has_quote = dialect.quote not in ("", dialect.delimiter, "\r", "\n")
    if not paths_of(resource.descriptor):  # a file that was named without a descriptor
        return False
    if resource.more or not is_plain(resource) or not usual.is_usual or not has_quote:
        return False
    if dialect == usual:
        return is_standard(resource)
    return fields_match(resource.schema) == "exact" and not dialect.ignores_case


def cells_of(resource: Resource, content: bytes) -> Cells:
    """The rows of a file without its header and its blank lines. Raises NotLossless."""
    text = _text(resource, content)
    dialect, names = resource.dialect, resource.field_names
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=dialect.delimiter,
            quotechar=dialect.quote,
            strict=True,
        )
        header, *rows = [*([] if dialect.has_header else [names]), *filter(None, reader)]
    except (ValueError, csv.Error) as error:
        raise NotLossless(f"it is not an ordinary CSV file ({error})") from error
    if header != names or any(len(row) != len(header) for row in rows):
        raise NotLossless("its columns are not exactly the fields of the schema")
    kept = {place for place, words in enumerate(resource.missing) if "" not in words}
    if kept and dialect.quote * 2 in text:
        first = int(dialect.has_header)
        for row, column in _quoted_empties(text, dialect.delimiter, dialect.quote):
            if row >= first and column in kept:
                rows[row - first][column] = QuotedEmpty()
    return rows


def written(resource: Resource, rows: Cells) -> bytes:
    """The canonical content of a file with these rows. Raises NotLossless."""
    dialect = resource.dialect
    end = dialect.line_terminator or "\n"
    header = [resource.field_names] if dialect.has_header else []
    lines = _lines([*header, *rows], dialect.delimiter, dialect.quote)
    text = "".join(f"{line}{end}" for line in lines)
    try:
        content = text.encode(resource.encoding)
    except ValueError as error:
        raise NotLossless(f"a character does not exist in {resource.encoding}") from error
    if cells_of(resource, content) != rows:
        raise NotLossless("its cells would not be read back as they are")
    return content


def same_cells(some: Cells, others: Cells) -> bool:
    """Whether two lists of rows have the same cells. Line endings inside a cell may differ."""
    return len(some) == len(others) and all(
        a == b or list(map(_one_ending, a)) == list(map(_one_ending, b))
        for a, b in zip(some, others, strict=True)
    )


def _one_ending(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _text(resource: Resource, content: bytes) -> str:
    if codecs.lookup(resource.encoding).name == "utf-8":
        content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode(resource.encoding)
    except ValueError as error:
        raise NotLossless(f"it is not valid {resource.encoding}") from error


def _lines(rows: Cells, delimiter: str, quote: str) -> Iterator[str]:
    special = re.compile(f"[{re.escape(quote)}\r\n{re.escape(delimiter)}]")

    def cell(text: str) -> str:
        if special.search(text):
            return quote + text.replace(quote, quote * 2) + quote
        return quote * 2 if type(text) is QuotedEmpty else text

    for row in rows:
        # A line without any character would be a blank line, which is no row.
        yield delimiter.join(map(cell, row)) or quote * 2


def _quoted_empties(text: str, delimiter: str, quote: str) -> Iterator[tuple[int, int]]:
    """The record (from 0) and the column of each cell that is written as two quotes."""
    between, mark = re.escape(delimiter), re.escape(quote)
    token = re.compile(
        rf"({mark}(?:[^{mark}]|{mark}{mark})*{mark}|[^{mark}{between}\r\n]*)"
        rf"({between}|\r\n|\n|\r|\Z)"
    )
    row = column = place = 0
    while place < len(text):
        match = token.match(text, place)
        if match is None:
            raise NotLossless("it is not an ordinary CSV file")
        cell, after = match.groups()
        if cell == quote * 2:
            yield row, column
        if after == delimiter:
            column += 1
        elif cell or column:  # otherwise the line is blank
            row, column = row + 1, 0
        place = match.end()
