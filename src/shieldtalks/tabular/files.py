"""Write files and folders completely or not at all, and write text to a file or to standard output."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .findings import CannotRun

#: The path that means standard output.
STDOUT = Path("-")


def check_target(path: Path, *, force: bool) -> None:
    """Raise CannotRun, before any work, if `path` exists (without `force`) or cannot be written."""
    if path.exists() and not force:
        raise CannotRun(
            f"{path} already exists", "Choose another path, or overwrite it with --force."
        )
    if not path.parent.is_dir():
        raise CannotRun(f"there is no folder {path.parent}", "Create it first.")
    if not os.access(path.parent, os.W_OK):
        raise CannotRun(f"you cannot write to the folder {path.parent}", "Choose another folder.")


def write_text(parts: Iterable[str], target: Path, force: bool) -> None:
    """Write parts of a text, in UTF-8, to a file or to standard output."""
    write_bytes((part.encode("utf-8") for part in parts), target, force)


def write_bytes(parts: Iterable[bytes], target: Path, force: bool) -> None:
    """Write parts of a binary file to a file or to standard output."""
    if target == STDOUT:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    with whole_file(target, force=force) as file:
        for part in parts:
            file.write(part)


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A binary file to write (and read back). It replaces `path` when the block ends without an error.

    Until then, and after an error, `path` is unchanged.
    """
    with whole_path(path, force=force) as part, part.open("w+b") as file:
        yield file


@contextmanager
def whole_path(path: Path, *, force: bool = False) -> Iterator[Path]:
    """The path of an empty file for a library to write. The file then replaces `path`."""
    check_target(path, force=force)
    if path.is_dir():
        raise CannotRun(f"{path} is a folder", "Give the path of a file.")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        with Path(name).open("r+b") as file:
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


@contextmanager
def whole_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A new folder to fill. It replaces `path` when the block ends without an error.

    A folder is not replaced, not even with `force`, if it contains a file that the new folder does
    not contain: that file would be lost. So a path given by mistake, such as a home folder, is safe.
    """
    check_target(path, force=force)
    if path.exists() and not path.is_dir():
        raise CannotRun(f"{path} is a file", "Give the path of a folder.")
    if path.exists() and Path.cwd().is_relative_to(path.resolve()):
        raise CannotRun(f"{path} is or contains the current folder", "Choose another path.")
    new = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        yield new
        new.chmod(0o777 & ~_umask())
        if path.exists():
            _refuse_loss(path, new)
            _swap(new, path)
        else:
            os.replace(new, path)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A new folder to fill, like `whole_folder`. `path` may exist if it contains nothing but `.git`."""
    if not path.exists():
        with whole_folder(path) as new:
            yield new
        return
    if not path.is_dir() or any(entry.name != ".git" for entry in path.iterdir()):
        raise CannotRun(f"{path} already exists and is not an empty folder", "Choose another path.")
    new = Path(tempfile.mkdtemp(prefix=".new.", suffix=".part", dir=path))
    try:
        yield new
        for entry in sorted(new.iterdir()):
            os.replace(entry, path / entry.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _refuse_loss(old: Path, new: Path) -> None:
    """Raise CannotRun if the old folder contains a file that the new folder does not contain."""
    for folder, _, names in os.walk(old):
        for name in sorted(names):
            inner = Path(folder, name).relative_to(old)
            if not (new / inner).exists():
                raise CannotRun(
                    f"{old} contains {inner}, which would be lost",
                    "Choose another path, or remove the folder first.",
                )


def _swap(new: Path, path: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".old", dir=path.parent))
    os.replace(path, aside / "old")
    try:
        os.replace(new, path)
    except BaseException:
        os.replace(aside / "old", path)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
