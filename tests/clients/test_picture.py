"""The picture of the README in a renderer that others wrote and that is no browser: CairoSVG."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest

from shieldtalks.exports.html.pictures import FOLDER

from .conftest import absent

pytestmark = pytest.mark.client


def shares(svg: str) -> Counter[tuple[int, ...]]:
    """The colours of a picture, each with its share of the pixels in percent."""
    try:
        import cairosvg
        from PIL import Image
    except (ImportError, OSError):  # the package, or the library of the system that it loads
        absent("cairosvg")
    png = cairosvg.svg2png(bytestring=svg.encode())  # in its own size: no pixel is cut
    with Image.open(io.BytesIO(png)) as image:
        assert image.convert("RGBA").getextrema()[3] == (255, 255), "a pixel is transparent"
        pixels = image.width * image.height
        counts = image.convert("RGB").getcolors(pixels)
    return Counter({colour: 100 * count / pixels for count, colour in counts})


def dark(found: Counter[tuple[int, ...]]) -> float:
    return sum(share for colour, share in found.items() if max(colour) < 0x60)


@pytest.fixture
def svg(root: Path) -> str:
    return (root / FOLDER / "exchange-wide-light.svg").read_text("utf-8")


def test_the_picture_has_its_colours_and_dark_words_on_them(svg: str) -> None:
    found = shares(svg)
    fills = set(re.findall('<path [^>]*fill="#([0-9a-f]{6})"', svg))
    assert len(fills) > 3
    assert [fill for fill in fills if not found[tuple(bytes.fromhex(fill))]] == []
    assert found.most_common(1)[0][1] < 97
    assert 0.2 < dark(found) < 10


def test_a_picture_without_fills_would_be_found(svg: str) -> None:
    """As it was when only a browser understood its style sheet: a black rectangle."""
    assert dark(shares(re.sub(' fill="[^"]*"', "", svg))) > 50
