"""The picture of the README: `python -m shieldtalks.exports.html.pictures`.

Any SVG renderer can show it: each element states its own colours and font, without a style sheet.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ...record.installed import ROOT
from ...record.ledger.entries import Entry, history, ledger
from ...tabular.package import read as read_package
from .markup import Markup, element
from .page import read
from .sections.ledger.matrix import LedgerRow, Matrix, Run, matrix, state_class, word

#: The folder of the pictures in the checkout.
FOLDER = Path("docs/pictures")

#: The width of the picture, about that of a README on a screen, so that sizes are pixels there.
_WIDTH = 860.0
#: Where the labels begin, where the cells begin, and where they end.
_LABELS, _LEFT, _RIGHT = 10.0, 220.0, 854.0
#: A column has at least room for "no official answer" in two lines.
_MOST_COLUMNS = 8

#: The height of the head, of a line of text, and of the room above and below the lines of a row.
_HEAD, _LINE, _ROOM = 48.0, 16.0, 4.0
#: The sizes of the text of labels and of cells.
_LABEL, _WORD = 13.0, 11.0
#: The room between neighbouring cells, and between the edge of a cell and its words.
_GAP, _PADDING = 2.0, 2.5
#: The width of the line in a cell that shows that a move is noted.
_NOTED = 4.0

#: The signs in cells that need an explanation, by the CSS class of their state.
_SIGNS = {
    "perhaps": "possibly, because only a period is known",
    "noted": "noted: a move that does not decide the state",
}

#: The widths of letters as shares of the size of the text, in DejaVu Sans, a font with wide letters.
_SHARES = {"ijlI.,;:' ": 0.32, "frt()-/": 0.41, "mwMW": 0.9, "ABCDEGHNOQRUVXYZ": 0.7}
_SHARE = {letter: share for letters, share in _SHARES.items() for letter in letters}
_USUAL_SHARE = 0.615


def pictures(root: Path) -> dict[str, str]:
    """The pictures of the package at `root`, by the names of their files."""
    package = read_package(root)
    grid = matrix(ledger(package), history(package), _MOST_COLUMNS)
    return {"ledger.svg": f"{_picture(grid)}\n"}


def write(root: Path) -> None:
    """Write the pictures of the package at `root` into its folder of pictures."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(root).items():
        (root / FOLDER / name).write_text(svg, encoding="utf-8")


def _picture(grid: Matrix) -> Markup:
    """The ledger as SVG."""
    column = (_RIGHT - _LEFT) / max(len(grid.columns), 1)
    top = _HEAD
    shapes = _head(grid, column)
    for row in grid.rows:
        elements, height = _row(row, top, column)
        shapes += elements
        top += height
    shapes += _key(grid, top + 8)
    height = top + 42
    return element(
        "svg",
        element("title", "Ledger of proposals", id="ledger-title"),
        element("desc", _description(grid), id="ledger-about"),
        element("rect", x=0, y=0, width=_WIDTH, height=height, fill="#ffffff", stroke="none"),
        *shapes,
        xmlns="http://www.w3.org/2000/svg",
        width=_WIDTH,
        height=height,
        viewBox=f"0 0 {_WIDTH:g} {height:g}",
        role="img",
        aria_labelledby="ledger-title ledger-about",
    )


def _description(grid: Matrix) -> str:
    """The picture in words."""
    counts: dict[str, int] = {}
    for row in grid.rows:
        counts[word(row.entry)] = counts.get(word(row.entry), 0) + 1
    states = ", ".join(f"{number} {words}" for words, number in sorted(counts.items()))
    return f"{len(grid.rows)} proposals by date, with the state of each: {states}."


def _head(grid: Matrix, column: float) -> list[Markup]:
    shapes = [_text("Proposal", _LABELS, 37.0, "soft", size=_WORD)]
    for number, (first, second) in enumerate(each.head for each in grid.columns):
        x = _LEFT + (number + 0.5) * column
        shapes.append(_text(first, x, 21.0, "ink", size=_WORD, centred=True, bold=True))
        shapes.append(_text(second, x, 37.0, "soft", size=_WORD, centred=True))
    return shapes


def _row(row: LedgerRow, top: float, column: float) -> tuple[list[Markup], float]:
    """The elements of a row, and its height."""
    indent = 14.0 * row.depth
    label = _wrapped(row.entry.label, _LEFT - _LABELS - indent - 6, _LABEL)
    cells = [_cell_words(run, column) for run in row.runs]
    height = max(map(len, [label, *cells])) * _LINE + 2 * _ROOM
    colour = "soft" if row.depth else "ink"
    shapes = _lines(label, _LABELS + indent, top + height / 2, colour, _LABEL)
    x = _LEFT
    for run, words in zip(row.runs, cells, strict=True):
        if run.entry:
            shapes += _cell(run.entry, x, top, column * run.columns, height)
            begin = x + _GAP / 2 + _PADDING + _noted(run.entry)
            shapes += _lines(words, begin, top + height / 2, _ink(run.entry), _WORD)
        x += column * run.columns
    return shapes, height


def _cell(entry: Entry, x: float, top: float, width: float, height: float) -> list[Markup]:
    """A rectangle in the colour of a state, dashed if it is only possible, and what is noted."""
    classes = state_class(entry).split()
    stroke = {"stroke": "none"}  # ImageMagick draws a black line where none is given
    if "perhaps" in classes:
        stroke = {"stroke": _colours()["soft"], "stroke_width": "1", "stroke_dasharray": "3 2"}
    shapes = [
        element(
            "rect",
            x=x + _GAP / 2,
            y=top + _GAP,
            width=width - _GAP,
            height=height - 2 * _GAP,
            rx=3,
            fill=_colours()[classes[0]],
            **stroke,
        )
    ]
    for name in classes:
        if name.startswith("noted-"):
            colour = _colours()[f"{name.removeprefix('noted-')}-ink"]
            shapes.append(
                element(
                    "rect",
                    x=x + _GAP / 2,
                    y=top + _GAP,
                    width=_NOTED,
                    height=height - 2 * _GAP,
                    fill=colour,
                    stroke="none",
                )
            )
    return shapes


def _cell_words(run: Run, column: float) -> list[str]:
    """The words of a cell in lines: as many of them as fit. Dashes say "possibly" in any case."""
    full = word(run.entry)
    brief = re.sub("possibly (made, )?", "", full)
    room = column * run.columns - _GAP - 2 * _PADDING - _noted(run.entry)
    for words, most in ((full, 1), (brief, 1), (full, 2), (brief, 2)):
        lines = _wrapped(words, room, _WORD)
        if len(lines) <= most and all(_width(line, _WORD) <= room for line in lines):
            return lines
    return []


def _key(grid: Matrix, top: float) -> list[Markup]:
    """What dashes and lines in a cell mean, if there are any."""
    entries = [run.entry for row in grid.rows for run in row.runs if run.entry]
    shapes: list[Markup] = []
    x = _LABELS
    for sign, words in _SIGNS.items():
        example = next((entry for entry in entries if sign in state_class(entry)), None)
        if example:
            shapes += _cell(example, x, top, 36, 24)
            shapes += _lines([words], x + 42, top + 12, "soft", _WORD)
            x += 62 + _width(words, _WORD)
    return shapes


def _lines(lines: Sequence[str], x: float, middle: float, colour: str, size: float) -> list[Markup]:
    """Lines of text, centred on a height."""
    first = middle - (len(lines) - 1) * _LINE / 2 + size * 0.36
    return [
        _text(line, x, first + number * _LINE, colour, size=size)
        for number, line in enumerate(lines)
    ]


def _text(
    words: str,
    x: float,
    y: float,
    colour: str,
    *,
    size: float,
    centred: bool = False,
    bold: bool = False,
) -> Markup:
    return element(
        "text",
        words,
        x=x,
        y=y,
        fill=_colours()[colour],
        stroke="none",
        font_family="sans-serif",
        font_size=size,
        font_weight="bold" if bold else None,
        text_anchor="middle" if centred else None,
    )


def _wrapped(words: str, room: float, size: float) -> list[str]:
    """Words in lines that fit into a width; a word that is longer than it has a line of its own."""
    lines: list[str] = []
    for part in words.split():
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and _width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _width(words: str, size: float) -> float:
    """About the width of a text."""
    return size * sum(_SHARE.get(letter, _USUAL_SHARE) for letter in words)


def _noted(entry: Entry | None) -> float:
    """The room in a cell for the line that shows a noted move."""
    return _NOTED if "noted-" in state_class(entry) else 0.0


def _ink(entry: Entry) -> str:
    """The colour of the words in a cell."""
    return f"{state_class(entry).split()[0]}-ink"


@cache
def _colours() -> dict[str, str]:
    """The light colours of the page, by name."""
    light = read("palette.css").partition("@media")[0]
    return dict(re.findall("--([a-z0-9-]+): (#[0-9a-f]+);", light))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
