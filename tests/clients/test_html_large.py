"""The page of a large record: it is filtered and asked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main
from tests.clients.conftest import HERE, absent
from tests.support.pages import Cells, choose, settle, shown
from tests.support.records import (
    shipped,
)
from tests.support.tables import write_table

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]

SQL_JS = HERE / "node_modules" / "sql.js" / "dist" / "sql-wasm-inline.js"

#: How often the tables of the record are repeated, under other identifiers.
TIMES = 20
GROWING = ("proposals", "responses", "events", "propositions", "claims", "evidence", "participants")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, cells: Cells) -> Path:
    """A record of this kind with more than 2,000 records."""
    folder = shipped(tmp_path_factory.mktemp("large") / "package")
    ids = [next(iter(row.values())) for table in GROWING for row in cells[table]]
    counts: dict[str, int] = {}  # the greatest number of each kind, so that no identifier repeats
    for name in ids:
        counts[name[:3]] = max(int(name[4:]), counts.get(name[:3], 0))
    for table in (*GROWING, "attributions", "relations"):
        grown = []
        for times in range(TIMES):
            for row in cells[table]:
                grown.append({name: moved(cell, times, counts) for name, cell in row.items()})
        write_table(folder / "data" / f"{table}.csv", grown)
    return folder


def moved(cell: str, times: int, counts: dict[str, int]) -> str:
    match = re.fullmatch(r"(prp|rsp|evt|pos|clm|evd)-([0-9]{4})", cell)
    if match is None:
        return cell
    return f"{match[1]}-{int(match[2]) + times * counts[match[1]]:04}"


@pytest.fixture(scope="module")
def large_page(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page, which can be asked in SQL where sql.js is installed."""
    target = tmp_path_factory.mktemp("large") / "large.html"
    given = ["--sql-js", str(SQL_JS)] if SQL_JS.exists() else []
    arguments = ["export", "html", str(large), "--no-validate", "-o", str(target), *given]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return target


def layouts(page: Page) -> Callable[[], float]:
    """A counter of how often the browser has laid out the page."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def count() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in found if one["name"] == "LayoutCount")

    return count


def test_two_thousand_records_are_filtered_in_few_layouts(large_page: Path, visit: Visit) -> None:
    """What makes a page slow is a layout for each record. Seconds are not counted: machines differ."""
    page = visit(large_page)
    assert page.evaluate("Object.keys(DATA.facets).length") > 2000
    settle(page)
    count = layouts(page)
    took = {}
    for name, value in (("#by-kind", "claims"), ("#by-source", "src-0002"), ("#by-kind", "")):
        before = count()
        choose(page, name, value)
        settle(page)
        took[f"{name} {value}"] = count() - before
    for query in ("r", "ra", "radar", ""):
        before = count()
        page.fill("#search", query)
        settle(page)
        took[f"search {query}"] = count() - before
    print(took)
    assert max(took.values()) < 50, took


#: Ask, and count how often the page does something else until the answer is there.
ASK_AND_LIVE = """() => new Promise((done) => {
  const said = document.getElementById("ask-said");
  let lives = 0;
  const timer = setInterval(() => { lives += 1; });
  new MutationObserver(() => {
    if (!said.textContent.includes("row")) return;
    clearInterval(timer);
    done(lives);
  }).observe(said, { childList: true, characterData: true, subtree: true });
  document.getElementById("ask-run").click();
})"""


def test_a_large_page_is_asked_and_stays_responsive(large_page: Path, visit: Visit) -> None:
    if not SQL_JS.exists():
        absent("sql.js")
    page = visit(large_page)
    page.evaluate("Ask.limit.seconds = 300")
    page.fill("#ask-sql", "SELECT count(*) FROM claims JOIN propositions USING (proposition_id)")
    assert page.evaluate(ASK_AND_LIVE) > 0, "the page lived on while the database opened"
    assert len(page.workers) == 1, "what takes long is not done by the page"
    assert page.locator("#ask-rows td").inner_text() == str(54 * TIMES)
    page.fill("#ask-sql", "SELECT * FROM claims_with_speakers")
    page.press("#ask-sql", "Control+Enter")
    page.locator("#ask-said", has_text="The first 500 rows").wait_for(timeout=120_000)
    choose(page, "#by-kind", "claims")
    assert len(shown(page)) == 54 * TIMES
