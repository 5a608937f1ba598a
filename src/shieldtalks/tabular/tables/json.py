"""A row as JSON."""

from __future__ import annotations

import json

from ..types.number import spelled
from .rows import Row

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_row(row: Row) -> str:
    """A row as JSON; a number that JSON does not have is the text NaN, INF or -INF."""
    try:
        return _encode(row)
    except ValueError:
        return json.dumps({name: spelled(value) for name, value in row.items()}, ensure_ascii=False)
