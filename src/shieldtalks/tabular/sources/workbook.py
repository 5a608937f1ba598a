"""The zip of a workbook, looked at before a library opens it: sizes, and what XML must not have."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..findings import cut
from ..package import archive as archives
from ..reading import open_regular
from .compressed import too_large
from .octets import TooLarge
from .source import Damaged

#: The largest list of shared texts, in bytes of XML. It is in memory as a whole.
_LARGEST_TEXTS = 256 << 20

#: The parts that the library reads as a whole, and the most tags of one of them. Excel needs 200,000 for
#: all the formats that a workbook can have.
_WHOLE = ("[Content_Types].xml", "workbook.xml", "styles.xml", ".rels")
_MOST_TAGS = 250_000

_CHUNK = 1 << 20

#: The start of a row of a sheet, and its number. Neither goes back, so the work is linear.
_ROW, _NUMBER = (
    re.compile(rb"<(?:\w{1,99}+:)?row(\s[^<>]*+)?>"),
    re.compile(rb"""\sr\s?=\s?["'](-?\d{1,18})["']"""),
)
#: The longest start of an element that is looked for over the end of a chunk.
_LONGEST_TAG = 4096

#: A formula in a sheet; and a document type, which can hold a trap and which no workbook has.
_FORMULA, _DOCUMENT_TYPE = (b"<f>", b"<f "), b"<!DOCTYPE"

#: What may stand before the first element of a document, and the start of that element.
_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)?(?:\s|<\?.*?\?>|<!--.*?-->)*+<[\w:]", re.DOTALL
)

#: The start of what is no markup, and its end.
_TEXTS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_TEXT = re.compile(b"|".join(map(re.escape, _TEXTS)))
_LONGEST_START = max(map(len, _TEXTS))


def check_archive(file: Path) -> bool:
    """Whether a workbook has formulas. Raises TooLarge and Damaged if it must not be opened."""
    most, shown = archives.limit(file.stat().st_size)
    try:
        with open_regular(file) as stream:
            if archives.directory_size(stream) > archives.LARGEST_DIRECTORY:
                raise TooLarge("the workbook lists too many files")
            with zipfile.ZipFile(stream) as archive:
                entries = archive.infolist()
                if sum(entry.file_size for entry in entries) > most:
                    raise too_large(shown)
                names = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
                return any([_has_formulas(archive, entry) for entry in names])  # noqa: C419
    except (NotImplementedError, RuntimeError, *archives.DAMAGED) as error:
        if isinstance(error, TooLarge | Damaged):
            raise
        message = f"the file is not a workbook, or it is damaged ({error})"
        raise Damaged(
            message, hint="Open it in Excel or LibreOffice, and save it again."
        ) from error


def _has_formulas(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if entry.filename.endswith("sharedStrings.xml") and entry.file_size > _LARGEST_TEXTS:
        raise TooLarge(f"the workbook has more than {_LARGEST_TEXTS >> 20} MiB of texts")
    with archive.open(entry) as stream:
        _check_document_type(stream)
    if entry.filename.endswith(_WHOLE):
        with archive.open(entry) as stream:
            _check_tags(stream, entry.filename)
    if "worksheets/" not in entry.filename:
        return False
    found, last, rest = False, 0, b""
    with archive.open(entry) as stream:
        for part in _markup(stream):
            whole = rest + part
            found = found or any(mark in whole for mark in _FORMULA)
            last, rest = _last_row(whole, last), whole[whole.rfind(b"<") :][:_LONGEST_TAG]
            rest = b"" if b">" in rest else rest
    return found


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A document in pieces. A NUL is half of an ASCII character in UTF-16 and is left out."""
    while chunk := stream.read(_CHUNK):
        yield chunk.replace(b"\0", b"")


def _check_document_type(stream: IO[bytes]) -> None:
    """Raise Damaged if a document has a document type. It can only be before the first element."""
    before = b""
    for number, piece in enumerate(_pieces(stream)):
        if number == 0 and _PROLOG.match(piece):
            return
        if _DOCUMENT_TYPE in before + piece:
            raise Damaged("the workbook contains a document type, which is not allowed")
        before = piece[-len(_DOCUMENT_TYPE) :]


def _check_tags(stream: IO[bytes], name: str) -> None:
    """Raise TooLarge if a part that is read as a whole has too many tags."""
    tags = 0
    for piece in _pieces(stream):
        tags += piece.count(b"<")
        if tags > _MOST_TAGS:
            what = f'the part "{cut(name, 100)}" of the workbook'
            raise TooLarge(f"{what} has more than {_MOST_TAGS:,} tags")


def _markup(stream: IO[bytes]) -> Iterator[bytes]:
    """The markup of a document in pieces, without comments and without texts that look like markup."""
    held, end = b"", b""
    for piece in _pieces(stream):
        held += piece
        found: list[bytes] = []
        while held:
            if end:
                place = held.find(end)
                if place < 0:
                    held = held[1 - len(end) :]
                    break
                held, end = held[place + len(end) :], b""
            start = _TEXT.search(held)
            if start is None:
                # The last bytes may be the start of such a text.
                place = held.find(b"<", max(0, len(held) - _LONGEST_START))
                found.append(held if place < 0 else held[:place])
                held = b"" if place < 0 else held[place:]
                break
            found.append(held[: start.start()])
            held, end = held[start.end() :], _TEXTS[start[0]]
        yield b"".join(found)
    yield b"" if end else held


def _last_row(part: bytes, last: int) -> int:
    """The number of the last row in a part of a sheet. Raises Damaged if it is not after those before.

    The library leaves out a row that comes after a row with the same or a greater number.
    """
    for match in _ROW.finditer(part):
        stated = _NUMBER.search(match[1] or b"")
        number = int(stated[1]) if stated else last + 1
        if number <= last:
            message = f"a sheet of the workbook has row {number} after row {last}"
            raise Damaged(message, hint="Open it in Excel or LibreOffice, and save it again.")
        last = number
    return last
