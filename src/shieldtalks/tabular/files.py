"""Write files and folders completely or not at all, and write text to a file or to standard output."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from . import temporary
from .findings import CannotRun
from .interrupts import check, uninterrupted

#: The path that means standard output.
STDOUT = Path("-")

#: What the system says if there is no room: on the disk, for this user, or for such a large file.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def check_target(path: Path, *, force: bool) -> None:
    """Raise CannotRun, before any work, if `path` exists (without `force`) or cannot be written.

    Only regular files, folders and new names are written to: a device would be replaced by a file.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise CannotRun(
                f"{path} is a symbolic link",
                "Name the file or folder that it leads to. To write to standard output, use -o -",
            )
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise CannotRun(
                f"{path} is not a regular file",
                "Choose another path. To write to standard output, use -o -",
            )
        if not force:
            raise _exists(path)
    if not path.parent.is_dir():
        raise CannotRun(f"there is no folder {path.parent}", "Create it first.")
    if not os.access(path.parent, os.W_OK):
        raise CannotRun(f"you cannot write to the folder {path.parent}", "Choose another folder.")


def check_file_target(path: Path, *, force: bool) -> None:
    """The same for a file: raise CannotRun also if `path` is a folder."""
    if path.is_dir():
        raise CannotRun(f"{path} is a folder", "Give the path of a file.")
    check_target(path, force=force)


def refuse_sources(target: Path, sources: Iterable[Path]) -> None:
    """Raise CannotRun if an output is one of the files that are read, or a folder that contains one."""
    if target == STDOUT or not os.path.lexists(target):
        return
    place = target.resolve()
    for source in sources:
        with suppress(OSError):
            if source.samefile(target) or source.resolve().is_relative_to(place):
                raise CannotRun(
                    f"{target} is or contains {source}, which this command reads",
                    "Choose another path for the output.",
                )


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
    """The path of an empty file for a library to write. The file then gets the name `path`.

    Without `force`, this fails if something got that name in the meantime.
    """
    check_file_target(path, force=force)
    with _named_if_full(path):
        part = temporary.new_file(path)
        try:
            yield part
            with part.open("r+b") as file:
                os.fsync(file.fileno())
            check()
            with uninterrupted():
                check_file_target(path, force=force)
                part.chmod(_mode(path))
                if force:
                    os.replace(part, path)
                else:
                    _place_file(part, path)
        finally:
            temporary.remove(part)


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Replace the content of several files: of all of them, or of none. The last one is replaced last.

    Until every new file is complete, none is replaced. A signal waits until all of them are replaced.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            check_file_target(path, force=True)
            with _named_if_full(path):
                parts[path] = part = temporary.new_file(path)
                with part.open("r+b") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.chmod(_mode(path))
        check()
        with uninterrupted():
            _replace_each(parts)
    finally:
        for part in parts.values():
            temporary.remove(part)


def _replace_each(parts: Mapping[Path, Path]) -> None:
    """Give each new file its name. If one fails, those before it get their old content back."""
    before: dict[Path, bytes] = {}
    try:
        for path, part in parts.items():
            old = path.read_bytes()
            os.replace(part, path)
            before[path] = old
    except OSError:
        for path, old in before.items():
            path.write_bytes(old)
        raise


@contextmanager
def whole_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A new folder to fill. It replaces `path` when the block ends without an error.

    A folder is not replaced, not even with `force`, if it contains a file that the new folder does
    not contain: that file would be lost. So a path given by mistake, such as a home folder, is safe.
    """
    check_target(path, force=force)
    _check_folder(path)
    with _named_if_full(path):
        new = temporary.new_folder(path)
        try:
            yield new
            new.chmod(0o777 & ~_umask())
            check()
            with uninterrupted():
                check_target(path, force=force)
                if path.exists():
                    _check_folder(path)
                    _refuse_loss(path, new)
                    _swap(new, path)
                else:
                    _place_folder(new, path)
        finally:
            temporary.remove(new)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A new folder to fill, like `whole_folder`. `path` may exist if it contains nothing but `.git`."""
    if not os.path.lexists(path):
        with whole_folder(path) as new:
            yield new
        return
    if not path.is_dir() or any(entry.name != ".git" for entry in path.iterdir()):
        raise CannotRun(f"{path} already exists and is not an empty folder", "Choose another path.")
    with _named_if_full(path):
        new = temporary.new_folder(path / "new")
        try:
            yield new
            check()
            with uninterrupted():
                _place_all(sorted(new.iterdir()), path)
        finally:
            temporary.remove(new)


def _place_all(entries: list[Path], folder: Path) -> None:
    """Move files and folders into a folder: all of them, or none."""
    placed: list[Path] = []
    try:
        for entry in entries:
            target = folder / entry.name
            (_place_folder if entry.is_dir() else _place_file)(entry, target)
            placed.append(target)
    except BaseException:
        for target in placed:
            temporary.remove(target)
        raise


def _place_file(part: Path, path: Path) -> None:
    """Give a file a new name. Raises CannotRun if the name is taken: of several, one wins."""
    try:
        os.link(part, path)
        return
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError:
        pass  # this file system has no hard links
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError as error:
        raise _exists(path) from error
    try:
        os.replace(part, path)
    except BaseException:
        path.unlink()
        raise


def _place_folder(new: Path, path: Path) -> None:
    """Give a folder a new name. Raises CannotRun if the name is taken: of several, one wins."""
    try:
        if os.name == "nt":
            new.rename(path)
            return
        path.mkdir()
    except FileExistsError as error:
        raise _exists(path) from error
    try:
        os.replace(new, path)
    except BaseException:
        with suppress(OSError):
            path.rmdir()
        raise


def _exists(path: Path) -> CannotRun:
    return CannotRun(f"{path} already exists", "Choose another path, or overwrite it with --force.")


def _check_folder(path: Path) -> None:
    """Raise CannotRun if something that exists cannot be replaced by a folder."""
    if not path.exists():
        return
    if not path.is_dir():
        raise CannotRun(f"{path} is a file", "Give the path of a folder.")
    if Path.cwd().is_relative_to(path.resolve()):
        raise CannotRun(f"{path} is or contains the current folder", "Choose another path.")


def _refuse_loss(old: Path, new: Path) -> None:
    """Raise CannotRun if the old folder contains a file that the new folder does not contain."""

    def refuse(error: OSError) -> None:
        raise error

    for folder, inner_folders, names in os.walk(old, onerror=refuse):
        links = [name for name in inner_folders if Path(folder, name).is_symlink()]
        for name in sorted(names + links):
            inner = Path(folder, name).relative_to(old)
            if not os.path.lexists(new / inner):
                raise CannotRun(
                    f"{old} contains {inner}, which would be lost",
                    "Choose another path, or remove the folder first.",
                )


def _swap(new: Path, path: Path) -> None:
    """Replace a folder. The old one is put back if this fails."""
    from shutil import rmtree
    from tempfile import mkdtemp

    # Not among the temporary folders: for a moment it contains the only copy of the old folder.
    aside = Path(mkdtemp(prefix=f".{path.name}.", suffix=".old", dir=path.parent))
    try:
        os.replace(path, aside / "old")
        try:
            os.replace(new, path)
        except BaseException:
            os.replace(aside / "old", path)
            raise
    except BaseException:
        aside.rmdir()
        raise
    rmtree(aside, ignore_errors=True)


@contextmanager
def _named_if_full(path: Path) -> Iterator[None]:
    """Name what was written if there is no room for it. The system does not say."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        message = f"{path} cannot be written ({error.strerror}); nothing was left"
        raise CannotRun(message, "Make room, or choose a folder on another disk.") from error


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
