"""The physical lines of a file of any bytes, read in pieces, with the faults of their bytes."""

from __future__ import annotations

import codecs
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..findings import counted
from ..reading import open_regular
from .fault import CONTROL, Fault
from .octets import LONGEST_LINE, TooLarge

#: Bytes that are read at once, and the number of lines that are forgotten together.
PIECE, BATCH = 1 << 20, 10_000

#: Encodings in which a line cannot be decoded by itself: a line feed has more bytes than one, or the bytes
#: before it decide what it is.
_WITH_STATE = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")


class Lines:
    """The lines of a file without line endings, numbered from 0. Lines that were passed are forgotten.

    `allowed` are control characters that mean something in the dialect of the file.
    """

    #: Whether the lines end in LF or CRLF.
    is_usual = True
    #: What is between two lines of one cell.
    end = "\n"

    def __init__(self, file: Path, encoding: str, allowed: str = "") -> None:
        #: Faults of the bytes of the lines that were read. The reader takes them out.
        self.faults: deque[Fault] = deque()
        #: Whether the last line that was read has a line ending.
        self.ended = True
        self._kept: list[str] = []
        self._returned = bytearray()
        self._first = 0
        self._allowed = str.maketrans(dict.fromkeys(allowed, " "))
        self._pieces = _pieces(file, encoding, self.faults)

    def has(self, index: int) -> bool:
        """Whether there is a line with this number."""
        while index >= self._first + len(self._kept):
            piece = next(self._pieces, None)
            if piece is None:
                return False
            lines, self.ended = piece
            self._add(lines)
        return True

    def __getitem__(self, index: int) -> str:
        """A line that was found by `has`, and not forgotten."""
        return self._kept[index - self._first]

    def number(self, index: int) -> int:
        """The number of the physical line, counted from 1."""
        return index + 1

    def returned(self, index: int) -> bool:
        """Whether the line ends in CRLF."""
        return bool(self._returned[index - self._first])

    def forget(self, index: int) -> None:
        """Allow to forget the lines before this one."""
        passed = index - self._first
        if passed >= BATCH:
            del self._kept[:passed]
            del self._returned[:passed]
            self._first = index

    def _add(self, lines: list[str]) -> None:
        number = self._first + len(self._kept)
        for line in lines:
            number += 1
            returned = line.endswith("\r")
            if returned:
                line = line[:-1]
            self._returned.append(returned)
            self._kept.append(line)
            if CONTROL.search(line) is not None:
                self.faults += of_characters(line.translate(self._allowed), number)


def of_characters(line: str, number: int) -> Iterator[Fault]:
    """The faults of a line with control characters."""
    if "\r" in line:
        message = "the line contains a carriage return (CR) that is not part of a line ending"
        yield Fault("line-end", number, message)
    match = CONTROL.search(line.replace("\r", " "))
    if match:
        yield _control(number, line, match.start())


def _control(number: int, line: str, place: int) -> Fault:
    message = f"the line contains the control character U+{ord(line[place]):04X}"
    message += f" at character {place + 1}{_in_windows(ord(line[place]))}"
    return Fault("control-character", number, message, line[max(0, place - 20) :][:40])


def _in_windows(byte: int) -> str:
    """What a byte is in Windows-1252, the usual encoding of a text with such a byte."""
    character = bytes([byte]).decode("cp1252", "ignore") if 0x80 <= byte <= 0xFF else ""
    return (
        f' (in Windows-1252 it is "{character}")' if character.isprintable() and character else ""
    )


def _pieces(file: Path, encoding: str, faults: deque[Fault]) -> Iterator[tuple[list[str], bool]]:
    """Some lines at a time, and whether the last of them has a line ending."""
    name = codecs.lookup(encoding).name
    with open_regular(file) as stream:
        start = stream.read(4)
        skipped = 0
        if name == "utf-8" and start.startswith(codecs.BOM_UTF8):
            faults.append(Fault("bom", 1, "the file starts with a byte order mark (BOM)"))
            skipped = len(codecs.BOM_UTF8)
        elif name == "utf-8" and start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            faults.append(Fault("encoding", 1, f"the file is UTF-16, not {encoding}"))
            name = encoding = "utf-16"
        stream.seek(skipped)
        number = 0
        if name.startswith(_WITH_STATE):
            texts = _in_order(stream, with_order(encoding, start), faults)
        else:
            texts = _by_line(stream, encoding, faults)
        for lines in texts:
            if number == 0 and len(lines) == 1 and "\r" in lines[0]:
                faults.append(Fault("line-end", 1, "the lines end in CR instead of LF or CRLF"))
                lines = lines[0].split("\r")
            ended = lines[-1] == ""
            if ended:
                lines.pop()
            number += len(lines)
            yield lines, ended


def _by_line(stream: IO[bytes], encoding: str, faults: deque[Fault]) -> Iterator[list[str]]:
    """The lines of each piece of a file, and "" at the end if the last of them has a line ending."""
    number = 0
    while data := stream.read(PIECE):
        if not data.endswith(b"\n"):
            data += stream.readline()
        lines = _decoded(data, encoding, number, faults)
        number += len(lines) - 1
        yield lines


def _in_order(stream: IO[bytes], encoding: str, faults: deque[Fault]) -> Iterator[list[str]]:
    """As `_by_line`, for an encoding in which lines cannot be decoded one by one. Raises TooLarge."""
    rest: list[str] = []  # the beginning of a line
    for text in _texts(stream, encoding, faults):
        whole, line_feed, after = text.rpartition("\n")
        if line_feed:
            yield [*"".join([*rest, whole]).split("\n"), ""]
            rest.clear()
        rest.append(after)
        if sum(map(len, rest)) > LONGEST_LINE:
            raise TooLarge(f"a line is longer than {LONGEST_LINE >> 20} MiB")
    if any(rest):
        yield ["".join(rest)]


def with_order(encoding: str, start: bytes) -> str:
    """The encoding of a file that starts with these bytes, with the order of bytes if none is marked.

    UTF-16 and UTF-32 without a mark are little-endian, as nearly all such files are.
    """
    name = codecs.lookup(encoding).name
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    return (
        f"{name}-le" if name in ("utf-16", "utf-32") and not start.startswith(marks) else encoding
    )


def _texts(stream: IO[bytes], encoding: str, faults: deque[Fault]) -> Iterator[str]:
    """A file as text, in pieces. The first bytes that are not valid are a fault of the file."""
    decoder = codecs.getincrementaldecoder(encoding)()
    is_last = False
    while not is_last:
        data = stream.read(PIECE)
        is_last = len(data) < PIECE
        before = decoder.getstate()
        try:
            text = decoder.decode(data, is_last)
        except UnicodeDecodeError:
            faults.append(Fault("encoding", 1, f"the file is not valid {encoding}"))
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            decoder.setstate(before)
            text = decoder.decode(data, is_last)
        yield text


def _decoded(data: bytes, encoding: str, before: int, faults: deque[Fault]) -> list[str]:
    """The lines of a piece of a file, which comes after `before` lines."""
    try:
        return data.decode(encoding).split("\n")
    except UnicodeDecodeError:
        pass
    is_utf_8 = codecs.lookup(encoding).name == "utf-8"
    lines = []
    for number, raw in enumerate(data.split(b"\n"), start=before + 1):
        try:
            lines.append(raw.decode(encoding))
        except UnicodeDecodeError as error:
            byte = raw[error.start]
            message = (
                f"byte 0x{byte:02X} (byte {error.start + 1} of the line) is not valid {encoding}"
                f"{_in_windows(byte) if is_utf_8 else ''}"
            )
            faults.append(Fault("encoding", number, message))
            lines.append(raw.decode(encoding, errors="replace"))
    return lines


class Starts:
    """The lines on which rows start. Only rows that do not start on the next line need memory."""

    def __init__(self) -> None:
        self.rows = 0
        self._shift = -1
        #: Rows before which the distance to their line changes, their lines, and the new distances.
        self._at, self._lines, self._shifts = array("q"), array("q"), array("q")

    def add(self, line: int) -> None:
        """Note the line of the next row."""
        self.rows += 1
        if line - self.rows != self._shift:
            self._shift = line - self.rows
            self._at.append(self.rows)
            self._lines.append(line)
            self._shifts.append(self._shift)

    def line(self, row: int) -> int:
        """The line on which a row starts."""
        return row + self._shifts[bisect_right(self._at, row) - 1]

    def row(self, line: int) -> int | None:
        """The last row that starts on this line or before it; None if there is none."""
        place = bisect_right(self._lines, line) - 1
        if place < 0:
            return None
        last = self._at[place + 1] - 1 if place + 1 < len(self._at) else self.rows
        return min(line - self._shifts[place], last)


class LineEnds:
    """How many records end in CRLF and in LF, and on which line the first of each."""

    def __init__(self) -> None:
        self._counts = [0, 0]
        self._first: list[tuple[int, str | None]] = [(0, None), (0, None)]

    def add(self, lines: Lines, last_line: int, path: str | None = None) -> None:
        """Note the end of a record. The last line of a file may have none."""
        if not lines.has(last_line) and not lines.ended:
            return
        kind = int(lines.returned(last_line - 1))
        if not self._counts[kind]:
            self._first[kind] = last_line, path
        self._counts[kind] += 1

    def faults(self, *, lf_only: bool) -> Iterator[Fault]:
        """The fault of a file that mixes CRLF and LF, or that uses CRLF although LF is declared.

        If both kinds are used, the fault names the rarer kind. A file with only CRLF is valid (RFC
        4180) unless LF is declared.
        """
        lf, crlf = self._counts
        if not crlf or not (lf or lf_only):
            return
        kind, name = 1, "CRLF"
        why = "the descriptor declares LF" if lf_only else "other lines end in LF"
        if lf < crlf and not lf_only:
            kind, name, why = 0, "LF", "other lines end in CRLF"
        ends = counted(self._counts[kind], "line ends", "lines end")
        line, path = self._first[kind]
        yield Fault("line-end", line, f"{ends} in {name} from here on, but {why}", path=path)
