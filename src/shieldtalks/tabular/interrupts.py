"""Signals that end a command: Ctrl-C, and what ends a process from outside. Each raises KeyboardInterrupt.

So a command that is ended removes its temporary files, like one that fails.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

#: The signals that end a process, as far as the system has them and a process can handle them.
_NAMES = (
    *("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK", "SIGALRM", "SIGVTALRM", "SIGPROF"),
    *("SIGUSR1", "SIGUSR2", "SIGXCPU"),
)

#: Called at the end of a command, whatever ended it.
at_end: list[Callable[[], None]] = []


class _State:
    """Whether a signal came, whether it still has to raise, and how many blocks must not be interrupted."""

    came = waiting = shown = False
    held = 0


def came() -> bool:
    """Whether the command that runs was asked to end. A library may have lost the exception."""
    return _State.came


def shown() -> None:
    """Note that the user was told about the signal that came, so that `handled` raises nothing at its end."""
    _State.shown = True


@contextmanager
def handled() -> Iterator[None]:
    """A command: each signal that ends a process raises KeyboardInterrupt in this block.

    A signal that is ignored, as under `nohup`, or that somebody else handles, is left alone.
    """
    before = dict(_install())
    hook = sys.unraisablehook
    sys.unraisablehook = partial(_lost, hook)
    _State.came = _State.waiting = _State.shown = False
    try:
        yield
        check()
    finally:
        _State.held += 1
        for call in at_end:
            call()
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)
        _State.held -= 1
        if _State.came:
            # If Ctrl-C comes while a text is executed, such as for a dataclass, Python kills itself at
            # the end, even if the exception was caught. The next text that is executed resets this.
            eval("0")  # noqa: S307
        _State.came = _State.waiting = False


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A block in which no signal raises. One that comes raises at the end of the block."""
    _State.held += 1
    try:
        yield
    finally:
        _State.held -= 1
        if _State.waiting and not _State.held:
            _State.waiting = False
            raise KeyboardInterrupt


def check() -> None:
    """Raise KeyboardInterrupt if a signal came and nobody saw it: it was raised where nothing can be."""
    if _State.came and not _State.shown:
        raise KeyboardInterrupt


def _lost(hook: Callable[[Any], object], lost: Any) -> None:
    """Say nothing about a KeyboardInterrupt where nothing can be raised, such as in `__del__`."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        hook(lost)


def _install() -> Iterator[tuple[int, Any]]:
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) not in (
            signal.SIG_DFL,
            signal.default_int_handler,
        ):
            continue
        try:
            yield number, signal.signal(number, _end)
        except (OSError, ValueError):  # not possible in a thread
            return


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    _State.came = True
    if _State.held:
        _State.waiting = True
        return
    raise KeyboardInterrupt
