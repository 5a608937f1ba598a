"""Words as a search compares them: without case, accents, plurals and differences of spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: American spellings, with the British ones that the record uses.
_SPELLINGS = {"defense": "defence", "center": "centre", "program": "programme"}

#: The fewest letters of a verb without its ending.
_SHORTEST_VERB = 4

#: A word, with the hyphens inside it.
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

#: A letter with a dot, before another single letter: "U.S." is one word, as "US" is.
_DOTTED = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))")


def words(text: str) -> list[str]:
    """The words of a text in order, each in its plain form. Of `co-location`, the two parts."""
    return [part for word in _split(text) for part in map(plain, word.split("-"))]


def tokens(text: str) -> set[str]:
    """The words of a text by which it can be found. Of `co-location`, the two parts and the whole."""
    found = set()
    for word in _split(text):
        found |= {plain(part) for part in word.split("-")} | {plain(word.replace("-", ""))}
    return found


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """The plain form of one word: "Radars" and "radar" have the same."""
    word = _singular(word)
    return _SPELLINGS.get(word, word)


def verbs(word: str) -> set[str]:
    """The verbs of which a word may be a form: of "declined", decline and declin."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_VERB:
            return {stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else stem}
    return set()


def _split(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    bare = "".join(char for char in folded if not unicodedata.combining(char)).casefold()
    joined = _DOTTED.sub(r"\1", re.sub(r"'s\b", "", bare))
    return (found[0] for found in _WORD.finditer(joined))


def _singular(word: str) -> str:
    """The singular of an English noun, as far as its ending shows it."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]
