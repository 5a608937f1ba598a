"""The figures in two renderers: librsvg and Chromium. No text lies on another one, and none is cut."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from shieldtalks.exports.html.pictures import FOLDER

from .conftest import absent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.client

WIDTHS = (390, 1012, 1600)
PICTURES = [
    f"exchange-{form}-{scheme}.svg" for form in ("wide", "narrow") for scheme in ("light", "dark")
]

SVG = "{http://www.w3.org/2000/svg}"

#: Pairs of texts in one drawing whose ink boxes meet, and texts that leave the drawing.
FAULTS = """(svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = Array.from(svg.querySelectorAll("text"),
    (one) => [one.textContent, one.getBoundingClientRect()]);
  const found = [];
  for (const [words, box] of texts) {
    if (box.left < frame.left - .5 || box.right > frame.right + .5
      || box.top < frame.top || box.bottom > frame.bottom) {
      found.push(`cut: ${words}`);
    }
  }
  for (const [first, [words, a]] of texts.entries()) {
    for (const [others, b] of texts.slice(first + 1)) {
      const slack = Math.min(a.height, b.height) * .25;
      if (a.left < b.right && b.left < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom) {
        found.push(`overlap: ${words} / ${others}`);
      }
    }
  }
  return found;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_of_a_figure_is_cut_or_lies_on_another(
    width: int, html: Path, visit: Callable[..., Page]
) -> None:
    page = visit(html, viewport={"width": width, "height": 900})
    drawings = page.locator("figure svg:visible")
    assert drawings.count()
    assert [fault for one in drawings.all() for fault in one.evaluate(FAULTS)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PICTURES)
def test_chromium_draws_the_pictures_whole(
    name: str, width: int, root: Path, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    svg = (root / FOLDER / name).read_text("utf-8")
    page.set_content(f"<style>body{{margin:0}}svg{{width:100%;height:auto}}</style>{svg}")
    assert page.locator("svg").evaluate(FAULTS) == []
    page.close()


def test_an_overlap_would_be_found(root: Path, browser: Browser) -> None:
    page = browser.new_page()
    svg = (root / FOLDER / PICTURES[0]).read_text("utf-8")
    page.set_content(re.sub(r' y="[0-9.]+" font-family', ' y="90" font-family', svg))
    assert any(fault.startswith("overlap") for fault in page.locator("svg").evaluate(FAULTS))
    page.close()


def ink(svg: ElementTree.Element) -> Any:
    """How dark each pixel is when librsvg draws the texts alone, each with half its ink."""
    import shutil

    if shutil.which("rsvg-convert") is None:
        absent("rsvg-convert")
    from PIL import Image

    drawn = subprocess.run(
        ["rsvg-convert", "--zoom", "2"],
        input=ElementTree.tostring(svg),
        capture_output=True,
        check=True,
    )
    return Image.open(io.BytesIO(drawn.stdout)).getchannel("A")


def texts_alone(file: Path, margin: int) -> ElementTree.Element:
    """The texts of a picture in half-transparent black, with room around the picture."""
    svg = ElementTree.parse(file).getroot()  # noqa: S314 (our own picture)
    width, height = int(svg.get("width", 0)), int(svg.get("height", 0))
    alone = ElementTree.Element(
        f"{SVG}svg", width=str(width + 2 * margin), height=str(height + 2 * margin)
    )
    alone.set("viewBox", f"{-margin} {-margin} {width + 2 * margin} {height + 2 * margin}")
    for text in svg.iter(f"{SVG}text"):
        text.set("fill", "#000000")
        text.set("opacity", "0.5")
        for part in text.iter():
            part.attrib.pop("class", None)
        alone.append(text)
    return alone


@pytest.mark.parametrize("name", PICTURES[::2])
def test_librsvg_draws_no_text_on_another_and_cuts_none(name: str, root: Path) -> None:
    margin = 60
    image = ink(texts_alone(root / FOLDER / name, margin))
    assert image.getextrema()[1] in range(120, 136), (
        "a pixel with more than half the ink has two texts"
    )
    left, top, right, bottom = image.getbbox()
    assert min(left, top) >= 2 * margin
    assert right <= image.width - 2 * margin
    assert bottom <= image.height - 2 * margin


def test_librsvg_would_show_an_overlap(root: Path) -> None:
    alone = texts_alone(root / FOLDER / PICTURES[0], 0)
    for text in alone:
        text.set("y", "90")
    assert ink(alone).getextrema()[1] > 150


@pytest.mark.parametrize("name", PICTURES)
def test_librsvg_knows_the_colours(name: str, root: Path) -> None:
    import shutil

    if shutil.which("rsvg-convert") is None:
        absent("rsvg-convert")
    from PIL import Image

    svg = (root / FOLDER / name).read_bytes()
    drawn = subprocess.run(["rsvg-convert"], input=svg, capture_output=True, check=True)
    image = Image.open(io.BytesIO(drawn.stdout)).convert("RGBA")
    assert image.getchannel("A").getextrema() == (255, 255), "a pixel is transparent"
    ground = re.search(r'<rect [^>]*fill="#([0-9a-f]{6})"', svg.decode())
    assert ground
    counted = image.convert("RGB").getcolors(image.width * image.height)
    assert max(counted)[1] == tuple(bytes.fromhex(ground[1]))
    assert max(counted)[0] < 0.97 * image.width * image.height
