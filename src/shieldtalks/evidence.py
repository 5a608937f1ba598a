"""Anchors: where a span stands in an article, so that a holder of a copy can check it.

An anchor is the span's offset and length in the article's canonical form (`canon`) and the
SHA-256 of the span. It carries no word of the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .canon import canonical, sha256

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
    """A copy of an article: its text, its canonical form and where each canonical character came from."""

    text: str
    canon: str
    #: For each canonical character, the index in `text` of the character it came from.
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Copy:
        """The copy with this text.

        Canonical characters are traced cluster by cluster (a character and what composes with
        it), which gives the form of the whole text because NFKC never reaches past a starter
        that does not compose.
        """
        canon: list[str] = []
        origin: list[int] = []
        for index, cluster in _clusters(text):
            form = canonical(cluster)
            canon.append(form)
            origin.extend([index] * len(form))
        whole = canonical(text)
        joined = "".join(canon)
        if joined != whole:  # an exotic composition across clusters: keep the form, trace roughly
            origin = [min(i * len(text) // max(len(whole), 1), len(text)) for i in range(len(whole))]
        return cls(text, whole, tuple(origin))

    def anchor(self, start: int, length: int) -> Anchor:
        """The anchor of the canonical span that starts at `start` and has `length` characters."""
        return Anchor(start, length, sha256(self.canon[start : start + length]))

    def passage(self, start: int, length: int) -> str:
        """The words of this copy that a canonical span covers."""
        first = self.origin[start]
        last = self.origin[start + length - 1]
        return self.text[first : last + 1]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each starter with the combining marks and Hangul jamo that follow it, and its index."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _joins(text[index]):
            if index > begin:
                yield begin, text[begin:index]
            begin = index


def _joins(char: str) -> bool:
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff" or char in "\u3099\u309a"


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
    end = copy.canon.find(tail, begin)
    if end < 0:
        raise AnchorError(f'after "{first_words}" the copy does not have the words "{last_words}"')
    length = end + len(tail) - begin
    if length > LONGEST:
        raise AnchorError(f"the span has {length} canonical characters; at most {LONGEST} are allowed")
    if length < SHORTEST:
        raise AnchorError(
            f"the span has {length} canonical characters; widen it to {SHORTEST} or more, so that "
            "its hash cannot be guessed back into words"
        )
    return copy.anchor(begin, length)
