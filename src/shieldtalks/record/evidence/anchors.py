"""Anchors: where a span stands in an article, so that a holder of a copy can check it.

An anchor is the span's offset and length in the article's canonical form (`canon`) and the
SHA-256 of the span. It carries no word of the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ...tabular.findings import CannotRun
from .canon import assigned, canonical, sha256

#: Shortest span, so that a hash cannot be guessed back into words; longest, so that it says something.
SHORTEST, LONGEST = 40, 300


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of an article: offset and length in canonical characters, and its hash (hex)."""

    start: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an article: its text, its canonical form and where each canonical character came from.

    Its `repr` shows none of the words, so that they get into no log.
    """

    text: str = field(repr=False)
    canon: str = field(repr=False)
    #: For each canonical character, the index in `text` of the cluster it came from.
    origin: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Copy:
        """The copy with this text.

        Canonical characters are traced cluster by cluster (a character and what may compose with
        it), which gives the form of the whole text because NFKC never reaches past a starter
        that does not compose.
        """
        canon: list[str] = []
        origin: list[int] = []
        for index, cluster in _clusters(text):
            form = canonical(cluster)
            canon.append(form)
            origin.extend([index] * len(form))
        return cls(text, "".join(canon), tuple(origin))

    def anchor(self, start: int, length: int) -> Anchor:
        """The anchor of the canonical span that starts at `start` and has `length` characters."""
        return Anchor(start, length, sha256(self.canon[start : start + length]))

    def passage(self, start: int, length: int) -> str:
        """The words of this copy that a canonical span covers, the last one's marks included."""
        end = self.origin[start + length - 1] + 1
        while end < len(self.text) and _joins(self.text[end]):
            end += 1
        return self.text[self.origin[start] : end]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with those after it that may compose with it, and its index."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _joins(text[index]):
            if index > begin:
                yield begin, text[begin:index]
            begin = index


def _joins(char: str) -> bool:
    """Whether a character may compose with what stands before it, or is dropped before that."""
    if not assigned(char):
        return True
    # Decomposed, because half-width and compatibility letters hide marks and Hangul vowels.
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


class Status(StrEnum):
    """What a copy says of an anchor. A near match is not evidence: there is no fuzzy status."""

    VERIFIED = "verified"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not-found"
    NO_COPY = "no-copy"


def verify(copy: Copy | None, anchor: Anchor) -> tuple[Status, int | None]:
    """What a copy says of an anchor, and where the span starts in that copy (None: nowhere).

    The span is looked for at its place first, then anywhere: one place is `moved`, several are
    `ambiguous`.
    """
    if copy is None:
        return Status.NO_COPY, None
    end = anchor.start + anchor.length
    if end <= len(copy.canon) and sha256(copy.canon[anchor.start : end]) == anchor.sha256:
        return Status.VERIFIED, anchor.start
    places = [
        start
        for start in range(len(copy.canon) - anchor.length + 1)
        if sha256(copy.canon[start : start + anchor.length]) == anchor.sha256
    ]
    if len(places) == 1:
        return Status.MOVED, places[0]
    return (Status.AMBIGUOUS if places else Status.NOT_FOUND), None


def read_copy(file: Path) -> Copy:
    """A copy of an article from a text file. Raises CannotRun where it cannot be read as UTF-8."""
    try:
        return Copy.of(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotRun(
            f"{file} is not UTF-8 text", "Save the article as plain UTF-8 text."
        ) from error
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read ({error.strerror})") from error


def copies_in(folder: Path, source_ids: list[str]) -> dict[str, Copy]:
    """The copies in a folder, by source: `src-0001.txt` and so on. A missing file has no entry."""
    if not folder.is_dir():
        raise CannotRun(f"{folder} is not a folder", "Name the folder with src-0001.txt and so on.")
    files = {source_id: folder / f"{source_id}.txt" for source_id in source_ids}
    return {source_id: read_copy(file) for source_id, file in files.items() if file.exists()}


class AnchorError(ValueError):
    """The words do not name one span of the copy that can be an anchor."""


def find(copy: Copy, first_words: str, last_words: str) -> Anchor:
    """The anchor from the first to the last of the given words, both included.

    Raises AnchorError where the words are not in the copy, name more than one place, or the span is
    longer than LONGEST; a span shorter than SHORTEST is refused too: name words further out.
    """
    head, tail = canonical(first_words), canonical(last_words)
    if not head or not tail:
        raise AnchorError("give some words for both ends")
    begin = copy.canon.find(head)
    if begin < 0:
        raise AnchorError(f'the copy does not have the words "{first_words}"')
    if copy.canon.find(head, begin + 1) >= 0:
        raise AnchorError(f'"{first_words}" stands more than once in the copy: name more words')
    end = copy.canon.find(tail, begin + max(len(head) - len(tail), 0))
    if end < 0:
        raise AnchorError(f'after "{first_words}" the copy does not have the words "{last_words}"')
    length = end + len(tail) - begin
    if length > LONGEST:
        raise AnchorError(
            f"the span has {length} canonical characters; at most {LONGEST} are allowed"
        )
    if length < SHORTEST:
        raise AnchorError(
            f"the span has {length} canonical characters; widen it to {SHORTEST} or more, so that "
            "its hash cannot be guessed back into words"
        )
    return copy.anchor(begin, length)
