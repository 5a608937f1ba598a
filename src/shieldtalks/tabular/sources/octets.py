"""Facts about the bytes of a CSV file, found before anything is parsed."""

from __future__ import annotations

import codecs
import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from ..reading import open_regular
from . import quotes as quotes_of

BOM = codecs.BOM_UTF8

#: Bytes that no table needs: DEL and the C0 controls, except tab, line feed and carriage return.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

#: Bytes that do not affect the structure of a file. A chunk without them is short.
_ORDINARY = bytes(set(range(256)) - {*CONTROLS, *b'\n\r"\xc2'})
#: A control character of the second set (U+0080 to U+009F) in UTF-8.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
#: Bytes that are examined together. They fit into the cache of the processor.
_CHUNK = 1 << 18
#: A file with a longer cell is not plain.
_LONGEST_CELL = 16 << 20

#: A longer line is refused. So is a larger file that needs the exact reader.
LONGEST_LINE, LARGEST_ODD = 64 << 20, 1 << 30


class Octets(NamedTuple):
    """Facts about the bytes of a file."""

    size: int
    #: The hash as hexadecimal digits; "" if it was not requested.
    sha256: str
    #: The number of physical lines. The last one may have no line feed.
    lines: int
    #: The numbers of the physical lines that begin inside a quoted cell; correct if the file is plain.
    inner: Sequence[int]
    #: True if a simple CSV reader reads the file exactly: only LF, no control byte, no stray quote.
    #: Whether the bytes are UTF-8 is not checked here: the reader fails if they are not.
    plain: bool
    #: True if a plain file was found to have no delimiter too many: its records have as many as they
    #: need, taken together in each part of the file.
    even: bool = False

    @property
    def records(self) -> int:
        """The number of records of a plain file, including its header and its blank lines."""
        return self.lines - len(self.inner)


class TooLarge(ValueError):
    """A file that needs more memory than a check may use. It is refused, not read."""


def inspect(
    file: Path,
    *,
    utf8: bool = True,
    delimiter: str = ",",
    hashed: bool = True,
    width: int | None = None,
) -> Octets:
    """Facts about the bytes of `file`, which should have `width` cells in each record.

    Raises OSError if it cannot be read or is not a regular file, and TooLarge.
    """
    digest = hashlib.sha256()
    size = lines = 0
    inner = array("Q")
    end = b"\n"
    plain = utf8
    mark = delimiter.encode()
    even = width is not None
    kept = mark if even and len(mark) == 1 and mark in _ORDINARY else b""
    ordinary = b'\n"' + kept
    with open_regular(file) as stream:
        for part, form, quotes in _parts(stream, kept):
            if size == 0 and part.startswith((BOM, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                plain = False
            end = part[-1:]
            ends = form.count(b"\n")
            if len(part) - part.rfind(b"\n", 0, -1) > LONGEST_LINE:
                number = lines + ends + (end != b"\n")
                raise TooLarge(f"line {number} is longer than {LONGEST_LINE >> 20} MiB")
            if hashed:
                digest.update(part)
            odd = form.translate(None, ordinary)
            plain = plain and _is_plain(odd, part)
            records = ends + (end != b"\n")
            cells: bytes | None = b""
            if plain and quotes:
                cells = quotes_of.inside(part, quotes, mark)
            plain = plain and cells is not None
            if cells and b"\n" in cells:
                before = len(inner)
                feeds = form.translate(None, kept + b"\xc2")
                inner.extend(lines + 1 + line for line in quotes_of.inner_lines(feeds))
                records -= len(inner) - before
            even = even and plain
            if even and cells is not None:
                # Empty cells too many, as in `1,x,,`: DuckDB reads such a row as if they were not there.
                # It refuses a row with cells too few, so that such a row cannot hide the others.
                marks = len(form) - len(odd) - ends - quotes if kept else part.count(mark)
                even = marks - cells.count(mark) == records * ((width or 1) - 1)
            size += len(part)
            lines += ends
    if size > LARGEST_ODD and not plain:
        raise TooLarge(
            "the file has unusual line endings, quotes or bytes, "
            f"and such a file may have at most {LARGEST_ODD >> 20} MiB"
        )
    sha256 = digest.hexdigest() if hashed else ""
    return Octets(size, sha256, lines + (end != b"\n"), inner, plain and size > 0, even)


def _parts(stream: IO[bytes], kept: bytes = b"") -> Iterator[tuple[bytes, bytes, int]]:
    """The parts of a file. Each consists of whole lines, and of whole records unless a cell is too long.

    Each part comes with its form (its quotes, line feeds and other special bytes, in order, and the
    bytes in `kept`) and the number of its quotes.
    """
    dropped = _ORDINARY.translate(None, kept)
    part = form = b""
    while more := stream.read(max(_CHUNK, len(part))):
        more += stream.readline(LONGEST_LINE)
        part += more
        form += more.translate(None, dropped)
        quotes = form.count(b'"')
        if quotes % 2 == 0 or len(part) > _LONGEST_CELL:
            yield part, form, quotes
            part = form = b""
    if part:
        yield part, form, form.count(b'"')


def _is_plain(odd: bytes, part: bytes) -> bool:
    """Whether a part has no carriage return and no control character. `odd` are its special bytes."""
    if odd and _C1.search(part):
        return False
    return not odd.strip(b"\xc2")
