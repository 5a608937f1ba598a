"""Texts of a package inside the Markdown of a card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

#: Characters of an address that would end a link.
_NOT_IN_LINKS = re.compile(r"[\s<>\x00-\x1f\x7f]")


def text(words: str) -> str:
    """A plain text on one line, in which the special characters of Markdown are escaped."""
    line = " ".join(words.split())
    return re.sub(r"([\\`*\[\]<>#|~]|(?<!\w)_|_(?!\w))", r"\\\1", line)


def prose(words: str) -> str:
    """A text that is Markdown itself, such as a description: it stays so, without HTML."""
    return re.sub(r"<(?!https?://[^<>\s]+>)", r"\\<", words.strip())


def code(words: str) -> str:
    """A text on one line as inline code, even if it contains backticks."""
    words = " ".join(words.split())
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence, blank = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{blank}{words}{blank}{fence}"


def block(words: str, language: str) -> str:
    """A text as a block of code, even if it contains such blocks."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{words.rstrip()}\n{fence}"


def link(words: str, address: object) -> str:
    """A text as a link if there is an address for the web, otherwise the text alone."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return text(words)
    return text(words) if _NOT_IN_LINKS.search(address) else f"[{text(words)}](<{address}>)"


def cell(words: str) -> str:
    """A text that is Markdown, on one line, for a cell of a table."""
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(prose(words).split()))


def code_cell(words: str) -> str:
    """A text as inline code for a cell of a table."""
    return code(words).replace("|", r"\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table whose cells are Markdown."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
