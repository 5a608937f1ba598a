"""Which rows a changelog names. The release rule requires an entry to name every changed row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..findings import CannotRun
from ..reading import LARGEST_TEXT, TooLong, read_bytes

_HEADING = re.compile(r"^##[ \t]+(.*)$", re.MULTILINE)
_VERSION = re.compile(r"\[?v?([0-9]+\.[0-9]+\.[0-9]+)\]?(?![\w.-])", re.ASCII)
_WORD = re.compile(r"[\w:/+.,;-]+")


@dataclass(frozen=True, slots=True)
class Changes:
    """A changelog: its oldest version, and for each word the versions whose entries contain it.

    An identifier is one word: `prp-0003` and `move:decline` are one word each.
    """

    first: str | None
    named: Mapping[str, tuple[str, ...]]


def changes(root: Path) -> Changes:
    """The changelog of the package at `root`, oldest version first; empty if there is none."""
    file = root / "CHANGELOG.md"
    text = read(file) if file.exists() else ""
    by_version = entries(text)
    named: dict[str, tuple[str, ...]] = {}
    for version in reversed(by_version):
        for word in words(by_version[version]):
            named[word] = (*named.get(word, ()), version)
    return Changes(next(reversed(by_version), None), named)


def read(file: Path) -> str:
    """The text of a changelog. Raises CannotRun if the file cannot be read."""
    try:
        return read_bytes(file, LARGEST_TEXT).decode("utf-8", errors="replace")
    except FileNotFoundError as error:
        raise CannotRun(f"there is no changelog {file}", "Check the path.") from error
    except OSError as error:
        raise CannotRun(f"{file} cannot be read ({error.strerror or error})") from error
    except TooLong as error:
        raise CannotRun(f"{file} cannot be read ({error})") from error


def entries(changelog: str) -> dict[str, str]:
    """The text below the heading of each version, up to the next heading, in the order of the file."""
    _, *parts = _HEADING.split(changelog)
    return {
        match[1]: text
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
        if (match := _VERSION.match(heading))
    }


def words(entry: str) -> set[str]:
    """The words of an entry, including identifiers, without punctuation around them."""
    return {word.strip(".,:;") for word in _WORD.findall(entry)}
