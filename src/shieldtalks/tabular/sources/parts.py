"""Tables in several files, read one after the other: which files have a header, and all lines.

The standard treats the files as one large file, and leaves open whether each has a header (Data
Resource, Multiple Files). So both forms are read: a header in each file, or in the first one only.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO

from ..package import Resource
from ..package.schema import fields_match
from ..reading import open_regular, open_text
from .exact import sectioned
from .header import resembles
from .lines import with_order
from .sections import joined
from .terminated import lines_in

# A cell may be as long as a line. The library stops at 128 KiB.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

#: A header has at most this many physical lines.
_MOST_LINES = 20


def headed(resource: Resource) -> list[bool]:
    """Whether each file of a table has a header. The first file always should.

    If any later file has the header, each should. Otherwise a file has one if half of the cells of its
    first line are field names, so that a header with a slip is not taken for a row.
    """
    if not resource.dialect.has_header:
        return [False] * len(resource.parts)
    names = resource.field_names
    starts = [first_record(part) for part in resource.parts[1:]]
    if not names or fields_match(resource.schema) != "exact":
        names = first_record(resource)
    if names in starts:
        return [True] * len(resource.parts)
    return [True, *(resembles(start, names) for start in starts)]


def lines_of(resource: Resource, errors: str = "strict") -> Iterator[str]:
    """The lines of a table for a CSV reader: of all files, with the header of the first one only.

    A table in any other form must be made CSV first (see `plain.as_csv`). Raises OSError, and
    UnicodeError unless `errors` allows it.
    """
    if not resource.more:
        with opened_text(resource, errors) as file:
            yield from file
        return
    has_header = False
    for part, is_headed in zip(resource.parts, headed(resource), strict=True):
        with opened_text(part, errors) as file:
            first: list[str] = []
            next(_reader(file, part, first), None)
            first[:1] = [text.removeprefix("\ufeff") for text in first[:1]]
            rest = file if is_headed and has_header else chain(first, file)
            has_header = has_header or bool(first)
            for line in rest:  # the last line of a file may have no line ending
                yield line if line.endswith(("\n", "\r")) else f"{line}\n"


def opened_text(part: Resource, errors: str = "strict", newline: str = "") -> IO[str]:
    """The file of a table, opened as text."""
    with open_regular(part.file) as file:
        encoding = with_order(part.encoding, file.read(4))
    return open_text(part.file, encoding, errors=errors, newline=newline)


def _reader(file: IO[str], part: Resource, read: list[str]) -> Iterator[list[str]]:
    """The records at the start of a file. The lines that were read are added to `read`."""

    def noted() -> Iterator[str]:
        for line in islice(file, _MOST_LINES):
            read.append(line)
            yield line

    delimiter = part.dialect.delimiter
    is_usable = len(delimiter) == 1 and delimiter not in '"\r\n'
    return csv.reader(noted(), delimiter=delimiter if is_usable else ",")


def _header_of(part: Resource) -> list[str]:
    """The header of a file in an unusual dialect; empty if there is none, or if it cannot be read."""
    dialect = part.dialect
    try:
        lines = lines_in(part.file, part.encoding, dialect)
        heads = sectioned(lines, dialect).header()
    except (OSError, ValueError, LookupError):
        return []
    return joined([head.cells for head in heads], dialect, part.field_names)


def first_record(part: Resource) -> list[str]:
    """The first record of a file; empty if there is none, or if it cannot be read."""
    if not part.dialect.is_usual:
        return _header_of(part)
    try:
        with opened_text(part, "replace") as file:
            cells: Sequence[str] = next(_reader(file, part, []), [])
    except (OSError, ValueError, LookupError, csv.Error):
        return []
    return [cell.removeprefix("\ufeff") if n == 0 else cell for n, cell in enumerate(cells)]
