"""The sentences of an article, as far as they can be told without knowing its words."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
#: What can end a sentence, and the first letter or digit of the next one. Chinese and Japanese have no
#: blank between two sentences.
_STOP = re.compile(
    r"[.!?…][\"'”“’»«)\]]*\s+(?=[\"'“„”‘‚«»(\[¿¡]*(?P<next>[^\W_]))|[。！？][」』”’）]*\s*(?=\S)"
)
#: What a full stop does not end: an initial, an abbreviation with points inside, a title, a month.
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:[A-Za-z]\.)+[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Capt|Sgt|Adm|Maj|Sen|Rep|Gov"
    r"|Prof|Rev|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec))$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence. A blank line ends a sentence, too."""
    found: list[tuple[int, int]] = []
    begin = 0
    for paragraph in [*_PARAGRAPH.finditer(text), None]:
        end = paragraph.start() if paragraph else len(text)
        found += _within(text, begin, end)
        begin = paragraph.end() if paragraph else end
    return found


def _within(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one paragraph."""
    found = []
    for stop in _STOP.finditer(text, begin, end):
        # Enough of the sentence to see the last word.
        before = text[max(begin, stop.start() - 20) : stop.start()]
        if text[stop.start()] == "." and _ABBREVIATION.search(before):
            continue
        if stop["next"] and not _can_begin(stop["next"]):
            continue
        found.append((begin, stop.end()))
        begin = stop.end()
    found.append((begin, end))
    return [
        (a + _blank(text[a:b]), a + len(text[a:b].rstrip())) for a, b in found if text[a:b].strip()
    ]


def _can_begin(char: str) -> bool:
    """Whether a sentence can begin with a letter or digit: a small letter cannot."""
    return not char.islower()


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())
