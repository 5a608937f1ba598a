"""The delimiter of a text, found in its first lines: for `describe`, and for a file without a descriptor.

A delimiter is good if it cuts many rows into the same number of cells, and if the cells look like
values (the measure of "Wrangling messy CSV files", van den Burg and others, 2019).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from .shapes import is_value, plainness

#: The delimiters that are tried, the most usual first, with what messages call them.
DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}

#: The delimiters that are tried if none of these cuts the text, and the fewest cells of a row then: a
#: time has colons, and a name has blanks.
_RARE = {
    "^": ("a caret", 2),
    "~": ("a tilde", 2),
    "\x1f": ("the control character U+001F", 2),
    ":": ("a colon", 3),
    " ": ("a blank", 3),
}

#: What messages call all delimiters.
NAMES = DELIMITERS | {char: name for char, (name, _) in _RARE.items()}

#: The most rows that are looked at.
MOST_ROWS = 500

#: A delimiter that cuts fewer of the rows alike is hardly one.
_SHARE_MOST = 0.6

#: Of the rows, at least this share has as many cells as the header.
_SHARE_ALIKE = 0.9


def cut(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of a text, cut at a delimiter."""
    return some_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def some_rows(reader: Iterable[list[str]]) -> list[list[str]]:
    """The first rows that a reader of Python gives."""
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error:
        pass  # what was read is enough
    return rows


def scores(text: str) -> dict[str, float]:
    """How good each delimiter is that may cut a text into rows; 0 if it does not cut it.

    A delimiter that cuts the header as it cuts the rows is better than one that is in the rows only,
    as decimal commas are, or the commas of places on a map.
    """
    rows = {char: list(filter(None, cut(text, char))) for char in DELIMITERS}
    found = {char: score(rows[char]) for char in DELIMITERS}
    if any(found[char] and _cuts_header_alike(rows[char]) for char in DELIMITERS):
        cuts = {char: len(next(iter(rows[char]), [])) > 1 for char in DELIMITERS}
        return {char: points * cuts[char] for char, points in found.items()}
    return found


def score(rows: list[list[str]]) -> float:
    """How good a delimiter is that cuts a text into these rows; 0 if it does not cut it."""
    filled = [row for row in rows if row]
    widths = Counter(len(row) for row in filled)
    if not filled or not _has_header_line(filled):
        return 0
    pattern = sum(count * (width - 1) / width for width, count in widths.items()) / len(widths)
    cells = [cell for row in filled[:200] for cell in row]
    plain = sum(map(plainness, cells)) / len(cells)
    return pattern * plain


def rare_delimiter(text: str, points: dict[str, float]) -> str | None:
    """A delimiter that is seldom used and cuts all rows alike, with a header and values below it; or None.

    It is looked for if no usual delimiter cuts most of the rows alike, by their points.
    """
    best = max(DELIMITERS, key=lambda char: points[char])
    if points[best] > 0:
        filled = list(filter(None, cut(text, best)))
        width = usual_width(filled)
        if sum(len(row) == width for row in filled) >= _SHARE_MOST * len(filled):
            return None
    for char, (_, least) in _RARE.items():
        rows = list(filter(None, cut(text, char))) if char in text else []
        if len(rows) < 3 or len(rows[0]) < least:
            continue
        alike = all(len(row) == len(rows[0]) for row in rows)
        is_header = all(rows[0]) and not any(map(is_value, rows[0]))
        is_phrase = char == " " and _is_phrase(rows[0])
        if alike and is_header and not is_phrase and _has_values(rows[1:]):
            return char
    return None


#: Words between others, which are in the name of a column and are no name of one.
_BETWEEN = {
    *("of", "and", "or", "the", "in", "per", "for", "to", "by", "at", "on", "from"),
    *("de", "des", "du", "la", "le", "et", "der", "die", "das", "und", "von"),
}


def _is_phrase(words: list[str]) -> bool:
    """Whether words are the name of one column, such as "Date of birth" or "Full street address"."""
    is_sentence = words[0].istitle() and all(word.islower() for word in words[1:])
    return is_sentence or not _BETWEEN.isdisjoint(words)


def _has_values(rows: list[list[str]]) -> bool:
    """Whether most cells of a column are numbers or dates."""
    return any(2 * sum(map(is_value, column)) > len(column) for column in zip(*rows, strict=True))


def usual_width(rows: list[list[str]]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(row) for row in rows if row)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _has_header_line(rows: list[list[str]]) -> bool:
    """Whether the delimiter cuts the first line that it cuts at all as it cuts most of the lines.

    If it does not, it may be a decimal comma, which a header does not have.
    """
    width = usual_width(rows)
    if width < 2:
        return False
    first = next((n for n, row in enumerate(rows) if len(row) > 1), 0)
    return first == 0 or not all(map(is_value, filter(None, rows[first])))


def _cuts_header_alike(rows: list[list[str]]) -> bool:
    """Whether the first line has as many cells as nearly all lines below it, and is no line of values."""
    width = len(rows[0])
    alike = sum(len(row) == width for row in rows)
    is_header = width > 1 and not any(map(is_value, rows[0]))
    return is_header and len(rows) > 1 and alike >= _SHARE_ALIKE * len(rows)
