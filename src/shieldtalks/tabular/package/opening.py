"""The package that a command names: a folder, a descriptor, a zip or a wheel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .package import Package, is_archive, read


def _silent(_: str) -> None:
    """Show no progress."""


@contextmanager
def opened(given: Path, tell: Callable[[str], None] = _silent) -> Iterator[Package]:
    """The package at `given`: a folder, a descriptor, a zip or a wheel.

    Raises PackageError if there is none. A package from an archive is deleted when the block ends.
    `tell` is called with progress messages.
    """
    if not is_archive(given):
        yield read(given)
        return
    from .archive import unpacked  # most packages are in a folder

    with unpacked(given, tell) as package:
        yield package
