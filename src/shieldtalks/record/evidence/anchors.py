"""Anchors: the place and the hash of a span of an article. With them, you can check your own copy.

An anchor contains the offset and length of the span in the canonical form of the article (see
`canon`), and the SHA-256 of the span. It contains no words of the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from pathlib import Path

from ...tabular.findings import CannotRun
from ...tabular.mistyped import what_to_do
from ...tabular.reading import LARGEST_TEXT, TooLong, read_bytes
from .canon import assigned, canonical, sha256

#: The least and the greatest length of a span. The words of a shorter span could be guessed from its
#: hash. A longer span would not show which words support the row.
SHORTEST, LONGEST = 40, 300

#: An identifier that can be the name of a file.
_PLAIN = re.compile("[A-Za-z0-9_-]{1,100}")

#: How many words are looked at to see which of them a copy has.
_MOST_WORDS = 30

#: At how many places a copy is searched for words that are like those that it does not have, and how
#: alike they must be, from 0 to 1.
_MOST_PLACES, _ALIKE = 100, 0.75

#: Marks after the last of some words.
_STOPS = ".,;:!?\"'”’»)]"

#: How a web page begins.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of an article: its offset and length in canonical characters, and its hash (hex)."""

    start: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an article, with its canonical form and the origin of each canonical character.

    The `repr` does not show the text, so that it does not get into a log.
    """

    text: str = field(repr=False)
    canon: str = field(repr=False)
    #: For each canonical character: the index in `text` of the cluster that it comes from.
    origin: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Copy:
        """The copy with this text.

        The text is normalised cluster by cluster. A cluster is a character with the characters that
        can compose with it. The result is the same as for the whole text, because NFKC never
        combines characters across clusters.
        """
        canon: list[str] = []
        origin: list[int] = []
        for index, cluster in _clusters(text):
            characters = canonical(cluster)
            canon.append(characters)
            origin.extend([index] * len(characters))
        return cls(text, "".join(canon), tuple(origin))

    def anchor(self, start: int, length: int) -> Anchor:
        """The anchor of the span of `length` canonical characters from `start`."""
        return Anchor(start, length, sha256(self.canon[start : start + length]))

    def passage(self, start: int, length: int) -> str:
        """The text of a canonical span in this copy, including combining marks after its last character."""
        end = self.origin[start + length - 1] + 1
        while end < len(self.text) and _joins(self.text[end]):
            end += 1
        return self.text[self.origin[start] : end]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each cluster (a character and those that can compose with it), with its index."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _joins(text[index]):
            if index > begin:
                yield begin, text[begin:index]
            begin = index


def _joins(char: str) -> bool:
    """Whether a character can compose with the one before it. Also true if the canonical form drops it."""
    if not assigned(char):
        return True
    # Decompose it first: half-width and compatibility letters can contain marks and Hangul vowels.
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


class Status(StrEnum):
    """The result for an anchor in a copy. Only exact matches count, because a near match is not evidence."""

    VERIFIED = "verified"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not-found"
    NO_COPY = "no-copy"


def verify(copy: Copy | None, anchor: Anchor, shift: int = 0) -> tuple[Status, int | None]:
    """The result for an anchor in a copy, and where the span starts in the copy (None: not found).

    If the span is not at its own place, the whole copy is searched. One other place gives `moved`,
    several give `ambiguous`. A place that is `shift` characters later is tried first: text before the
    article moves all its spans alike.
    """
    if copy is None:
        return Status.NO_COPY, None
    if _is_at(copy, anchor, anchor.start):
        return Status.VERIFIED, anchor.start
    tried = chain([anchor.start + shift], range(len(copy.canon) - anchor.length + 1))
    place = next((start for start in tried if _is_at(copy, anchor, start)), None)
    if place is None:
        return Status.NOT_FOUND, None
    # Now its words are known. To look for words takes much less than to look for a hash.
    words = copy.canon[place : place + anchor.length]
    first = copy.canon.find(words)
    is_only = copy.canon.find(words, first + 1) < 0
    return (Status.MOVED, first) if is_only else (Status.AMBIGUOUS, None)


def _is_at(copy: Copy, anchor: Anchor, start: int) -> bool:
    """Whether the span of an anchor starts at this place of a copy."""
    end = start + anchor.length
    if start < 0 or end > len(copy.canon):
        return False
    return sha256(copy.canon[start:end]) == anchor.sha256


def read_copy(file: Path) -> Copy:
    """The copy of an article in a text file. Raises CannotRun if the file is not readable UTF-8."""
    try:
        return Copy.of(read_bytes(file, LARGEST_TEXT).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotRun(
            f"{file} is not UTF-8 text", "Save the article as plain UTF-8 text."
        ) from error
    except OSError as error:
        raise CannotRun(
            f"{file} cannot be read ({error.strerror})", what_to_do(error, file)
        ) from error
    except TooLong as error:
        raise CannotRun(
            f"{file} cannot be read ({error})", "Name the text of one article."
        ) from error


def read_article(file: Path) -> Copy:
    """The copy of an article that is to be coded. Raises CannotRun also if it is not plain text."""
    copy = read_copy(file)
    if not copy.canon:
        raise CannotRun(f"{file} has no letter and no digit", "Name the text of one article.")
    if "\0" in copy.text:
        raise CannotRun(
            f"{file} is not plain text: it has NUL characters",
            "Save the article as plain UTF-8 text.",
        )
    if _PAGE.match(copy.text):
        raise CannotRun(
            f"{file} is a web page (HTML): its tags would count as words of the article",
            "Copy the text of the article into a plain text file.",
        )
    return copy


def copies_in(folder: Path, source_ids: list[str]) -> dict[str, Copy]:
    """The copies in a folder (`src-0001.txt` and so on), by source. A missing file is left out.

    So is a source whose identifier is no plain name: it could lead out of the folder.
    """
    if not folder.is_dir():
        raise CannotRun(
            f"{folder} is not a folder", "Name the folder that contains src-0001.txt and so on."
        )
    plain = filter(_PLAIN.fullmatch, source_ids)
    files = {source_id: folder / f"{source_id}.txt" for source_id in plain}
    return {source_id: read_copy(file) for source_id, file in files.items() if file.exists()}


class AnchorError(ValueError):
    """The given words do not name exactly one span of a valid length."""


def missing(copy: Copy, words: str, where: str = "") -> str:
    """That a copy does not contain some words, and how many of them it has in this order."""
    from bisect import bisect_left

    parts = words.split()[:_MOST_WORDS]
    # If it has some words, it has fewer of them, too.
    numbers = range(1, len(parts) + 1)
    number = bisect_left(numbers, 1, key=lambda n: canonical(" ".join(parts[:n])) not in copy.canon)
    had = " ".join(parts[:number])
    had = _nearest(copy, parts, had) or had if canonical(had) else ""
    more = f'. It has "{had}"' if had else ""
    return f'the copy does not contain the words "{words}"{where}{more}'


def _nearest(copy: Copy, words: list[str], first: str) -> str:
    """The words of a copy that begin like these and are most like them; "" if none are like them."""
    from difflib import SequenceMatcher

    wanted = " ".join(words)
    matcher = SequenceMatcher(b=canonical(wanted), autojunk=False)
    best, found = _ALIKE, ""
    start, head = -1, canonical(first)
    for _ in range(_MOST_PLACES):
        start = copy.canon.find(head, start + 1)
        if start < 0:
            break
        begin = copy.origin[start]
        here = " ".join(copy.text[begin : begin + 3 * len(wanted)].split()[: len(words)])
        matcher.set_seq1(canonical(here))
        if matcher.ratio() > best:
            best, found = matcher.ratio(), here.rstrip(_STOPS)
    return found


def find(copy: Copy, first_words: str, last_words: str) -> Anchor:
    """The anchor of the span that starts with `first_words` and ends with `last_words`.

    Raises AnchorError if the words are not in the copy, if they occur more than once, or if the
    span is shorter than SHORTEST or longer than LONGEST.
    """
    head, tail = canonical(first_words), canonical(last_words)
    if not head or not tail:
        raise AnchorError("the first words and the last words each need a letter or a digit")
    begin = copy.canon.find(head)
    if begin < 0:
        raise AnchorError(missing(copy, first_words))
    if copy.canon.find(head, begin + 1) >= 0:
        raise AnchorError(f'"{first_words}" is in the copy more than once. Use more words')
    end = copy.canon.find(tail, begin + max(len(head) - len(tail), 0))
    if end < 0:
        after = f' after "{first_words}"'
        if tail in copy.canon:
            words = f'the copy does not contain the words "{last_words}"{after}'
            raise AnchorError(f"{words}. They come before it")
        raise AnchorError(missing(copy, last_words, after))
    length = end + len(tail) - begin
    if length > LONGEST:
        raise AnchorError(
            f"the passage has {length} letters and digits. Choose one of at most {LONGEST}"
        )
    if length < SHORTEST:
        raise AnchorError(
            f"the passage has {length} letters and digits. Choose one of at least {SHORTEST}, "
            "so that nobody can guess its words from the hash"
        )
    return copy.anchor(begin, length)
