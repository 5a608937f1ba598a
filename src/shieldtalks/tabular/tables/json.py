"""A row as JSON, and how a number without digits is written as text."""

from __future__ import annotations

import json
from math import isfinite, isnan

from .rows import Row

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


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
