"""How many threads and how much memory an engine may use."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..package import Resource

#: Tables with fewer bytes than this for each thread are faster, or cost less, with fewer threads.
_WORTH_A_THREAD = 64_000_000

#: The least memory limit: with less, no engine can do useful work.
LEAST_MEMORY = 128 << 20

#: The part of the memory limit that an engine gets. The rest is for the program itself.
_FOR_ENGINE = 3 / 4

_UNITS = {"": 1, **{f"{unit}B": 1000**power for power, unit in enumerate(("", *"KMGT"))}}
_UNITS |= {f"{unit}IB": 1024**power for power, unit in enumerate("KMGT", start=1)}
_SIZE = r"(?i)([0-9]{1,15}(?:\.[0-9]{1,3})?) ?([KMGT]i?B|B|)"


class Limits(NamedTuple):
    """What an engine may use."""

    #: The most threads. None: as many as the process may use, if the tables are large.
    threads: int | None = None
    #: The most memory of the whole process, in bytes. None: what the engine takes by itself.
    memory: int | None = None

    @property
    def engine_memory(self) -> int | None:
        """The memory for the engine alone, in bytes."""
        return None if self.memory is None else int(self.memory * _FOR_ENGINE)

    def threads_for(self, resources: Sequence[Resource]) -> int:
        """The number of threads for these tables."""
        if self.threads is not None:
            return self.threads
        files = [file for resource in resources for file in resource.files]
        size = sum(file.stat().st_size for file in files if file.is_file())
        return max(1, min(usable_cores(), size // _WORTH_A_THREAD))


#: What an engine may use if nothing is said.
NO_LIMITS = Limits()


def usable_cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def size_of(text: str) -> int | None:
    """The number of bytes that a text such as 2GB or 512 MiB means. None for any other text."""
    found = re.fullmatch(_SIZE, text.strip())
    return int(float(found[1]) * _UNITS[found[2].upper()]) if found else None
