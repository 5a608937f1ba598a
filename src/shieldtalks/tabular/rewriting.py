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
from .sources.plain import is_plain
from .sources.standard import is_standard

#: The cells of a table as text, row by row.
Cells = list[list[str]]


class NotLossless(ValueError):
    """A file that cannot be rewritten without a change of its content; the message says why."""


class QuotedEmpty(str):
    """An empty cell that is written as two quotes. Some programs read it as a text, not as missing."""

    __slots__ = ()


def is_ordinary(resource: Resource) -> bool:
    """Whether a table is one CSV file of which only the delimiter and the line ending may be unusual."""
    has_path = "path" in resource.descriptor  # a file that was named without a descriptor has none
    return has_path and not resource.more and is_plain(resource) and is_standard(resource)


def cells_of(resource: Resource, content: bytes) -> Cells:
    """The rows of a file without its header and its blank lines. Raises NotLossless."""
    text = _text(resource, content)
    delimiter = resource.dialect.delimiter
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header, *rows = filter(None, reader)
    except (ValueError, csv.Error) as error:
        raise NotLossless(f"it is not an ordinary CSV file ({error})") from error
    if header != resource.field_names or any(len(row) != len(header) for row in rows):
        raise NotLossless("its columns are not exactly the fields of the schema")
    kept = {place for place, words in enumerate(resource.missing) if "" not in words}
    if kept and '""' in text:
        for row, column in _quoted_empties(text, delimiter):
            if row and column in kept:
                rows[row - 1][column] = QuotedEmpty()
    return rows


def written(resource: Resource, rows: Cells) -> bytes:
    """The canonical content of a file with these rows. Raises NotLossless."""
    dialect = resource.dialect
    end = dialect.line_terminator or "\n"
    lines = _lines([resource.field_names, *rows], dialect.delimiter)
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


def _lines(rows: Cells, delimiter: str) -> Iterator[str]:
    special = re.compile(f'["\r\n{re.escape(delimiter)}]')

    def cell(text: str) -> str:
        if special.search(text):
            return '"' + text.replace('"', '""') + '"'
        return '""' if type(text) is QuotedEmpty else text

    for row in rows:
        # A line without any character would be a blank line, which is no row.
        yield delimiter.join(map(cell, row)) or '""'


def _quoted_empties(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """The row (the header is 0) and the column of each cell that is written as two quotes."""
    between = re.escape(delimiter)
    token = re.compile(rf'("(?:[^"]|"")*"|[^"{between}\r\n]*)({between}|\r\n|\n|\r|\Z)')
    row = column = place = 0
    while place < len(text):
        match = token.match(text, place)
        if match is None:
            raise NotLossless("it is not an ordinary CSV file")
        cell, after = match.groups()
        if cell == '""':
            yield row, column
        if after == delimiter:
            column += 1
        elif cell or column:  # otherwise the line is blank
            row, column = row + 1, 0
        place = match.end()
