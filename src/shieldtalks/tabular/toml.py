"""Read TOML text, without the keys for which Python's parser needs far too much memory."""

from __future__ import annotations

import re
import tomllib
from typing import Any

#: The most parts of a key, such as two in `rules.blanks`. The memory for a key grows with their square.
_MOST_PARTS = 50

_PART = r"""(?:"[^"\n]*+"|'[^'\n]*+'|(?<![\w-])[\w-]++)"""
_LONG_KEY = re.compile(rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MOST_PARTS}}}")


def loads(text: str) -> dict[str, Any]:
    """The content of a TOML text. Raises tomllib.TOMLDecodeError, and RecursionError."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") >= _MOST_PARTS and (found := _LONG_KEY.search(line)):
            place = f"at line {number}, column {found.start() + 1}"
            raise tomllib.TOMLDecodeError(f"a key has more than {_MOST_PARTS} parts ({place})")
    return tomllib.loads(text)
