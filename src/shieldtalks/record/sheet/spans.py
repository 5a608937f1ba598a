"""The passages of a sheet: which span of the copy is meant, and how the copy quotes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category

from ..evidence import canon
from ..evidence.anchors import LONGEST, SHORTEST, Anchor, AnchorError, Copy, find, missing
from ..evidence.canon import canonical
from .model import Span
from .sentences import sentences

#: The largest position in an article whose length is not known.
_MOST = 1 << 40


@dataclass(frozen=True)
class Article:
    """A copy of the article, with its sentences and with what is in quotation marks."""

    copy: Copy

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence in the text of the copy."""
        return sentences(self.copy.text)

    @cached_property
    def quoted(self) -> list[bool]:
        """For each character of the text, whether it is between quotation marks."""
        return quoted(self.copy.text)

    @cached_property
    def parts(self) -> list[tuple[str, int, int]]:
        """Each sentence: its text, and its start and end in the canonical form.

        Sentences without a letter or a digit are left out.
        """
        from bisect import bisect_left

        found = []
        for begin, stop in self.sentences:
            start, end = (bisect_left(self.copy.origin, place) for place in (begin, stop))
            if end > start:
                found.append((self.copy.text[begin:stop], start, end))
        return found

    @property
    def seal(self) -> dict[str, str]:
        """The version, the length and the hash of the canonical form."""
        return {
            "canon_version": canon.VERSION,
            "canon_length": str(len(self.copy.canon)),
            "canon_sha256": canon.sha256(self.copy.canon),
        }

    def anchor(self, span: Span) -> Anchor:
        """The anchor of a span of the sheet. Raises AnchorError if it is not exactly one valid passage."""
        ways = [span.first or span.last, span.quote, span.sentence, span.at]
        if sum(way is not None for way in ways) > 1:
            raise AnchorError("name the passage in one way: from and to, quote, sentence, or at")
        found = self._found(span)
        if span.sha256 not in (None, found.sha256):
            raise AnchorError("the passage at this position has another hash (sha256)")
        return found

    def _found(self, span: Span) -> Anchor:
        if span.quote is not None:
            return self._unique(span.quote)
        if span.sentence is not None:
            return self._sentence(span.sentence)
        if span.at is not None:
            return self._at(*span.at)
        if span.first is None or span.last is None:
            raise AnchorError("a passage needs its first words (from) and its last words (to)")
        return find(self.copy, span.first, span.last)

    def _unique(self, words: str) -> Anchor:
        start, length = self._place(words)
        return self._sized(start, length, "it")

    def _sentence(self, words: str) -> Anchor:
        start, length = self._place(words)
        for _, begin, end in self._parts_in(start, start + length):
            if begin <= start and start + length <= end:
                return self._sized(begin, end - begin, "the sentence")
        raise AnchorError(f'"{words}" is in more than one sentence. Use words of one sentence')

    def _at(self, start: int, length: int) -> Anchor:
        if start < 0 or start + length > len(self.copy.canon):
            raise AnchorError("the passage is not within the copy")
        return self._sized(start, length, "the passage")

    def _parts_in(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """The sentences that have characters between two places. They follow one another in the text."""
        from bisect import bisect_left, bisect_right

        first = bisect_right(self.parts, start, key=lambda part: part[2])
        return self.parts[first : bisect_left(self.parts, end, key=lambda part: part[1])]

    def _place(self, words: str) -> tuple[int, int]:
        wanted = canonical(words)
        start = self.copy.canon.find(wanted)
        if not wanted or start < 0:
            raise AnchorError(missing(self.copy, words))
        if self.copy.canon.find(wanted, start + 1) >= 0:
            raise AnchorError(f'"{words}" is in the copy more than once. Use more words')
        return start, len(wanted)

    def _sized(self, start: int, length: int, what: str) -> Anchor:
        if length < SHORTEST:
            raise AnchorError(
                f"{what} has {length} letters and digits. Choose a passage of at least {SHORTEST}, "
                "so that nobody can guess its words from the hash"
            )
        if length > LONGEST:
            raise AnchorError(
                f"{what} has {length} letters and digits. Choose a passage of at most {LONGEST}: "
                "use from and to"
            )
        return self.copy.anchor(start, length)

    def in_one_sentence(self, anchor: Anchor) -> bool:
        """Whether a passage is within one sentence, or takes in a sentence too short to be one alone."""
        end = anchor.start + anchor.length
        parts = [
            (max(begin, anchor.start), min(stop, end), stop - begin)
            for _, begin, stop in self._parts_in(anchor.start, end)
        ]
        return len(parts) <= 1 or any(whole < SHORTEST for _, _, whole in parts)

    def cut_words(self, anchor: Anchor) -> str:
        """Whether a passage begins or ends within a word: "begins", "ends", or ""."""
        text, begin = self.copy.text, self.copy.origin[anchor.start]
        end = begin + len(self.copy.passage(anchor.start, anchor.length))
        if _is_within(text, begin):
            return "begins"
        return "ends" if _is_within(text, end) else ""

    def quotation(self, anchor: Anchor) -> str:
        """How a passage of somebody's words is told: direct, mixed or indirect."""
        places = self.copy.origin[anchor.start : anchor.start + anchor.length]
        inside = sum(self.quoted[place] for place in places)
        return "direct" if inside == len(places) else "mixed" if inside else "indirect"


@dataclass(frozen=True, slots=True)
class Positions:
    """An article without a copy: its passages are named by position, and their hashes are given."""

    #: The version, the length and the hash of the canonical form, if they are known.
    seal: Mapping[str, str]
    #: Whether each passage needs its hash.
    hashed: bool = True

    def anchor(self, span: Span) -> Anchor:
        """The anchor of a span of the sheet. Raises AnchorError if its position or hash is not given."""
        if span.at is None:
            raise AnchorError("without a copy of the article, a passage needs its position (at)")
        if span.sha256 is None and self.hashed:
            raise AnchorError("without a copy of the article, a passage needs its hash (sha256)")
        start, length = span.at
        whole = int(self.seal.get("canon_length", _MOST))
        if start < 0 or not 0 < length <= whole - start:
            raise AnchorError("the passage is not within the article")
        return Anchor(start, length, span.sha256 or "")

    def in_one_sentence(self, _: Anchor) -> bool:
        """Nobody can see that here."""
        return True

    def cut_words(self, _: Anchor) -> str:
        """Nobody can see that here, either."""
        return ""

    def quotation(self, _: Anchor) -> str:
        """How a passage is told, if the sheet does not give it."""
        return "indirect"


def _is_within(text: str, place: int) -> bool:
    """Whether a place is between two letters or digits of one word.

    Letters of scripts without upper and lower case do not count: some of them have no blanks.
    """
    both = text[max(place - 1, 0) : place + 1]
    return len(both) == 2 and place > 0 and all(c.isalnum() and category(c) != "Lo" for c in both)


#: The marks that end a quotation, by the mark that begins it: the languages differ.
_CLOSING = {"“": '”"', "„": "“”", "«": "»", "»": "«»", "”": "”", '"': '"”', "「": "」", "『": "』"}


def quoted(text: str) -> list[bool]:
    """For each character, whether it is between double quotation marks. A paragraph ends a quotation."""
    found: list[bool] = []
    closing = ""
    for place, char in enumerate(text):
        is_end = char == "\n" and text[place + 1 : place + 2] in ("\n", "\r")
        if is_end or (closing and char in closing):
            closing = ""
        elif not closing and char in _CLOSING and _opens(text, place):
            closing = _CLOSING[char]
        found.append(bool(closing))
    return found


def _opens(text: str, place: int) -> bool:
    """Whether a mark can begin a quotation. Those that mostly end one do so only before a word."""
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    return text[place] not in "”»" or (
        after.isalnum() and not before.isalnum() and before not in [*".,!?…"]
    )
