"""Text for a terminal or the log of a CI system: on one line, harmless, in colour if possible."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable

#: A function that adds colour to a text. It takes the kind of the text, then the text.
Style = Callable[[str, str], str]

_COLOURS = {"place": "cyan", "rule": "red", "hint": "bright_black"}


#: A hash sign that begins a command of a CI system. GitHub runs `##[name]` anywhere in a line, and
#: Azure runs `##vso[name]`.
HASH_COMMAND = re.compile(r"#(?=#[A-Za-z]*\[)")

#: A colon that begins a command of GitHub. Only blanks may be in front of it.
_COLON_COMMAND = re.compile(r"^ *:(?=:)")


def one_line(text: str) -> str:
    """The text on one line, for a terminal or a log. Every text of a package goes through this.

    Line breaks, control characters, marks that change the direction of the text and halves of a
    surrogate pair (from a name that is not UTF-8) are written as escapes. So is the first character
    of a command that a CI system would run.
    """
    if not text.isprintable():
        text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    if "##" in text:
        text = HASH_COMMAND.sub(r"\\x23", text)
    if "::" in text:
        text = _COLON_COMMAND.sub(lambda found: f"{found[0][:-1]}\\x3a", text)
    return text


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
