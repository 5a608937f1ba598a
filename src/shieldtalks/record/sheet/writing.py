"""Write a coding sheet as TOML: short keys on their lines, entries below what they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .model import Sheet

#: Lists whose entries are tables of their own ([[event.proposal]]). Other lists are written in one place.
_NESTED = frozenset(
    ("code", "reference", "actor", "proposition", "event", "proposal", "part", "answer", "claim")
) | {"relation", "context"}

#: What is written above the rows of other articles.
_CONTEXT = (
    "# Rows of other articles that the entries above refer to. `code` adds a row of them only if the",
    "# collection does not have it.",
)


def toml(sheet: Sheet, comments: Sequence[str] = ()) -> str:
    """The text of a sheet, with comment lines at its top."""
    content = sheet.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    lines = [f"# {line}".rstrip() for line in comments]
    lines += ["", "[source]", *_pairs(content.pop("source", {}), "")]
    for name, entries in content.items():
        lines += ["", *_CONTEXT] if name == "context" else []
        lines += _tables((name,), entries)
    return "\n".join(lines).lstrip("\n") + "\n"


def _tables(path: tuple[str, ...], entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    indent = "  " * (len(path) - 1)
    for entry in entries:
        yield ""
        yield f"{indent}[[{'.'.join(path)}]]"
        yield from _pairs(entry, indent)
        for name, inner in entry.items():
            if name == "source":
                yield f"{indent}[{'.'.join((*path, name))}]"
                yield from _pairs(inner, indent)
            elif _is_nested(name, inner):
                yield from _tables((*path, name), inner)


def _pairs(entry: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in entry.items():
        if name == "evidence" or (name == "codes" and any(isinstance(v, dict) for v in value)):
            yield f"{indent}{name} = ["
            yield from (f"{indent}  {_value(one)}," for one in value)
            yield f"{indent}]"
        elif name != "source" and not _is_nested(name, value):
            yield f"{indent}{_key(name)} = {_value(value)}"


def _is_nested(name: str, value: Any) -> bool:
    return name in _NESTED and isinstance(value, list)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return text_value(value) if isinstance(value, str) else str(value)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else text_value(name)


def text_value(text: str) -> str:
    """A text as TOML writes it. Characters that cannot be seen are written as escapes."""
    written = json.dumps(text, ensure_ascii=False)
    if written.isprintable():
        return written
    return "".join(char if char.isprintable() else _escape(char) for char in written)


def _escape(char: str) -> str:
    number = ord(char)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
