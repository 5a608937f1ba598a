"""The zip of a workbook, looked at before a library opens it: sizes, and what XML must not have."""

from __future__ import annotations

import math
import re
import zipfile
from pathlib import Path

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
    tags, most = 0, _MOST_TAGS if entry.filename.endswith(_WHOLE) else math.inf
    is_sheet = "worksheets/" in entry.filename
    found, before, last, rest = False, b"", 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            # A NUL is half of an ASCII character in UTF-16.
            part = before + chunk.replace(b"\0", b"")
            if _DOCUMENT_TYPE in part:
                raise Damaged("the workbook contains a document type, which is not allowed")
            tags += chunk.count(b"<")
            if tags > most:
                what = f'the part "{cut(entry.filename, 100)}" of the workbook'
                raise TooLarge(f"{what} has more than {most:,} tags")
            found = found or (is_sheet and any(mark in part for mark in _FORMULA))
            before = part[-len(_DOCUMENT_TYPE) :]
            if is_sheet:
                whole = rest + chunk.replace(b"\0", b"")
                last, rest = _last_row(whole, last), whole[whole.rfind(b"<") :][:_LONGEST_TAG]
                rest = b"" if b">" in rest else rest
    return found


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
