"""The YAML at the top of a card: texts, flags, and lists and objects of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ...tabular.jsontext import JsonObject

#: Words that need no quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+-]*")

#: Words that some readers of YAML take for another value.
_OTHER_VALUES = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}

#: What a text in quotes cannot contain as it is. JSON escapes what is below the space.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def lines(value: JsonObject) -> Iterator[str]:
    """The lines of an object whose values are texts, flags, or lists of texts or of such objects."""
    for name, part in value.items():
        if isinstance(part, list):
            yield f"{name}:"
            for item in part:
                yield from _item(item)
        else:
            yield f"{name}: {_scalar(part)}"


def _item(item: object) -> Iterator[str]:
    if isinstance(item, dict):
        first, *others = lines(item)
        yield f"- {first}"
        yield from (f"  {line}" for line in others)
    else:
        yield f"- {_scalar(item)}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _OTHER_VALUES:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
