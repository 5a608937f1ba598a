"""Standard output and standard error: closed, full, or with an encoding that lacks characters."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO

CLOSED = "standard output is closed"


def prepare() -> None:
    """Make the standard streams safe to use. Raises OSError if standard output is closed.

    The numbers 0 to 2 are taken if they are free, so that no file of ours gets one of them and is
    written to as if it were a standard stream. Characters that an encoding lacks are escaped.
    """
    while True:
        number = os.open(os.devnull, os.O_RDWR)
        if number > 2:
            os.close(number)
            break
    if sys.stdout is None:
        raise OSError(CLOSED)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def finish() -> OSError | None:
    """Write what is left of standard output and standard error. Returns why the first cannot be written."""
    failed = None
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as error:
        failed = error if isinstance(error, OSError) else OSError(CLOSED)
        drop(sys.stdout)
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
    except (OSError, ValueError):
        drop(sys.stderr)
    return failed


def drop(stream: IO[str]) -> None:
    """Let what is left of a stream go nowhere, so that Python does not fail with it at the end."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
