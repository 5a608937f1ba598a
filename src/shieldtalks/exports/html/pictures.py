"""The picture of the README, by the code of the page: `python -m shieldtalks.exports.html.pictures`."""

from __future__ import annotations

import sys
from pathlib import Path

from ...record.installed import ROOT
from ...record.ledger.entries import history, ledger
from ...tabular.package import read as read_package
from .dates import short
from .markup import Markup, element, join
from .page import STYLES, read
from .sections.ledger.matrix import LedgerRow, Matrix, matrix, state_class, word
from .sections.timeline.drawing import _shorten as shorten

#: The folder of the pictures in the checkout.
FOLDER = Path("docs/pictures")


def pictures(root: Path) -> dict[str, str]:
    """The pictures of the package at `root`, by the names of their files."""
    package = read_package(root)
    own = {"xmlns": "http://www.w3.org/2000/svg", "width": "1080"}
    return {"ledger.svg": _styled(_picture(matrix(ledger(package), history(package)), **own))}


def _styled(svg: Markup) -> str:
    """A picture that brings its colours, on a ground of its own."""
    style = element("style", Markup("".join(map(read, STYLES[:2]))))
    ground = element("rect", class_="paper", width="100%", height="100%", rx=8)
    begin = svg.index("</desc>") + len("</desc>")
    return f"{svg[:begin]}{style}{ground}{svg[begin:]}\n"


#: Unanswered, with a refusal that is only noted.
_STRIPES = element(
    "defs",
    element(
        "pattern",
        element("rect", class_="ground", width=9, height=9),
        element("line", class_="stripe", x1=0, x2=0, y1=0, y2=9),
        id="noted-declined",
        width=9,
        height=9,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    ),
)

_LEFT, _ROW, _HEAD, _WIDTH = 396.0, 26.0, 46.0, 1080.0


def _picture(made: Matrix, **attributes: str | None) -> Markup:
    """The matrix as SVG."""
    column = (_WIDTH - _LEFT - 10) / max(len(made.columns), 1)
    head = join(
        *(
            element(
                "text",
                element("tspan", each.head[0], x=_LEFT + (number + 0.5) * column, class_="axis"),
                element("tspan", each.head[1], x=_LEFT + (number + 0.5) * column, dy=13.0),
                class_="when",
                y=18.0,
                text_anchor="middle",
            )
            for number, each in enumerate(made.columns)
        )
    )
    rows = [_drawn(row, _HEAD + number * _ROW, column) for number, row in enumerate(made.rows)]
    return element(
        "svg",
        element("title", "Ledger of proposals", id="ledger-title"),
        element("desc", _about(made), id="ledger-about"),
        _STRIPES,
        element("g", head),
        *rows,
        viewBox=f"0 0 {_WIDTH:g} {_HEAD + len(rows) * _ROW + 10:g}",
        role="img",
        aria_labelledby="ledger-title ledger-about",
        **attributes,
    )


def _drawn(row: LedgerRow, top: float, column: float) -> Markup:
    middle = top + _ROW / 2 + 4
    drawn = [
        element(
            "text", short(row.entry.date_edtf), class_="when", x=134.0, y=middle, text_anchor="end"
        ),
        element(
            "text",
            shorten(row.entry.label, 38 - 2 * row.depth),
            class_=f"label {'event' if row.depth == 0 else 'proposal'}",
            x=146.0 + 14 * row.depth,
            y=middle,
        ),
    ]
    at = _LEFT
    for run in row.runs:
        width = column * run.columns
        name = state_class(run.entry)
        drawn.append(
            element(
                "rect",
                element("title", word(run.entry)) if run.entry else None,
                class_=f"cell {name}",
                x=at + 1.5,
                y=top + 2,
                width=width - 3,
                height=_ROW - 4,
                rx=3.0,
            )
        )
        if run.entry:
            words = shorten(word(run.entry), max(int((width - 10) / 5.6), 1))
            drawn.append(element("text", words, class_=f"word {name}", x=at + 6.5, y=middle - 0.5))
        at += width
    return element("g", *drawn)


def _about(made: Matrix) -> str:
    """The matrix in words."""
    counts: dict[str, int] = {}
    for row in made.rows:
        counts[word(row.entry)] = counts.get(word(row.entry), 0) + 1
    told = ", ".join(f"{number} {words}" for words, number in sorted(counts.items()))
    return f"{len(made.rows)} proposals by date and what became of each: {told}."


def write(root: Path) -> None:
    """Write the pictures of the package at `root` into its folder of pictures."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(root).items():
        (root / FOLDER / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
