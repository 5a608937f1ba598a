"""Open files for reading. Only regular files are opened, and only the bytes that they had then are read.

So a named pipe, a device and a file that grows without end can neither stop a command nor fill the
memory.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TextIO

#: Why a file that is no regular file is not opened, such as a named pipe or a device.
NOT_REGULAR = "it is not a regular file"

#: The largest text file, in bytes, that is read as a whole: a copy of an article, a changelog.
LARGEST_TEXT = 64 << 20

#: Bytes that are read from the disk at once.
_BUFFER = 1 << 18

# A named pipe would wait for a writer. Without O_BINARY, Windows would change line endings.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class TooLong(ValueError):
    """A file that is larger than a limit."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the file is larger than {most >> 20} MiB")


class Changed(OSError):
    """A file that changed while it was read."""

    def __init__(self, file: Path) -> None:
        super().__init__(errno.EAGAIN, "it changed while it was read", str(file))


class _Snapshot(io.FileIO):
    """A file as long as it was when it was opened, even if it grows."""

    _left = 0

    def readinto(self, buffer: memoryview, /) -> int | None:  # type: ignore[override]
        room = max(self._left - self.tell(), 0)
        return super().readinto(buffer[:room]) if room < len(buffer) else super().readinto(buffer)

    def readall(self) -> bytes:
        return self.read(max(self._left - self.tell(), 0)) or b""


def open_regular(file: Path) -> io.BufferedReader:
    """A regular file to read as bytes. Raises OSError if it cannot be opened or is no regular file."""
    _check(file.stat(), file)  # opening some devices has an effect
    number = os.open(file, _FLAGS)
    try:
        state = os.fstat(number)
        _check(state, file)
        raw = _Snapshot(number)
    except BaseException:
        os.close(number)
        raise
    raw._left = state.st_size
    return io.BufferedReader(raw, _BUFFER)


def open_text(file: Path, encoding: str, *, errors: str = "strict", newline: str = "") -> TextIO:
    """A regular file to read as text. Raises OSError like `open_regular`."""
    stream = open_regular(file)
    try:
        return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline=newline)
    except BaseException:
        stream.close()
        raise


def read_bytes(file: Path, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError like `open_regular`, and TooLong.

    Never more than `most` bytes and one are read.
    """
    with open_regular(file) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise TooLong(most)
    return data


def copy_to(file: Path, out: IO[bytes]) -> None:
    """Copy the bytes of a regular file. Raises OSError like `open_regular`."""
    from shutil import copyfileobj

    with open_regular(file) as source:
        copyfileobj(source, out, _BUFFER)


def copy_file(file: Path, target: Path) -> None:
    """Copy a regular file to a new file. Raises OSError like `open_regular`."""
    with target.open("xb") as out:
        copy_to(file, out)


def state_of(file: Path) -> tuple[int, int, int]:
    """What differs if a file changes: its identity, its size and its time."""
    state = file.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def states_of(files: Iterable[Path]) -> list[tuple[int, int, int] | None]:
    """What differs if one of the files changes; None for a file that cannot be opened."""
    return [_known_state(file) for file in files]


def check_unchanged(files: Iterable[Path], before: Iterable[object]) -> None:
    """Raise Changed if a file has another state than it had before (see `states_of`)."""
    for file, state in zip(files, before, strict=True):
        if _known_state(file) != state:
            raise Changed(file)


def _known_state(file: Path) -> tuple[int, int, int] | None:
    try:
        return state_of(file)
    except OSError:
        return None


def next_step(error: OSError) -> str:
    """What to do if a file of a package cannot be opened."""
    if isinstance(error, Changed):
        return "Wait until no other program writes to it, then run the command again."
    if isinstance(error, PermissionError):
        return "Check the permissions of the file."
    if isinstance(error, IsADirectoryError) or error.strerror == NOT_REGULAR:
        return "Put a regular file there."
    return "Restore the file, or correct its path."


def _check(state: os.stat_result, file: Path) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(file))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR, str(file))
