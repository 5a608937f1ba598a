"""The page of `validate --format html` in a browser: access, the filter, a phone, hostile text."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.test_html_outside import WIDTHS, axe, checked
from tests.support import Run
from tests.support.pages import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

HOSTILE = "</td></table><script>document.title = 'gone'</script><img src=x onerror=alert(1)>"

RIVERS = {
    "fields": [
        {"name": "river", "type": "string", "constraints": {"unique": True}},
        {"name": "length", "type": "integer"},
        {"name": "a_long_name_of_a_column_that_nobody_reads", "type": "string"},
    ]
}


@pytest.fixture
def report(tmp_path: Path, run: Run) -> Path:
    """The page on two tables with faults of several rules, hostile text among them."""
    text = f'river,length,{RIVERS["fields"][2]["name"]}\nTella,1,x\nTella,"{HOSTILE}",y\nOstra\n'
    (tmp_path / "rivers.csv").write_text(text, "utf-8")
    (tmp_path / "lakes.csv").write_text(text.replace("Ostra", "Ostra,2,z,extra"), "utf-8")
    resources = [{"name": n, "path": f"{n}.csv", "schema": RIVERS} for n in ("rivers", "lakes")]
    descriptor = {"name": "waters", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    run("validate", tmp_path, "--format", "html", "-o", tmp_path / "page.html", code=1)
    return tmp_path / "page.html"


def shown(page: Page) -> list[str]:
    return [text.partition(". ")[0] for text in page.locator("h4:visible").all_inner_texts()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation(
    width: str, scheme: str, report: Path, visit: Callable[..., Page]
) -> None:
    page = visit(report, viewport=WIDTHS[width], color_scheme=scheme, bypass_csp=True)
    assert axe(page) == []


def test_the_html_checker_finds_no_error(report: Path) -> None:
    assert checked(report) == []


def test_the_filter_works_without_a_program(report: Path, visit: Callable[..., Page]) -> None:
    page = visit(report, java_script_enabled=False)
    everything = shown(page)
    assert len(everything) == 6
    page.get_by_role("radio", name="lakes").check()
    assert len(shown(page)) == 3
    page.get_by_role("radio", name="type").check()
    assert shown(page) == ["A cell does not have the type or format of its field"]
    page.get_by_role("radio", name="all").first.check()
    page.get_by_role("radio", name="all").last.check()
    assert shown(page) == everything


def test_a_narrow_page_is_not_wider_than_its_window(
    report: Path, visit: Callable[..., Page]
) -> None:
    page = visit(report, viewport=WIDTHS["narrow"])
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["narrow"]["width"]


def test_hostile_text_does_nothing(report: Path, visit: Callable[..., Page]) -> None:
    page = visit(report)
    settle(page)
    assert page.title() == "Check of waters"
    assert HOSTILE in page.locator("td.bad").all_inner_texts()
    assert page.locator("img, script").count() == 0


def test_a_print_has_all_findings_and_no_filter(report: Path, visit: Callable[..., Page]) -> None:
    page = visit(report)
    page.emulate_media(media="print")
    assert page.locator("form").is_hidden()
    assert len(shown(page)) == 6
