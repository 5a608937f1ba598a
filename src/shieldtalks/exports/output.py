"""Where an export goes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

#: The target that means standard output.
STDOUT = Path("-")


def write_text(parts: Iterable[str], target: Path, force: bool) -> None:
    """Write the parts, in UTF-8, to a file or to standard output."""
    if target == STDOUT:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part.encode("utf-8"))
        sys.stdout.buffer.flush()
        return
    from ..files import whole_file

    with whole_file(target, force=force) as file:
        for part in parts:
            file.write(part.encode("utf-8"))
