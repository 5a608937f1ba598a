"""Coding sheets: that of the made-up article, and a collection to code it into."""

from __future__ import annotations

from pathlib import Path

from shieldtalks.record import starter
from tests.support import EXAMPLES

#: The sheet of the made-up article.
LIGHTHOUSE = EXAMPLES / "sheets" / "lighthouse.toml"


def collection(folder: Path) -> Path:
    """A new collection without rows, as `init` makes it."""
    for path, content in starter.files("lighthouse", "Lighthouse", "2031-05-06").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def sheet_with(folder: Path, *changes: tuple[str, str]) -> Path:
    """The sheet of the made-up article, with pieces of its text replaced."""
    text = LIGHTHOUSE.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "sheet.toml").write_text(text, "utf-8")
    return folder / "sheet.toml"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
