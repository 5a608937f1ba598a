"""Read TOML text, except keys and numbers that are too long for Python."""

from __future__ import annotations

import re
import tomllib
from typing import Any

#: The most parts of a key, such as two in `rules.blanks`. The memory for a key grows with their square.
_MOST_PARTS = 100

_PART = r"""(?:"[^"\n]*+"|'[^'\n]*+'|(?<![\w-])[\w-]++)"""
_LONG_KEY = re.compile(rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MOST_PARTS}}}")

#: Python does not read a decimal number with more digits, and no message can show one in base 16, 8 or 2.
_LONG_NUMBER = re.compile(r"\b(?:[0-9][0-9_]{4300}|0[xob][0-9a-fA-F_]{3500})")


def loads(text: str) -> dict[str, Any]:
    """The content of a TOML text. Raises tomllib.TOMLDecodeError, and RecursionError."""
    for number, content in enumerate(text.split("\n"), start=1):
        if content.count(".") >= _MOST_PARTS and (found := _LONG_KEY.search(content)):
            place = f"at line {number}, column {found.start() + 1}"
            raise tomllib.TOMLDecodeError(f"a key has more than {_MOST_PARTS} parts ({place})")
    if found := _LONG_NUMBER.search(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        place = f"at line {line}, column {column}"
        raise tomllib.TOMLDecodeError(f"a whole number has too many digits ({place})")
    return tomllib.loads(text)
