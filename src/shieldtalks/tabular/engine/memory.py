"""A bound for the memory that one piece of work may use, where the system has such a bound (Linux)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: The most memory that a rule of a stranger may use, in bytes, and as much in temporary files.
MOST_MEMORY = 1 << 30

#: What people read if a rule needs more.
TOO_MUCH = "it needs more than 1 GiB of memory"


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Inside, the process gets at most `MOST_MEMORY` bytes of memory beyond what it has.

    Then an allocation fails, as if the memory of the machine were used up. It does nothing on a system
    without this limit; there, the limits of the engines themselves remain.
    """
    old = _limits()
    if old is None:
        yield
        return
    import resource

    soft, hard, used = old
    wanted = used + MOST_MEMORY
    if soft != resource.RLIM_INFINITY:
        wanted = min(wanted, soft)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _limits() -> tuple[int, int, int] | None:
    """The limits of the data of this process, and its size; None if the system has none."""
    if not sys.platform.startswith("linux"):
        return None
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        return *resource.getrlimit(resource.RLIMIT_DATA), pages * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return None
