"""The pictures of the README, by the code of the page: `python -m shieldtalks.exports.html.pictures`."""

from __future__ import annotations

import sys
from pathlib import Path

from ...record.dataset import Dataset
from ...record.description.context import context
from ...record.installed import ROOT
from ...tabular.package import read
from . import ledger as ledger_table
from . import page as document
from .markup import Markup, element
from .matrix import matrix
from .occasions import items
from .timeline import PICTURE, draw

#: Where the pictures stand in the checkout.
FOLDER = Path("docs/pictures")


def pictures(root: Path) -> dict[str, str]:
    """The pictures of the package at `root`, by the names of their files."""
    at_hand = context(Dataset(read(root)))
    own = {"xmlns": "http://www.w3.org/2000/svg", "width": "1080"}
    timeline = draw(items(at_hand), document.publications(at_hand), PICTURE, links=False, **own)
    return {
        "timeline.svg": _styled(timeline),
        "ledger.svg": _styled(ledger_table.picture(matrix(at_hand), **own)),
    }


def _styled(svg: Markup) -> str:
    """A picture that brings its colours, on a ground of its own."""
    style = element("style", Markup("".join(map(document.read, document.STYLES[:2]))))
    ground = element("rect", class_="paper", width="100%", height="100%", rx=8)
    begin = svg.index("</desc>") + len("</desc>")
    return f"{svg[:begin]}{style}{ground}{svg[begin:]}\n"


def write(root: Path) -> None:
    """Write the pictures of the package at `root` into its folder of pictures."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(root).items():
        (root / FOLDER / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
