"""Where an export goes: a file that appears whole or not at all, or standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from math import isfinite, isnan
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tables.rows import Row

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

#: The target that means standard output.
STDOUT = Path("-")


def write_text(parts: Iterable[str], target: Path, force: bool) -> None:
    """Write the parts, in UTF-8, to a file or to standard output."""
    write_bytes((part.encode("utf-8") for part in parts), target, force)


def write_bytes(parts: Iterable[bytes], target: Path, force: bool) -> None:
    """Write the parts to a file or to standard output."""
    if target == STDOUT:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    from .files import whole_file

    with whole_file(target, force=force) as file:
        for part in parts:
            file.write(part)


def json_row(row: Row) -> str:
    """A row as JSON; a number that JSON does not have as Table Schema spells it: NaN, INF, -INF."""
    try:
        return _encode(row)
    except ValueError:
        return json.dumps({name: spelled(value) for name, value in row.items()}, ensure_ascii=False)


def spelled(value: object) -> object:
    """A value, where it is a number without digits as Table Schema spells it: NaN, INF, -INF."""
    if not isinstance(value, float) or isfinite(value):
        return value
    return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"
