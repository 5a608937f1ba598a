"""Compressed files of tables: gzip, and a zip with one file. They are uncompressed to a temporary file."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from ..package import Resource
from ..package import archive as archives
from ..package.zipped import files_in
from ..reading import open_regular
from .octets import TooLarge
from .source import Damaged

_CHUNK = 1 << 20


def uncompress(part: Resource, target: Path) -> None:
    """Write the content of a compressed file to `target`. Raises OSError, TooLarge and Damaged."""
    copy = _gz if part.compression == "gz" else _zip
    try:
        with open_regular(part.file) as packed, target.open("wb") as out:
            copy(part, packed, out)
    except (gzip.BadGzipFile, NotImplementedError, RuntimeError, *archives.DAMAGED) as error:
        if isinstance(error, TooLarge | Damaged):
            raise
        called = "a gzip file" if part.compression == "gz" else "a zip archive"
        message = f"the file is not {called}, or it is damaged ({error})"
        raise Damaged(message, hint="Compress the table again.") from error


def bounded_copy(size: int, read: Callable[[int], bytes], out: IO[bytes]) -> None:
    """Copy what a compressed file of this size holds. Raises TooLarge if it is far too much."""
    most, shown = archives.limit(size)
    written = 0
    while chunk := read(_CHUNK):
        written += len(chunk)
        if written > most:
            raise too_large(shown)
        out.write(chunk)


def too_large(shown: str) -> TooLarge:
    """The error for a file that holds far more than its size lets expect."""
    return TooLarge(f"uncompressed, it is larger than {shown} (see {archives.LIMIT_VARIABLE})")


def _gz(part: Resource, packed: IO[bytes], out: IO[bytes]) -> None:
    with gzip.GzipFile(fileobj=packed) as stream:
        bounded_copy(part.file.stat().st_size, stream.read, out)


def _zip(part: Resource, packed: IO[bytes], out: IO[bytes]) -> None:
    if archives.directory_size(packed) > archives.LARGEST_DIRECTORY:
        raise TooLarge("the zip lists too many files")
    with zipfile.ZipFile(packed) as archive:
        entry = _entry(part, archive)
        if entry.flag_bits & 1:
            raise Damaged(
                "the file in the zip is encrypted", hint="Compress it without a password."
            )
        if entry.compress_type not in archives.METHODS or not archives.is_file_entry(entry):
            raise Damaged("the zip cannot be read", hint="Compress the table again.")
        with archive.open(entry) as stream:
            bounded_copy(part.file.stat().st_size, stream.read, out)


def _entry(part: Resource, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The file of a zip that holds the table: the one that `innerpath` names, or the only one."""
    inner = part.descriptor.get("innerpath")
    files = files_in(archive)
    if isinstance(inner, str) and inner:
        found = [info for info in files if info.filename == inner]
        if len(found) == 1:
            return found[0]
        raise Damaged(f'the zip has no file "{inner}"', hint="Correct the innerpath.")
    if len(files) != 1:
        message = f"the zip has {len(files)} files, not one"
        raise Damaged(message, hint='Put one table into a zip, or name its file as "innerpath".')
    return files[0]
