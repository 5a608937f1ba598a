"""A fence around a library that reads a package without our limits: files, network, memory and time."""

from __future__ import annotations

import mimetypes
import os
import signal
import socket
import stat
import sys
import sysconfig
import threading
import zoneinfo
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

#: The fences that are up. A hook of Python cannot be removed, so it asks this list.
_FENCES: list[_Fence] = []


class TooLong(BaseException):
    """Work that took longer than it may. No `except Exception` of a library hides it."""


class _Fence:
    """Which files may be opened: regular files in a folder, and those of Python itself."""

    def __init__(self, root: Path, refused: Collection[Path]) -> None:
        self._root = root.resolve()
        self._refused = {os.path.realpath(path) for path in refused}

    def allows(self, path: str) -> bool:
        """Whether a file may be opened. A file that does not exist may be: it can only fail."""
        try:
            mode = Path(path).stat().st_mode  # this opens nothing
        except (OSError, ValueError):
            return True
        if path == os.devnull or stat.S_ISDIR(mode):
            return True
        real = os.path.realpath(path)
        if not stat.S_ISREG(mode) or real in self._refused:
            return False
        return any(Path(real).is_relative_to(folder) for folder in (self._root, *_python()))


@cache
def _python() -> tuple[Path, ...]:
    """The folders and files that Python and its libraries read."""
    own = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), *mimetypes.knownfiles]
    paths = [Path(path) for path in (*own, *zoneinfo.TZPATH, *sys.path)]
    here = Path.cwd()
    return tuple(path.resolve() for path in paths if path.is_absolute() and path != here)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not _FENCES:
        return
    path = arguments[0]
    if isinstance(path, (str, bytes)) and not all(f.allows(os.fsdecode(path)) for f in _FENCES):
        raise PermissionError(1, "the file is outside the package, or was refused", path)


@cache
def _watch() -> None:
    """Let Python ask `_hook` before it opens a file."""
    sys.addaudithook(_hook)


@contextmanager
def fenced(root: Path, refused: Collection[Path] = ()) -> Iterator[None]:
    """Inside, only regular files of `root` can be opened, except the refused, and no connection."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("network access is disabled")

    _watch()
    fence = _Fence(root, refused)
    original = socket.socket.connect, socket.getaddrinfo
    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse  # type: ignore[assignment]
    _FENCES.append(fence)
    try:
        yield
    finally:
        _FENCES.remove(fence)
        socket.socket.connect, socket.getaddrinfo = original  # type: ignore[method-assign]


def in_time(work: Callable[[], T], seconds: float) -> T:
    """The result of `work`. Raises TooLong if it does not end in time."""
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        with _alarm(seconds):
            return work()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TooLong
    return results[0]


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TooLong after some seconds, and again each second if something has hidden it."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
