"""Text for a terminal: messages on one line, without control characters, in colour if possible."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

#: A function that adds colour to a text. It takes the kind of the text, then the text.
Style = Callable[[str, str], str]

_COLOURS = {"place": "cyan", "rule": "red", "hint": "bright_black"}


def one_line(text: str) -> str:
    """The text on one line: line breaks and control characters are written as escapes."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def plain(kind: str, text: str) -> str:
    """The text without colour."""
    del kind
    return text


def style() -> Style:
    """Colour if standard output is a terminal and NO_COLOR is not set, otherwise no colour."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return plain
    import click

    return lambda kind, text: click.style(text, fg=_COLOURS[kind])
