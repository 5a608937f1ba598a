"""Temporary files and folders. None is left when a command ends, whatever ends it short of SIGKILL."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .findings import CannotRun
from .interrupts import at_end, uninterrupted

#: The temporary files and folders that exist.
_existing: set[Path] = set()

#: The part of a name, in bytes, that the name of a temporary file beside it repeats.
_REPEATED = 100


def new_file(beside: Path) -> Path:
    """An empty temporary file in the folder of a file that is to be written."""
    return _made(lambda: _empty_file(beside), beside.parent)


def new_folder(beside: Path) -> Path:
    """An empty temporary folder in the folder of a file or folder that is to be written."""
    from tempfile import mkdtemp

    parent = beside.parent
    return _made(lambda: mkdtemp(".part", _prefix(beside), parent), parent)


@contextmanager
def folder(beside: Path | None = None) -> Iterator[Path]:
    """A temporary folder for a block: in the folder of `beside`, or among those of the system."""
    path = new_folder(beside) if beside is not None else system_folder()
    try:
        yield path
    finally:
        remove(path)


def system_folder() -> Path:
    """An empty folder among the temporary folders of the system. Raises CannotRun if there is none."""
    from tempfile import mkdtemp

    try:
        return _made(lambda: mkdtemp(prefix="shieldtalks-"), None)
    except OSError as error:
        message = f"there is no folder for temporary files ({error.strerror or error})"
        raise CannotRun(message, "Set TMPDIR to a folder that you can write to.") from error


def remove(path: Path) -> None:
    """Remove a temporary file or folder, if it is still there."""
    with uninterrupted():
        if path.is_dir() and not path.is_symlink():
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
        _existing.discard(path)


def remove_all() -> None:
    """Remove what is left: an exception can come before the block that would remove it."""
    for path in list(_existing):
        remove(path)


at_end.append(remove_all)
atexit.register(remove_all)


def _made(make: Callable[[], str], parent: Path | None) -> Path:
    with uninterrupted():
        try:
            path = Path(make())
        except OSError as error:
            if parent is None:
                raise
            message = f"you cannot write to the folder {parent} ({error.strerror or error})"
            raise CannotRun(message, "Choose another folder.") from error
        _existing.add(path)
    return path


def _empty_file(beside: Path) -> str:
    from tempfile import mkstemp

    handle, name = mkstemp(".part", _prefix(beside), beside.parent)
    os.close(handle)
    return name


def _prefix(beside: Path) -> str:
    return os.fsdecode(b"." + os.fsencode(beside.name)[:_REPEATED] + b".")
