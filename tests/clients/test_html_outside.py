"""The page before other people's judges: axe-core on access, the Nu HTML checker, readers of JSON-LD."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.conftest import absent
from tests.support import ARTICLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

MODULES = Path(__file__).parent / "node_modules"
MADE_UP = ARTICLES / "src-9001.txt"
WIDTHS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 320, "height": 640}}

AXE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .map((broken) => `${broken.id}: ${broken.nodes[0].html}`)"""


def axe(page: Page) -> list[str]:
    """What axe-core finds, with everything unfolded and nothing left out because it is out of sight."""
    file = MODULES / "axe-core" / "axe.min.js"
    if not file.is_file():
        absent("axe-core")
    page.add_style_tag(content="* { content-visibility: visible !important; }")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(file.read_text("utf-8"))
    found: list[str] = page.evaluate(AXE)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(
    width: str, scheme: str, html: Path, visit: Callable[..., Page]
) -> None:
    page = visit(html, viewport=WIDTHS[width], color_scheme=scheme, bypass_csp=True)
    page.locator("#as-of").focus()
    page.keyboard.press("Home")
    page.set_input_files("#copy", MADE_UP)
    page.locator(".result", has_text="a copy of none of the articles").wait_for()
    page.locator(".result select").select_option("src-0001")
    page.locator(".result p[role=status]", has_text=" rows: ").wait_for()
    assert axe(page) == []


def test_axe_would_find_one(html: Path, visit: Callable[..., Page]) -> None:
    page = visit(html, bypass_csp=True)
    page.evaluate("document.querySelector('label[for=copy]').remove()")
    assert any(found.startswith("label:") for found in axe(page))


def checked(file: Path) -> list[str]:
    """The errors that the Nu HTML checker finds."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None or not jar.is_file():
        absent("java or vnu-jar")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--errors-only", "--format", "gnu", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.splitlines()


def test_the_nu_checker_finds_no_error(html: Path) -> None:
    assert checked(html) == []


def test_the_nu_checker_would_find_one(html: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(html.read_text("utf-8").replace("<h1>", "<h1><p>", 1), "utf-8")
    assert checked(broken) != []


def test_a_crawler_finds_the_dataset(html: Path, node: Callable[..., object]) -> None:
    """jsonld.js reads the block of the page as it stands: nothing is fetched."""
    script = """
const fs = require("fs");
const jsonld = require("jsonld");
const page = fs.readFileSync(process.argv[1], "utf-8");
const block = JSON.parse(/<script type="application\\/ld\\+json">([^<]*)<\\/script>/.exec(page)[1]);
jsonld.expand(block).then((nodes) => console.log(JSON.stringify(nodes[0]["@type"])));
"""
    assert node(script, html) == ["https://schema.org/Dataset"]
