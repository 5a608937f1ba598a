"""What the bytes of a CSV file tell before anything is parsed."""

from __future__ import annotations

import codecs
import errno
import hashlib
import re
import stat
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

BOM = codecs.BOM_UTF8

#: Bytes that no text table needs: the C0 controls but tab, line feed and carriage return, and DEL.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

#: Bytes that say nothing of a file's form; what is left of a chunk without them is short.
_ORDINARY = bytes(set(range(256)) - {*CONTROLS, *b'\n\r"\xc2'})
#: A control character of the second set (U+0080 to U+009F) in UTF-8.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
#: Bytes looked at together: few enough to stay in the processor's cache from look to look.
_CHUNK = 1 << 18
#: A file is no plain one where a cell goes on for so long.
_LONGEST_CELL = 16 << 20

#: A longer line is refused; and so is a larger file where only the exact reader will do.
LONGEST_LINE, LARGEST_ODD = 64 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Octets:
    """Facts about the bytes of a file."""

    size: int
    #: As hexadecimal digits; "" where it was not asked for.
    sha256: str
    #: Physical lines; the last one may lack its line feed.
    lines: int
    #: The physical lines that begin inside a quoted cell, by number; right where the file is plain.
    inner: Sequence[int]
    #: True where a plain CSV reader is exact: LF ends, no control byte, no stray quote. That the
    #: bytes are UTF-8 is left to the reader, which stumbles where they are not.
    plain: bool

    @property
    def records(self) -> int:
        """Records of a plain file, its header and its blank lines among them."""
        return self.lines - len(self.inner)


class TooLarge(ValueError):
    """A file that would take more memory than a check may: it is refused, not read."""


def inspect(file: Path, *, utf8: bool = True, delimiter: str = ",", hashed: bool = True) -> Octets:
    """Facts about the bytes of `file`.

    Raises OSError where it cannot be read or is no regular file, and TooLarge.
    """
    if not stat.S_ISREG(file.stat().st_mode) and not file.is_dir():
        raise OSError(errno.EINVAL, "it is not a regular file")
    digest = hashlib.sha256()
    size = lines = 0
    inner = array("Q")
    end = b"\n"
    plain = utf8
    with file.open("rb") as stream:
        for part, form in _parts(stream):
            if size == 0 and part.startswith((BOM, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                plain = False
            end = part[-1:]
            ends = form.count(b"\n")
            if len(part) - part.rfind(b"\n", 0, -1) > LONGEST_LINE:
                number = lines + ends + (end != b"\n")
                raise TooLarge(f"line {number} is longer than {LONGEST_LINE >> 20} MiB")
            if hashed:
                digest.update(part)
            plain = plain and _is_plain(form, part)
            if plain and b'"' in form:
                plain = _well_quoted(delimiter.encode()).fullmatch(part) is not None
                _add_inner(inner, form, lines)
            size += len(part)
            lines += ends
    if size > LARGEST_ODD and not plain:
        raise TooLarge(
            f"the file is larger than {LARGEST_ODD >> 20} MiB and has line ends, quotes or bytes "
            "that call for a reading of the whole"
        )
    sha256 = digest.hexdigest() if hashed else ""
    return Octets(size, sha256, lines + (end != b"\n"), inner, plain and size > 0)


def _parts(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """A file in parts of whole lines, and of whole records unless a cell is too long.

    With each its form: its quotes, its line feeds and whatever else is not ordinary, in order.
    """
    part = form = b""
    while more := stream.read(max(_CHUNK, len(part))):
        more += stream.readline(LONGEST_LINE)
        part += more
        form += more.translate(None, _ORDINARY)
        if form.count(b'"') % 2 == 0 or len(part) > _LONGEST_CELL:
            yield part, form
            part = form = b""
    if part:
        yield part, form


def _add_inner(inner: array[int], form: bytes, line: int) -> None:
    """Note which lines of a part begin inside a quoted cell; `line` is how many ended before."""
    inside = False
    # Two quotes side by side leave all between the others as it was: few quotes remain.
    for between in form.replace(b'""', b"").split(b'"'):
        feeds = between.count(b"\n")
        if inside:
            inner.extend(range(line + 2, line + 2 + feeds))
        line += feeds
        inside = not inside


def _is_plain(form: bytes, part: bytes) -> bool:
    """Whether a part has no carriage return and no control character; `form` is what tells."""
    odd = form.translate(None, b'\n"')
    if odd and _C1.search(part):
        return False
    return not odd.strip(b"\xc2")


@cache
def _well_quoted(delimiter: bytes) -> re.Pattern[bytes]:
    """A text in which every quote is of a quoted cell. Nothing in it is ever tried twice."""
    between = rb"\n|" + re.escape(delimiter)
    before = rb"(?:(?<=\n)|(?<=" + re.escape(delimiter) + rb")|\A)"
    cell = before + rb'"[^"]*+(?:""[^"]*+)*+"(?=' + between + rb"|\Z)"
    return re.compile(rb'[^"]*+(?:' + cell + rb'[^"]*+)*+')
