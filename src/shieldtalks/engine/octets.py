"""What the bytes of a CSV file tell before anything is parsed."""

from __future__ import annotations

import codecs
import errno
import hashlib
import mmap
import re
import stat
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOM = codecs.BOM_UTF8

#: Bytes that no text table needs: the C0 controls but tab, line feed and carriage return, and DEL.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

#: Bytes that say nothing of a file's form; what is left of a chunk without them is short.
_ORDINARY = bytes(set(range(256)) - {*CONTROLS, *b'\n\r"\xc2'})
#: A control character of the second set (U+0080 to U+009F) in UTF-8.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_CHUNK = 1 << 20

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
    size = lines = line_start = 0
    quoted = inside = False
    inner = array("Q")
    last = b"\n"
    plain = utf8
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if size == 0 and chunk.startswith((BOM, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                plain = False
            form = chunk.translate(None, _ORDINARY)
            ends = form.count(b"\n")
            if ends:
                line_start = size + chunk.rfind(b"\n")
            size += len(chunk)
            if size - line_start > LONGEST_LINE:
                raise TooLarge(f"line {lines + ends + 1} is longer than {LONGEST_LINE >> 20} MiB")
            if hashed:
                digest.update(chunk)
            before, last = last, chunk[-1:]
            plain = plain and _is_plain(form, before, chunk)
            if plain and (inside or b'"' in form):
                quoted = True
                inside = _add_inner(inner, form, inside, lines)
            lines += ends
        if plain and quoted:
            plain = _quotes_in_place(stream.fileno(), delimiter.encode())
    if size > LARGEST_ODD and not plain:
        raise TooLarge(
            f"the file is larger than {LARGEST_ODD >> 20} MiB and has line ends, quotes or bytes "
            "that call for a reading of the whole"
        )
    sha256 = digest.hexdigest() if hashed else ""
    return Octets(size, sha256, lines + (last != b"\n"), inner, plain and size > 0)


def _add_inner(inner: array[int], form: bytes, inside: bool, line: int) -> bool:
    """Note which lines of a chunk begin inside a quoted cell; whether the chunk ends inside one.

    `form` holds the chunk's quotes and line feeds in order, `line` is how many lines ended before.
    """
    # Two quotes side by side leave all between the others as it was: few quotes remain.
    for part in form.replace(b'""', b"").split(b'"'):
        feeds = part.count(b"\n")
        if inside:
            inner.extend(range(line + 2, line + 2 + feeds))
        line += feeds
        inside = not inside
    return not inside


def _is_plain(form: bytes, before: bytes, chunk: bytes) -> bool:
    """Whether a chunk has no carriage return and no control character; `form` is what tells."""
    odd = form.translate(None, b'\n"')
    if (odd or before == b"\xc2") and _C1.search(before + chunk):
        return False
    return not odd.strip(b"\xc2")


def _quotes_in_place(handle: int, delimiter: bytes) -> bool:
    """Whether every quoted string fills a whole cell, and every quote is of one."""
    with mmap.mmap(handle, 0, access=mmap.ACCESS_READ) as data:
        return _well_quoted(delimiter).fullmatch(data) is not None


@cache
def _well_quoted(delimiter: bytes) -> re.Pattern[bytes]:
    """A text in which every quote is of a quoted cell. Nothing in it is ever tried twice."""
    between = rb"\n|" + re.escape(delimiter)
    before = rb"(?:(?<=\n)|(?<=" + re.escape(delimiter) + rb")|\A)"
    cell = before + rb'"[^"]*+(?:""[^"]*+)*+"(?=' + between + rb"|\Z)"
    return re.compile(rb'[^"]*+(?:' + cell + rb'[^"]*+)*+')
