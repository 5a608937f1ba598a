"""What a changelog says of rows: the release rule has every changed one named in its entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^##[ \t]+(.*)$", re.MULTILINE)
_VERSION = re.compile(r"\[?v?([0-9]+\.[0-9]+\.[0-9]+)\]?(?![\w.-])", re.ASCII)
_WORD = re.compile(r"[\w:/+.,;-]+")


@dataclass(frozen=True, slots=True)
class Changes:
    """A changelog, read: its oldest version, and for each word the versions whose entries have it.

    A word is what an identifier is made of: `prp-0003` and `move:decline` are one word each.
    """

    first: str | None
    named: Mapping[str, tuple[str, ...]]


def changes(root: Path) -> Changes:
    """The changes of the package at `root`, oldest version first; empty where it has no changelog."""
    file = root / "CHANGELOG.md"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    told = entries(text)
    named: dict[str, tuple[str, ...]] = {}
    for version in reversed(told):
        for word in words(told[version]):
            named[word] = (*named.get(word, ()), version)
    return Changes(next(reversed(told), None), named)


def entries(changelog: str) -> dict[str, str]:
    """The text below the heading of each version, down to the next heading, in the order it stands."""
    _, *parts = _HEADING.split(changelog)
    return {
        match[1]: text
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
        if (match := _VERSION.match(heading))
    }


def words(entry: str) -> set[str]:
    """The words of an entry, identifiers among them, without the marks around them."""
    return {word.strip(".,:;") for word in _WORD.findall(entry)}
