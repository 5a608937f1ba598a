"""The colours of the page and of the figures, by name. They are kept once, in palette.css."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

#: The file of the colours.
PALETTE = Path(__file__).parent.parent / "palette.css"

#: The two sets of colours.
SCHEMES = ("light", "dark")


@cache
def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme, by name."""
    light, _, dark = PALETTE.read_text(encoding="utf-8").partition("@media")
    return dict(re.findall("--([a-z0-9-]+): (#[0-9a-f]+);", dark if scheme == "dark" else light))


def rules() -> str:
    """The style rules by which a figure on the page follows the reader's choice of light or dark."""
    return "".join(
        f"svg .f-{name}{{fill:var(--{name})}}svg .s-{name}{{stroke:var(--{name})}}"
        for name in colours("light")
    )
