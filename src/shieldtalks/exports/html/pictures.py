"""The pictures of the README: `python -m shieldtalks.exports.html.pictures`.

Any SVG renderer can show them: each element states its own colours and font, without a style sheet.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ...record.dataset import Dataset
from ...record.description.context import context
from ...record.installed import ROOT
from ...record.ledger.entries import ledger
from ...tabular.package import read as read_package
from .figure.colours import SCHEMES
from .figure.pen import Pen
from .sections.exchange import about
from .sections.exchange.drawing import draw
from .sections.exchange.layout import layouts
from .sections.exchange.rows import drawn, exchange

#: The folder of the pictures in the checkout.
FOLDER = Path("docs/pictures")


def pictures(root: Path) -> dict[str, str]:
    """The pictures of the package at `root`, by the names of their files."""
    package = read_package(root)
    shown = exchange(context(Dataset(package)), ledger(package))
    rows = drawn(shown.rows)
    return {
        f"exchange-{layout.name}-{scheme}.svg": (
            f"{draw(shown, rows, layout, Pen(scheme, on_page=False), about(shown))}\n"
        )
        for layout in layouts(shown.lanes)
        for scheme in SCHEMES
    }


def write(root: Path) -> None:
    """Write the pictures of the package at `root` into its folder of pictures, and remove others."""
    made = pictures(root)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for file in (root / FOLDER).glob("*.svg"):
        if file.name not in made:
            file.unlink()
    for name, svg in made.items():
        (root / FOLDER / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
