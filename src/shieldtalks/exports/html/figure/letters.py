"""The width of text, and text in lines that fit."""

from __future__ import annotations

#: The widths of letters as shares of the size of the text, in DejaVu Sans, a font with wide letters.
_SHARES = {"ijlI.,;:' ": 0.32, "frt()-/": 0.41, "mwMW": 0.95, "ABCDEGHNOQRUVXYZ": 0.72}
_SHARE = {letter: share for letters, share in _SHARES.items() for letter in letters}
_USUAL_SHARE = 0.63

#: Wide letters: those of East Asia have the width of their size.
_FIRST_WIDE = "\u2e80"

#: How much wider bold letters are.
BOLD = 1.12


def width(words: str, size: float) -> float:
    """About the greatest width of a text in a usual font."""
    return size * sum(
        1.05 if letter >= _FIRST_WIDE else _SHARE.get(letter, _USUAL_SHARE) for letter in words
    )


def wrapped(words: str, room: float, size: float) -> list[str]:
    """Words in lines that fit into a width. A word that is longer than a line is divided."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
            continue
        pieces = _divided(word, room, size)
        lines += pieces
    return lines


def _divided(word: str, room: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
