"""The documentation site: its links, its anchors and its search, opened from the disk in a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.client


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` makes it: made here, unless $SHIELDTALKS_SITE says where it is already."""
    if made := os.environ.get("SHIELDTALKS_SITE"):
        assert (Path(made) / "index.html").is_file(), made
        return Path(made)
    target = tmp_path_factory.mktemp("site")
    options = ["--fail-on-warning", "--keep-going", "--quiet"]
    command = [sys.executable, "-m", "sphinx", *options, str(root / "docs"), str(target)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may read files only. A request for anything else fails the test."""
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


class _Links(HTMLParser):
    """The addresses that a page links to, and the places in it that can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            elif name in ("href", "src", "srcset") and value and tag != "use":
                self.links.append(value)


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    pages = {path: _Links(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 20
    lost = []
    for path, found in pages.items():
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "genindex.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            other = pages.get(target)
            if not target.exists() or (
                other and parts.fragment and not _has(other, parts.fragment)
            ):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


def _has(page: _Links, fragment: str) -> bool:
    return unquote(fragment) in page.places


def test_every_column_of_the_codebook_has_a_place_of_its_own(site: Path, root: Path) -> None:
    places = _Links((site / "codebook.html").read_text("utf-8")).places
    for file in (root / "schemas" / "tables").glob("*.json"):
        for field in json.loads(file.read_text("utf-8"))["fields"]:
            assert f"{file.name.split('.')[0]}.{field['name']}" in places


@pytest.mark.parametrize("words", ["canonical", "--split", "croissant"])
def test_the_search_works_from_the_disk(site: Path, page: Page, words: str) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_placeholder("Search").first.fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results li").count() > 0


def test_the_notebooks_show_their_outputs(site: Path, page: Page) -> None:
    page.goto((site / "notebooks" / "positions.html").as_uri())
    assert page.locator("table.dataframe").count() == 2
    assert page.locator(".cell_output img").count() == 1
    page.goto((site / "notebooks" / "first-look.html").as_uri())
    assert "no-official-answer" in page.locator(".cell_output").nth(4).inner_text()


@pytest.mark.parametrize("name", ["index", "codebook", "api", "notebooks/positions", "formats"])
def test_nothing_is_wider_than_a_phone(site: Path, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_the_site_names_no_folder_of_the_machine(site: Path, root: Path) -> None:
    for path in site.rglob("*.html"):
        assert not re.search(re.escape(str(root)), path.read_text("utf-8")), path
