"""A row as JSON, and how numbers without digits and booleans are written as text."""

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
        values = {
            name: spelled(value) if isinstance(value, float) else value
            for name, value in row.items()
        }
        return json.dumps(values, ensure_ascii=False)


def spelled(value: object) -> object:
    """A value as a cell has it: true and false, NaN, INF and -INF as Table Schema spells them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, float) or isfinite(value):
        return value
    return "NaN" if isnan(value) else "INF" if value > 0 else "-INF"
