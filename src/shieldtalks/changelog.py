"""In which versions a row changed: what the changelog says, which names every changed row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^## \[?v?([0-9]+\.[0-9]+\.[0-9]+)\b.*$", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9:+-]*[A-Za-z0-9+-]")


@dataclass(frozen=True, slots=True)
class Changes:
    """A changelog, read: its first version, and for each word the versions whose entries have it.

    A word is what an identifier is made of: `prp-0003` and `move:decline` are one word each.
    """

    first: str | None
    named: Mapping[str, tuple[str, ...]]


def changes(root: Path) -> Changes:
    """The changes of the package at `root`, oldest version first; empty where it has no changelog."""
    file = root / "CHANGELOG.md"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    oldest_first = list(reversed(entries(text).items()))
    named: dict[str, tuple[str, ...]] = {}
    for version, entry in oldest_first:
        for word in set(_WORD.findall(entry)):
            named[word] = (*named.get(word, ()), version)
    return Changes(oldest_first[0][0] if oldest_first else None, named)


def entries(text: str) -> dict[str, str]:
    """The entries of a changelog by version, in the order of the text, which is the newest first."""
    _, *parts = _HEADING.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))
