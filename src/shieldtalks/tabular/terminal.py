"""Text for a terminal: one line for each thing, nothing that steers the terminal, colour if wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

#: Styles a piece of text: what kind of piece it is, and the text.
Style = Callable[[str, str], str]

_COLOURS = {"place": "cyan", "rule": "red", "hint": "bright_black"}


def one_line(text: str) -> str:
    """The text with line breaks and control characters made visible, so that it stays one line."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def plain(kind: str, text: str) -> str:
    """No style at all."""
    del kind
    return text


def style() -> Style:
    """Colour if standard output is a terminal and NO_COLOR is not set; otherwise no style."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return plain
    import click

    return lambda kind, text: click.style(text, fg=_COLOURS[kind])
