"""Find a marked passage in a copy: exactly as canon-1 reads it, or not at all."""

from __future__ import annotations

from bisect import bisect_left

from ..evidence.anchors import LONGEST, SHORTEST, Anchor, Copy
from ..evidence.canon import canonical
from ..sheet.spans import Article
from .marked import Marked


class NotPlaced(ValueError):
    """A passage that is not exactly one valid span of the copy."""


class Placing:
    """The places of marked passages in a copy."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.article = Article(copy)
        #: The last text that offsets counted in, as a copy of its own: a file repeats it.
        self._other: Copy = copy

    def place(self, passage: Marked) -> Anchor:
        """The anchor of a passage. Raises NotPlaced, with the reason."""
        start, length = self._span(passage)
        if length < SHORTEST:
            raise NotPlaced(
                f"it has {length} letters and digits; at least {SHORTEST} are needed, so that "
                "nobody can guess its words from the hash"
            )
        if length > LONGEST:
            raise NotPlaced(f"it has {length} letters and digits; at most {LONGEST} are allowed")
        anchor = self.copy.anchor(start, length)
        if not self.article.in_one_sentence(anchor):
            raise NotPlaced("it is in more than one sentence")
        return anchor

    def _span(self, passage: Marked) -> tuple[int, int]:
        """The start and the length of a passage in the canonical form of the copy."""
        at = self._by_offsets(passage)
        if passage.words is None:
            if at is None:
                raise NotPlaced("it has neither words nor offsets in the copy")
            return at
        words = canonical(passage.words)
        if not words:
            raise NotPlaced("its words have no letter and no digit")
        if at is not None:
            start, length = at
            if self.copy.canon[start : start + length] != words:
                raise NotPlaced("the words at its offsets are different from its words")
            return at
        return self._by_words(passage, words)

    def _by_offsets(self, passage: Marked) -> tuple[int, int] | None:
        """The span at the offsets. None if they count in a text that is not that of the copy."""
        if passage.offsets is None:
            return None
        first, last = passage.offsets
        counted = self._text(passage)
        if last > len(counted.text):
            raise NotPlaced("its offsets are beyond the end of the text")
        if first >= last:
            raise NotPlaced("its end is not after its start")
        if counted.canon != self.copy.canon:
            return None
        start, end = (bisect_left(counted.origin, place) for place in (first, last))
        if canonical(counted.text[first:last]) != counted.canon[start:end]:
            raise NotPlaced("an offset is in the middle of a character")
        return start, end - start

    def _text(self, passage: Marked) -> Copy:
        """What the offsets of a passage count in."""
        if passage.text is None or passage.text == self.copy.text:
            return self.copy
        if passage.text != self._other.text:
            self._other = Copy.of(passage.text)
        return self._other

    def _by_words(self, passage: Marked, words: str) -> tuple[int, int]:
        before, after = canonical(passage.before), canonical(passage.after)
        wanted = before + words + after
        start = self.copy.canon.find(wanted)
        if start < 0:
            near = (before or after) and words in self.copy.canon
            why = (
                "the words before or after it are not there" if near else "its words are not there"
            )
            raise NotPlaced(f"not found in the copy: {why}")
        if self.copy.canon.find(wanted, start + 1) >= 0:
            raise NotPlaced("its words are in the copy in several places")
        return start + len(before), len(words)
