"""In which versions a row changed: what the changelog says, which names every changed row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .models import RECORD_PREFIXES

CHANGELOG = "CHANGELOG.md"

_HEADING = re.compile(r"^## (?P<version>[0-9]+\.[0-9]+\.[0-9]+)\b.*$", re.MULTILINE)
_NAMED = re.compile(rf"\b(?:{'|'.join(RECORD_PREFIXES.values())})-[0-9]{{4}}\b")


@dataclass(frozen=True, slots=True)
class History:
    """A changelog, read: its first version, and for each row the versions whose entries name it."""

    first: str | None
    named: Mapping[str, tuple[str, ...]]


def history(root: Path) -> History:
    """The history of the package at `root`, oldest version first; empty where it has no changelog."""
    file = root / CHANGELOG
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    named: dict[str, tuple[str, ...]] = {}
    for heading, end in reversed(list(zip(headings, ends, strict=True))):
        for record_id in sorted(set(_NAMED.findall(text, heading.end(), end))):
            named[record_id] = (*named.get(record_id, ()), heading["version"])
    return History(headings[-1]["version"] if headings else None, named)
