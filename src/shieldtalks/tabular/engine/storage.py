"""What an error of an engine says about the disk: there is no room for temporary files."""

from __future__ import annotations

import sqlite3

from ..files import FULL
from ..findings import CannotRun

#: What SQLite reports if it cannot write a file: no room, or an error of the disk.
_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}

#: Words of DuckDB's errors for the same.
_WORDS = ("No space left on device", "Disk quota exceeded", "max_temp_directory_size")


def full(error: BaseException) -> CannotRun | None:
    """The error for people if an engine has no room for temporary files; None for any other error."""
    is_system = isinstance(error, OSError) and error.errno in FULL
    if not (is_system or cannot_write(error) or any(words in str(error) for words in _WORDS)):
        return None
    return CannotRun(
        "there is no room for temporary files", "Set TMPDIR to a folder on a disk with more room."
    )


def short(error: BaseException) -> CannotRun | None:
    """The error for people if DuckDB may not use enough memory; None for any other error."""
    if not str(error).startswith("Out of Memory Error"):
        return None
    return CannotRun(
        "DuckDB needs more memory than it may use",
        "Give a larger --memory-limit, or fewer --threads, or use --engine sqlite.",
    )


def cannot_write(error: BaseException) -> bool:
    """Whether SQLite could not write a file."""
    # The lower byte is the code; the others give details.
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _CODES
