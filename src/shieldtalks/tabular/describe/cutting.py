"""Delimited text cut into columns at once: the same cells as those of Python's reader, in less time.

A part of a file is cut at every delimiter if its quotes all surround whole cells, and if its rows all
have the same number of cells. Python's reader reads any other part. After a stray quote it reads the
rest of the file, because it alone knows where such a cell ends.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from .alphabets import ONE_BYTE
from .batches import Batch, in_columns, of_rows

#: So many bytes are cut at once. A smaller file is read by Python's reader.
PART = 1 << 17

#: What is in the place of a delimiter and a line break in quotes while the text is cut at the others.
_DELIMITER, _BREAK = "\0", "\1"
_MARKS = (_DELIMITER.encode(), _BREAK.encode())

#: Encodings in which each byte is a character. In these and in UTF-8, the byte of a delimiter, a quote or
#: a line break is never a part of another character, so the bytes are cut into rows before they are decoded.
_UTF8, _AS_BYTES = "utf-8", "latin-1"

#: The encodings of files that can be cut.
ENCODINGS = {*ONE_BYTE, "iso-8859-1", _UTF8}


@dataclass(frozen=True, slots=True)
class Cutter:
    """What cuts a file into columns. The dialect has no comments and skips no blanks."""

    delimiter: str
    quote: str
    encoding: str
    #: How many cells a row has; at least two.
    width: int
    #: The columns in which quotes surrounded delimiters or line breaks so far, the last one first.
    held: list[int] = field(default_factory=list)

    def batches(self, stream: BinaryIO, skip: int) -> Iterator[Batch]:
        """The rows of a file, without the first `skip` records and without blank rows."""
        rest = self._after(stream, skip)
        if rest is None:
            yield from self._read(stream, skip)
            return
        while data := stream.read(PART):
            text = rest + data
            pieces, rest = self._whole_rows(text)
            batch = self._batch(text[: len(text) - len(rest)], pieces)
            if batch is None:
                rest = text
                break
            if batch.count:
                yield batch
        stream.seek(-len(rest), io.SEEK_CUR)
        yield from self._read(stream, 0)

    def _after(self, stream: BinaryIO, skip: int) -> bytes | None:
        """The first text after some records; None if they are not in it as a whole."""
        text = str(stream.read(PART).removeprefix(codecs.BOM_UTF8), _AS_BYTES)
        lines = io.StringIO(text, newline="")
        reader = self._reader(iter(lines.readline, ""))
        for _ in range(skip):
            next(reader, None)
        if rest := lines.read():
            return rest.encode(_AS_BYTES)
        stream.seek(0)
        return None

    def _read(self, stream: BinaryIO, skip: int) -> Iterator[Batch]:
        """The rows from here on, as Python's reader reads them."""
        codec = "utf-8-sig" if self.encoding == _UTF8 else self.encoding
        with io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="") as lines:
            reader = self._reader(lines)
            for _ in range(skip):
                next(reader, None)
            yield from of_rows(filter(None, reader), self.width)

    def _reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote)

    def _whole_rows(self, text: bytes) -> tuple[list[bytes], bytes]:
        """The text up to the last line break outside of quotes, cut at its quotes; and the rest.

        Every second piece is in quotes.
        """
        quote = self.quote.encode()
        pieces = text.split(quote)
        for index in range((len(pieces) - 1) // 2 * 2, -1, -2):
            end = pieces[index].rfind(b"\n") + 1
            if end:
                rest = quote.join([pieces[index][end:], *pieces[index + 1 :]])
                return [*pieces[:index], pieces[index][:end]], rest
        return [], text

    def _batch(self, text: bytes, pieces: list[bytes]) -> Batch | None:
        """Whole rows as columns; None if it is not sure where a row ends."""
        if not pieces:
            return None
        outside, inside = pieces[::2], pieces[1::2]
        if b"\r" in text:
            quote = self.quote.encode()
            outside = quote.join(outside).replace(b"\r\n", b"\n").split(quote)
            if any(b"\r" in piece for piece in outside):
                return None
        if not self._is_proper(outside):
            return None
        if any(mark in text for mark in _MARKS):
            return self._by_row(text)
        return self._cut(outside, inside) or self._by_row(text)

    def _is_proper(self, outside: list[bytes]) -> bool:
        """Whether all quotes surround whole cells. Two quotes together are one in a cell."""
        first = {piece[:1] for piece in outside[1:]}
        last = {piece[-1:] for piece in outside[:-1]}
        return first | last <= {b"", b"\n", self.delimiter.encode()}

    def _cut(self, outside: list[bytes], inside: list[bytes]) -> Batch | None:
        """Whole rows cut into columns; None if some do not have as many cells as the table."""
        text, marks = self._in_one(outside, inside)
        delimiter = self.delimiter.encode()
        spaced = text.replace(b"\n", delimiter + b"\n" + delimiter)
        count, step = (len(spaced) - len(text)) // 2, self.width + 1
        cells = str(spaced, self.encoding, "replace").split(self.delimiter)
        if len(cells) != count * step + 1 or cells[self.width :: step].count("\n") != count:
            return None
        cells.pop()
        columns = [cells[index::step] for index in range(self.width)]
        for mark, char, number in marks:
            self._put_back(columns, mark, char, number)
        return Batch(count, columns)

    def _in_one(
        self, outside: list[bytes], inside: list[bytes]
    ) -> tuple[bytes, list[tuple[str, str, int]]]:
        """The text without quotes, and what is now in the place of characters in quotes, how often."""
        if not inside:
            return outside[0], []
        quote = self.quote.encode()
        held = quote.join(inside)
        found = []
        for mark, char in ((_DELIMITER, self.delimiter), (_BREAK, "\n")):
            if number := held.count(char.encode()):
                found.append((mark, char, number))
                held = held.replace(char.encode(), mark.encode())
        pieces = [b""] * (len(outside) + len(inside))
        pieces[::2], pieces[1::2] = outside, held.split(quote) if found else inside
        if b"" in outside:
            pieces[2:-1:2] = [piece or quote for piece in outside[1:-1]]
        return b"".join(pieces), found

    def _put_back(self, columns: list[list[str]], mark: str, char: str, number: int) -> None:
        """Put a character back into the cells, in place of its mark that occurs so often."""
        for index in [*self.held, *(one for one in range(self.width) if one not in self.held)]:
            if not number:
                return
            cells = columns[index]
            found = [place for place, cell in enumerate(cells) if mark in cell]
            for place in found:
                number -= cells[place].count(mark)
                cells[place] = cells[place].replace(mark, char)
            if found and index not in self.held:
                self.held.insert(0, index)

    def _by_row(self, text: bytes) -> Batch:
        """Whole rows as Python's reader reads them."""
        lines = io.StringIO(str(text, self.encoding, "replace"), newline="")
        return in_columns(list(filter(None, self._reader(lines))), self.width)
