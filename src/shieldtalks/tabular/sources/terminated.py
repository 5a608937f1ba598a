"""The lines of a file whose dialect has another line ending than LF and CRLF, such as ";" or CR."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from ..package.dialect import USUAL_ENDS, CsvDialect
from ..reading import open_regular
from .fault import CONTROL, Fault
from .lines import BATCH, PIECE, Lines, of_characters, with_order
from .octets import LONGEST_LINE, TooLarge


def lines_in(file: Path, encoding: str, dialect: CsvDialect) -> Lines:
    """The lines of a file in its dialect."""
    marks = dialect.delimiter + dialect.quote + dialect.escape
    allowed = "".join(char for char in marks if CONTROL.match(char))
    if dialect.line_terminator in ("", *USUAL_ENDS):
        return Lines(file, encoding, allowed)
    return Terminated(file, encoding, allowed, dialect)


class Terminated(Lines):
    """Lines that end in any text. Their numbers are those of the lines that an editor shows."""

    is_usual = False

    def __init__(self, file: Path, encoding: str, allowed: str, dialect: CsvDialect) -> None:
        super().__init__(file, encoding, allowed)
        self.end = dialect.line_terminator
        self._texts = _segments(file, encoding, dialect, self.faults)
        self._numbers: list[int] = []
        self._next = 1

    def has(self, index: int) -> bool:
        """Whether there is a line with this number."""
        while index >= self._first + len(self._kept):
            segments = next(self._texts, None)
            if segments is None:
                return False
            self._add(segments)
        return True

    def number(self, index: int) -> int:
        """The number of the physical line on which the line starts, counted from 1."""
        return self._numbers[index - self._first]

    def returned(self, index: int) -> bool:
        """Never: these lines have one kind of ending only."""
        del index
        return False

    def forget(self, index: int) -> None:
        """Allow to forget the lines before this one."""
        passed = index - self._first
        if passed >= BATCH:
            del self._kept[:passed]
            del self._numbers[:passed]
            self._first = index

    def _add(self, lines: list[str]) -> None:
        # With CR as the line ending, an editor shows the lines between them.
        feed = "\r" if "\r" in self.end and "\n" not in self.end else "\n"
        inside = self.end.count(feed)
        starts = accumulate((line.count(feed) + inside for line in lines), initial=self._next)
        *numbers, self._next = starts
        self._numbers += numbers
        self._kept += lines
        for number, line in zip(numbers, lines, strict=True):
            if CONTROL.search(line) is not None:
                self.faults += of_characters(line.translate(self._allowed), number)


def _segments(
    file: Path, encoding: str, dialect: CsvDialect, faults: deque[Fault]
) -> Iterator[list[str]]:
    """The lines of a file, some at a time. A usual line ending after the last one is no line."""
    end, rest, found = dialect.line_terminator, "", False
    escape = re.escape(dialect.escape)
    # An escaped character is no part of a line ending.
    tokens = re.compile(f"{escape}.|({re.escape(end)})", re.DOTALL) if escape else None
    for text in _texts(file, encoding, faults):
        *whole, rest = (rest + text).split(end) if tokens is None else _split(rest + text, tokens)
        if len(rest) > LONGEST_LINE:
            raise TooLarge(f"a line is longer than {LONGEST_LINE >> 20} MiB")
        found = found or bool(whole)
        if whole:
            yield whole
    if not found and "\n" in rest:
        shown = end.encode("unicode_escape").decode("ascii")
        message = f'no line ends in "{shown}", the lineTerminator of the dialect'
        faults.append(Fault("line-end", 1, message))
    if not end.endswith("\n"):
        rest = rest.removesuffix("\n").removesuffix("\r")
    if rest:
        yield [rest]


def _split(text: str, tokens: re.Pattern[str]) -> list[str]:
    """The parts of a text between the matches with a group."""
    parts, start = [], 0
    for match in tokens.finditer(text):
        if match[1] is not None:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _texts(file: Path, encoding: str, faults: deque[Fault]) -> Iterator[str]:
    """A file as text, in pieces, without its byte order mark. Bytes that are no text are faults."""
    with open_regular(file) as stream:
        encoding = with_order(encoding, stream.read(4))
        stream.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        number, is_first, data = 1, True, b" "
        while data:
            data = stream.read(PIECE)
            before, wrong = decoder.getstate(), None
            try:
                text = decoder.decode(data, not data)
            except UnicodeDecodeError as error:
                wrong = error.object[error.start]
                lenient = codecs.getincrementaldecoder(encoding)("replace")
                lenient.setstate(before)
                text = lenient.decode(data, not data)
                decoder = codecs.getincrementaldecoder(encoding)()
                decoder.setstate(lenient.getstate())
            if is_first and text.startswith("\ufeff"):
                faults.append(Fault("bom", 1, "the file starts with a byte order mark (BOM)"))
                text = text[1:]
            is_first = is_first and not text
            faults += _undecoded(text, number, wrong, encoding)
            number += text.count("\n")
            yield text


def _undecoded(text: str, number: int, wrong: int | None, encoding: str) -> Iterator[Fault]:
    """A fault for each line of a piece with bytes that are no text. The first is the byte `wrong`."""
    if wrong is None:
        return
    message = f"byte 0x{wrong:02X} is not valid {encoding}"
    for place, line in enumerate(text.split("\n")):
        if "\ufffd" in line:
            yield Fault("encoding", number + place, message)
            message = f"the line has bytes that are not valid {encoding}"
