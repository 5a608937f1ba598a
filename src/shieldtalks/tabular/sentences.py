"""Lines of text in which the comma is that of a sentence or of a name, and no delimiter."""

from __future__ import annotations

from collections.abc import Sequence

from .delimiters import cut
from .shapes import is_value

#: Sentences have so many words on average, at least.
_WORDS = 5
#: This share of the lines goes on with a small letter after the comma, at least.
_SHARE = 0.8


def as_sentences(text: str) -> str:
    """Why lines that a comma cuts in two are one column, in words; "" if they may be two columns.

    Each line has one comma with a blank after it. The first line has no comma, so it is the name of one
    column; or it is a sentence like the others.
    """
    if '"' in text or any(line.count(",") != 1 for line in text.splitlines()[1:3] if line.strip()):
        return ""
    lines = list(filter(None, cut(text, ",")))
    head, below = lines[0], lines[1:]
    if not below or not all(map(_is_cut_by_sentence, below)):
        return ""
    said = "each line has one comma with a blank after it, as a sentence or a name has"
    if len(head) == 1 and (_is_name(head[0], text) or _are_long(below)):
        return f"{said}, and the first line has none"
    if _is_cut_by_sentence(head) and _are_long([head]) and _are_long(below) and _go_on(lines):
        return f"{said}, and the first line is like the others"
    return ""


def _is_cut_by_sentence(cells: Sequence[str]) -> bool:
    """Whether one comma with a blank after it cuts a line in two, and neither part is a value."""
    if len(cells) != 2 or not cells[0].strip() or cells[0][0] == " " or cells[1][:1] != " ":
        return False
    return cells[1].strip() != "" and not any(is_value(cell.strip()) for cell in cells)


def _is_name(line: str, text: str) -> bool:
    """Whether a line is one word directly above the others, as the name of a column, and no title."""
    _, _, rest = text.lstrip().partition("\n")
    return " " not in line.strip() and bool(rest.partition("\n")[0].strip())


def _are_long(lines: Sequence[Sequence[str]]) -> bool:
    words = sum(len(cell.split()) for cells in lines for cell in cells)
    return words >= _WORDS * len(lines)


def _go_on(lines: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all lines go on with a small letter after the comma."""
    return sum(cells[1][1:2].islower() for cells in lines) >= _SHARE * len(lines)
