"""How wide a text is in a terminal: a Chinese character takes two columns, a combining accent none."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator

#: The general categories of characters that take no column of their own.
_NO_WIDTH = {"Mn", "Me", "Cf"}

#: A word with the blanks before it, as a whole and in parts that end with a hyphen.
_WORD, _PART = re.compile(r" *[^ ]+"), re.compile(r" *(?:[^ -]*-+|[^ -]+)")


def shown_width(text: str) -> int:
    """The number of columns that a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, width: int) -> str:
    """A text with blanks up to a width."""
    return text + " " * (width - shown_width(text))


def wrapped(
    text: str, width: int, indent: str = "", *, break_words: bool = True, hyphens: bool = True
) -> list[str]:
    """A text in lines of at most this width, each with the indent.

    A line may break after a hyphen if `hyphens` is true, and beside a wide character. Without
    `break_words`, the line of a long word is wider.
    """
    if shown_width(text) == len(text):
        return textwrap.wrap(
            text,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=break_words,
            break_on_hyphens=hyphens,
        )
    room, lines = max(width - len(indent), 1), [""]
    for part in _parts(text, room if break_words else None, hyphens=hyphens):
        if lines[-1] and shown_width(lines[-1] + part) > room:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip(" ")
    return [indent + line.rstrip(" ") for line in lines if line.strip(" ")]


def _parts(text: str, room: int | None, *, hyphens: bool) -> Iterator[str]:
    """The parts of a text between which a line may break. With a room, none is wider than it."""
    for word in (_PART if hyphens else _WORD).findall(text):
        start = width = 0
        for place, char in enumerate(word):
            wide = _width(char)
            beside = place > start and wide and (wide == 2 or _width(word[place - 1]) == 2)
            if beside or (room is not None and width + wide > room):
                yield word[start:place]
                start, width = place, 0
            width += wide if char != " " else 0
        yield word[start:]
