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
from dataclasses import dataclass
from typing import BinaryIO

from .batches import Batch, in_columns, of_rows

#: So many bytes are cut at once. A smaller file is read by Python's reader.
PART = 1 << 17

#: What is in the place of a delimiter and a line break in quotes while the text is cut at the others,
#: and what is between the cells of a column while they are decoded.
_DELIMITER, _BREAK, _BETWEEN = "\0", "\1", "\2"

#: Encodings in which each byte is a character. UTF-8 is cut as if it were Latin-1, which has a character
#: for every byte; the columns with other characters than those of ASCII are decoded after that.
_ONE_BYTE = frozenset(("iso-8859-1", "windows-1251", "windows-1252"))
_UTF8, _AS_BYTES = "utf-8", "latin-1"

#: The encodings of files that can be cut.
ENCODINGS = _ONE_BYTE | {_UTF8}


@dataclass(frozen=True, slots=True)
class Cutter:
    """What cuts a file into columns. The dialect has no comments and skips no blanks."""

    delimiter: str
    quote: str
    encoding: str
    #: How many cells a row has; at least two.
    width: int

    def batches(self, stream: BinaryIO, skip: int) -> Iterator[Batch]:
        """The rows of a file, without the first `skip` records and without blank rows."""
        rest = self._after(stream, skip)
        if rest is None:
            yield from self._read(stream, skip)
            return
        while data := stream.read(PART):
            text = rest + self._text(data)
            pieces, rest = self._whole_rows(text)
            batch = self._batch(text[: len(text) - len(rest)], pieces)
            if batch is None:
                rest = text
                break
            if batch.count:
                yield batch
        stream.seek(-len(rest), io.SEEK_CUR)
        yield from self._read(stream, 0)

    def _after(self, stream: BinaryIO, skip: int) -> str | None:
        """The first text after some records; None if they are not in it as a whole."""
        text = self._text(stream.read(PART).removeprefix(codecs.BOM_UTF8))
        lines = io.StringIO(text, newline="")
        reader = self._reader(iter(lines.readline, ""))
        for _ in range(skip):
            next(reader, None)
        if rest := lines.read():
            return rest
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

    def _text(self, data: bytes) -> str:
        """One character for each byte."""
        return str(data, _AS_BYTES if self.encoding == _UTF8 else self.encoding, "replace")

    def _right(self, text: str) -> str:
        """Text as it is in the file, of which each byte was taken for a character."""
        if self.encoding != _UTF8 or text.isascii():
            return text
        return text.encode(_AS_BYTES).decode(_UTF8, "replace")

    def _whole_rows(self, text: str) -> tuple[list[str], str]:
        """The text up to the last line break outside of quotes, cut at its quotes; and the rest.

        Every second piece is in quotes.
        """
        pieces = text.split(self.quote)
        for index in range((len(pieces) - 1) // 2 * 2, -1, -2):
            end = pieces[index].rfind("\n") + 1
            if end:
                rest = self.quote.join([pieces[index][end:], *pieces[index + 1 :]])
                return [*pieces[:index], pieces[index][:end]], rest
        return [], text

    def _batch(self, text: str, pieces: list[str]) -> Batch | None:
        """Whole rows as columns; None if it is not sure where a row ends."""
        outside = self.quote.join(pieces[::2])
        if "\r" in outside:
            outside = outside.replace("\r\n", "\n")
        if not pieces or "\r" in outside or not self._is_proper(outside):
            return None
        if any(mark in text for mark in (_DELIMITER, _BREAK, _BETWEEN)):
            return self._by_row(text)
        if len(pieces) == 1:
            return self._cut(outside, "") or self._by_row(text)
        inside = self.quote.join(pieces[1::2])
        inside = inside.replace(self.delimiter, _DELIMITER).replace("\n", _BREAK)
        between = outside.split(self.quote)
        if self.quote * 2 in outside:
            between[1:-1] = [piece or self.quote for piece in between[1:-1]]
        pieces[::2], pieces[1::2] = between, inside.split(self.quote)
        return self._cut("".join(pieces), inside) or self._by_row(text)

    def _is_proper(self, outside: str) -> bool:
        """Whether all quotes surround whole cells. Two quotes together are one in a cell."""
        quote, breaks = self.quote, (self.delimiter, "\n")
        if quote * 2 not in outside:
            count = outside.count(quote)
            before = sum(outside.count(f"{mark}{quote}") for mark in breaks)
            after = sum(outside.count(f"{quote}{mark}") for mark in breaks)
            return before + outside.startswith(quote) == count == after
        pieces = outside.split(quote)
        return all(not piece or piece.startswith(breaks) for piece in pieces[1:]) and all(
            not piece or piece.endswith(breaks) for piece in pieces[:-1]
        )

    def _cut(self, text: str, inside: str) -> Batch | None:
        """Whole rows cut into columns; None if some do not have as many cells as the table."""
        count, step = text.count("\n"), self.width + 1
        cells = text.replace("\n", f"{self.delimiter}\n{self.delimiter}").split(self.delimiter)
        if len(cells) != count * step + 1 or cells[self.width :: step].count("\n") != count:
            return None
        cells.pop()
        columns = [cells[index::step] for index in range(self.width)]
        held = _DELIMITER in inside or _BREAK in inside
        if held or not (self.encoding in _ONE_BYTE or text.isascii()):
            columns = [self._decoded(column) for column in columns]
        return Batch(count, columns)

    def _decoded(self, column: list[str]) -> list[str]:
        """The cells of a column as they are in the file."""
        text = _BETWEEN.join(column)
        right = self._right(text).replace(_DELIMITER, self.delimiter).replace(_BREAK, "\n")
        return column if right == text else right.split(_BETWEEN)

    def _by_row(self, text: str) -> Batch:
        """Whole rows as Python's reader reads them."""
        lines = io.StringIO(self._right(text), newline="")
        return in_columns(list(filter(None, self._reader(lines))), self.width)
