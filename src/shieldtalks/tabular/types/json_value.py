"""Values of JSON in a cell: read strictly, and compared by what they mean."""

from __future__ import annotations

import json
from typing import Any

from ..jsontext import LongNumber, parse
from .numerals import number_key

#: A key of more characters than this is replaced by its hash.
_LONGEST_KEY = 128

_encode = json.JSONEncoder(ensure_ascii=False).encode


def read_json(text: str) -> Any:
    """The value of a JSON text: no key twice in an object, no NaN, at most 100 levels.

    Raises ValueError for any other text. Numbers keep all their digits.
    """
    try:
        return parse(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise ValueError(text) from error


def json_key(value: Any) -> str:
    """A text that is equal for equal values, whatever the order of keys and the form of numbers."""
    return shortened_key(_canonical(value))


def shortened_key(key: str) -> str:
    """A key that is not long: a hash takes the place of a long one."""
    if len(key) <= _LONGEST_KEY:
        return key
    import hashlib

    return f"#{hashlib.sha256(key.encode('utf-8')).hexdigest()}"


def write_json(value: Any) -> str:
    """A value as JSON on one line. Numbers keep their digits."""
    if isinstance(value, dict):
        pairs = (f"{_encode(str(name))}: {write_json(one)}" for name, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(write_json, value))}]"
    return value.text if isinstance(value, LongNumber) else _encode(value)


def is_number(value: Any) -> bool:
    """Whether a value is a number of JSON."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _canonical(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{_encode(str(name))}:{_canonical(value[name])}" for name in sorted(value))
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_canonical, value))}]"
    return number_key(str(value)) or str(value) if is_number(value) else _encode(value)
