"""A row as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from ..jsontext import LongNumber
from ..types.number import spelled
from .rows import Row

#: A number as Table Schema allows it and JSON may not: a plus, zeros before it, no digit beside the point.
_NUMERAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(.*)")

#: The types of values in which the encoder would lose digits.
_WITH_DIGITS = frozenset({LongNumber, list, dict})

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def json_row(row: Row) -> str:
    """A row as JSON; a number that JSON does not have is the text NaN, INF or -INF.

    Numbers keep all their digits, also those that a double does not have.
    """
    if any(type(value) in _WITH_DIGITS for value in row.values()):
        return _value(row)
    try:
        return _encode(row)
    except ValueError:
        return json.dumps({name: spelled(value) for name, value in row.items()}, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_encode(name)}: {_value(one)}' for name, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if not isinstance(value, LongNumber):
        return _encode(spelled(value))
    match = _NUMERAL.fullmatch(value.text)
    if match is None:
        return _encode(value.text)
    sign, whole, fraction, exponent = match.groups()
    point = f".{fraction}" if fraction else ""
    return f"{'-' * (sign == '-')}{whole.lstrip('0') or '0'}{point}{exponent}"
