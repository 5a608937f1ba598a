"""What the bytes of a CSV file tell before anything is parsed."""

from __future__ import annotations

import codecs
import hashlib
import mmap
import re
from dataclasses import dataclass
from pathlib import Path

BOM = codecs.BOM_UTF8

#: Bytes that no text table needs: the C0 controls but tab, line feed and carriage return, and DEL.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])

_NO_CONTROLS = bytes.maketrans(b"", b"")
_QUOTED = re.compile(rb'"[^"]*(?:""[^"]*)*"')
#: A control character of the second set (U+0080 to U+009F) in UTF-8.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_LF = ord("\n")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Octets:
    """Facts about the bytes of a file."""

    size: int
    sha256: str
    #: Physical lines; the last one may lack its line feed.
    lines: int
    #: True where the plain CSV reader is exact: UTF-8, LF ends, no control byte, no stray quote.
    plain: bool


def inspect(file: Path, *, utf8: bool = True, delimiter: str = ",") -> Octets:
    """Facts about the bytes of `file`. Raises OSError where it cannot be read."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = lines = quotes = 0
    last = b"\n"
    plain = utf8
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if size == 0 and chunk.startswith(BOM):
                plain = False
            size += len(chunk)
            digest.update(chunk)
            lines += chunk.count(b"\n")
            before, last = last, chunk[-1:]
            quotes += chunk.count(b'"')
            if plain:
                plain = b"\r" not in chunk and _decodes(decoder, chunk)
            if plain and (b"\xc2" in chunk or before == b"\xc2"):
                plain = not _C1.search(before + chunk)
            if plain:
                plain = len(chunk.translate(_NO_CONTROLS, CONTROLS)) == len(chunk)
        plain = plain and size > 0 and _decodes(decoder, b"", final=True)
        if plain and quotes:
            plain = quotes % 2 == 0 and _quotes_in_place(stream.fileno(), size, delimiter.encode())
    return Octets(size, digest.hexdigest(), lines + (last != b"\n"), plain)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _quotes_in_place(handle: int, size: int, delimiter: bytes) -> bool:
    """Whether every quoted string fills a whole cell."""
    with mmap.mmap(handle, 0, access=mmap.ACCESS_READ) as data:
        for match in _QUOTED.finditer(data):
            start, end = match.span()
            if (
                start
                and data[start - 1] != _LF
                and data[max(0, start - len(delimiter)) : start] != delimiter
            ):
                return False
            if end < size and data[end] != _LF and data[end : end + len(delimiter)] != delimiter:
                return False
    return True
