"""How likely a text is in each encoding: letters of one language in the right places, or not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log

from .alphabets import LATIN, ONE_BYTE, OTHERS, SEVERAL_BYTES

#: The most different words that are looked at.
_MOST_WORDS = 400

_BETWEEN = re.compile(r"[ \t\r\n,;|\"=]+")
#: Signs that are usual in tables and texts.
_SIGNS = frozenset("€£§°²³µ·–—‘’“”„…«»‹›©®™½¼¾±×\u00a0№¿¡¥™‰•ªº\u00ad´¶¢†‡")
#: Those of them that may be inside a word: apostrophes, dashes, and blanks and hyphens that do not show.
_INSIDE = frozenset("’´·–\u00a0\u00ad")
#: Those of them that are a unit, or a part of one.
_UNITS = frozenset("€°²³µ§")

#: How unlikely some things are, as logarithms.
_OTHER_LETTER, _OTHER_SIGN, _SIGN, _UNIT, _NO_CHARACTER = 7.0, 8.0, 4.0, 3.0, 14.0
_WRONG_CASE, _MIXED, _IN_WORD, _TOGETHER, _AT_DIGITS, _CAPITAL = 5.0, 4.0, 6.0, 2.5, 5.0, 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is in one encoding."""

    encoding: str
    #: How unlikely the text is, as a logarithm: the less, the better.
    cost: float
    #: How unusual the encoding is.
    prior: float
    #: The words with characters beyond ASCII, in the order of the text.
    words: tuple[str, ...]

    @property
    def example(self) -> str:
        """The longest of the first words, without signs around it."""
        first = [re.sub(r"^\W+|\W+$", "", word) for word in self.words[:8]]
        return max(first, key=len) or self.words[0]


def differing(one: Reading, other: Reading) -> tuple[str, str]:
    """The first word that differs between two readings of a text."""
    pairs = zip(one.words, other.words, strict=False)
    return next((pair for pair in pairs if pair[0] != pair[1]), (one.example, other.example))


def readings(sample: bytes) -> list[Reading]:
    """The text in each encoding that can have it, the most likely one first."""
    found = [_of_letters(sample, name) for name in ONE_BYTE]
    found += [_of_characters(sample, name) for name in SEVERAL_BYTES]
    best = min(found, key=lambda reading: reading.cost)
    # Of encodings in which the text is the same, the most usual one is first.
    return sorted(
        found,
        key=lambda one: (
            one.words != best.words,
            one.cost if one.words != best.words else one.prior,
        ),
    )


def _words(sample: bytes, encoding: str) -> tuple[str, ...]:
    text = sample.decode(encoding, "replace")
    found = dict.fromkeys(word for word in _BETWEEN.split(text) if not word.isascii())
    return tuple(found)[:_MOST_WORDS]


def _of_letters(sample: bytes, encoding: str) -> Reading:
    """The text in an encoding of one byte for each character."""
    prior, languages = ONE_BYTE[encoding]
    words = _words(sample, encoding)
    letters: Counter[str] = Counter()
    cost = prior
    for word in words:
        for place, char in enumerate(word):
            if not char.isascii():
                cost += _place(word, place)
                letters[_small(char)] += 1
    best = min(_of_language(letters, language) for language in languages)
    return Reading(encoding, cost + best, prior, words)


def _small(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else "i"


@lru_cache
def _costs(language: str) -> dict[str, float]:
    letters = LATIN.get(language) or OTHERS[language]
    weights = [1 / (place + 3) for place in range(len(letters))]
    total = sum(weights)
    return {
        letter: -log(0.95 * weight / total) for letter, weight in zip(letters, weights, strict=True)
    }


def _of_language(letters: Counter[str], language: str) -> float:
    costs, cost = _costs(language), 0.0
    for char, count in letters.items():
        if char in costs:
            cost += count * costs[char]
        elif char.isalpha() and char not in _SIGNS:
            cost += count * _OTHER_LETTER
    return cost


def _place(word: str, place: int) -> float:
    """What speaks against a character in its place in a word."""
    char = word[place]
    before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
    if not char.isalpha() or char in _SIGNS:
        return _sign(char, before, after)
    cost = _AT_DIGITS if before.isdigit() or (after.isdigit() and not before.isalpha()) else 0.0
    if char.islower() and char != "ß" and before.isupper() and after.isupper():
        cost += _WRONG_CASE
    if char.isupper():
        cost += _WRONG_CASE if before.islower() else _CAPITAL
    is_latin = char < "\u0250"
    for other in (before, after):
        if other.isalpha() and (other < "\u0250") != is_latin:
            cost += _MIXED
    if is_latin and before.isalpha() and not before.isascii():
        cost += _TOGETHER
    return cost


def _sign(char: str, before: str, after: str) -> float:
    if char == "\ufffd" or (not char.isprintable() and char != "\u00a0"):
        return _NO_CHARACTER
    cost = _UNIT if char in _UNITS else _SIGN if char in _SIGNS else _OTHER_SIGN
    return cost + (
        _IN_WORD if before.isalpha() and after.isalpha() and char not in _INSIDE else 0.0
    )


def _of_characters(sample: bytes, encoding: str) -> Reading:
    """The text in an encoding of several bytes for each character."""
    prior, frequent = SEVERAL_BYTES[encoding]
    words = _words(sample, encoding)
    usual = frozenset(frequent)
    letters = Counter(char for word in words for char in word if not char.isascii())
    cost = sum(count * _character(char, usual, encoding) for char, count in letters.items())
    return Reading(encoding, prior + cost, prior, words)


def _character(char: str, usual: frozenset[str], encoding: str) -> float:
    """How unlikely a character of an encoding of East Asia is."""
    if char == "\ufffd" or (not char.isprintable() and char != "\u3000"):
        return _NO_CHARACTER
    if char in usual:
        return 6.0
    if "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uff9f":
        if char >= "\uff61":  # katakana of half the width, one byte each
            return 6.0
        return 5.0 if encoding in _OF_JAPAN or not "\u3040" <= char <= "\u30ff" else 11.0
    return _rare(char, encoding)


_OF_JAPAN = frozenset(("shift_jis", "cp932", "euc-jp"))

#: The first bytes of characters that are in daily use, by encoding.
_DAILY = {
    "shift_jis": (0x88, 0x97),
    "cp932": (0x88, 0x97),
    "euc-jp": (0xB0, 0xCF),
    "gb18030": (0xB0, 0xD7),
    "big5": (0xA4, 0xC6),
    "euc-kr": (0xB0, 0xC8),
    "cp949": (0xB0, 0xC8),
}


def _rare(char: str, encoding: str) -> float:
    code = char.encode(encoding)
    first, last = _DAILY[encoding]
    if len(code) > 2:
        return 18.0
    if not first <= code[0] <= last or (code[-1] < 0xA1 and encoding in ("gb18030", "cp949")):
        return 13.0
    return 9.0
