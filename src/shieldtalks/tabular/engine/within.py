"""Run a query in another thread, so that a time limit and Ctrl-C always end it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from .. import interrupts
from . import storage
from .base import TimeLimit

T = TypeVar("T")

#: The time, in seconds, after which the waiting thread looks for Ctrl-C.
_MOMENT = 0.05


def within(work: Callable[[], T], interrupt: Callable[[], None], seconds: float) -> T:
    """The result of `work`. After `seconds`, or after Ctrl-C, `interrupt` must end it.

    Raises what `work` raises, and TimeLimit if it was ended for its time.
    """
    results: list[T] = []
    errors: list[Exception] = []
    done = threading.Event()  # `Thread.join` takes a thread for ended after Ctrl-C

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            errors.append(error)
        finally:
            done.set()

    deadline = time.monotonic() + seconds
    threading.Thread(target=run, daemon=True).start()
    is_late = False
    try:
        while not done.wait(_MOMENT) and not is_late:
            is_late = time.monotonic() > deadline
    finally:
        while not done.is_set():  # an interrupt has no effect before the query starts
            with suppress(KeyboardInterrupt):  # a second Ctrl-C changes nothing
                interrupt()
                done.wait(_MOMENT)
    if errors and is_late:
        raise TimeLimit("it took too long")
    if errors:
        raise errors[0]
    return results[0]


def meaning(error: Exception) -> BaseException:
    """What an error of DuckDB means: Ctrl-C, no room for temporary files, or SQL that cannot run."""
    text = str(error)
    if interrupts.came() or (isinstance(error, RuntimeError) and "interrupted" in text.lower()):
        return KeyboardInterrupt()
    return storage.full(error) or storage.short(error) or ValueError(text)
