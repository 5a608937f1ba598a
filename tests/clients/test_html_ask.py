"""SQL in the page: the saved questions, questions of a reader, and what they must not do."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shieldtalks.exports.html.sections.ask import questions
from shieldtalks.record.views import record_views
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables.database import open_database
from tests.clients.conftest import HERE, absent
from tests.clients.test_html_outside import axe
from tests.support.pages import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]


@pytest.fixture(scope="module")
def asking(exported: Callable[..., Path]) -> Path:
    """The page with sql.js in it."""
    program = HERE / "node_modules" / "sql.js" / "dist" / "sql-wasm-inline.js"
    if not program.exists():
        absent("sql.js")
    return exported("html", "ask.html", "--sql-js", str(program))


def ask(page: Page, sql: str) -> str:
    """Ask a question, and return what the page says about its answer."""
    page.fill("#ask-sql", sql)
    page.press("#ask-sql", "Control+Enter")
    said = page.locator("#ask-said", has_text=re.compile(r"rows?\.|There are more|cannot|first\."))
    said.wait_for()
    return said.inner_text()


def rows(page: Page) -> list[list[str]]:
    """The rows of the answer."""
    cells = "rows => rows.map(row => Array.from(row.cells, cell => cell.textContent))"
    found: list[list[str]] = page.eval_on_selector_all("#ask-rows tbody tr", cells)
    return found


def test_each_saved_question_has_the_answer_that_sqlite_gives(
    asking: Path, visit: Visit, root: Path
) -> None:
    database = open_database(read(root), views=record_views())
    page = visit(asking)
    saved = page.eval_on_selector_all(
        "#ask-saved option[value]:not([value=''])", "e => e.map(o => o.value)"
    )
    assert saved == [title for title, _ in questions()]
    assert len(saved) == 12
    for title, sql in questions():
        wanted = database.execute(sql).fetchall()
        assert wanted, title
        assert ask(page, sql) == ("1 row." if len(wanted) == 1 else f"{len(wanted)} rows."), title
        shown = [["" if cell is None else str(cell) for cell in row] for row in wanted]
        assert rows(page) == shown, title
    database.close()


def test_every_table_and_view_has_the_rows_that_sqlite_has(
    asking: Path, visit: Visit, root: Path
) -> None:
    database = open_database(read(root), views=record_views())
    page = visit(asking)
    names = page.locator("#ask-tables [data-table]").all_text_contents()
    assert {"claims", "references", "ledger", "positions", "contradictions"} <= set(names)
    for first in range(0, len(names), 3):  # SQLite takes only so many views in one question
        some = names[first : first + 3]
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in some)
        assert ask(page, counts) == f"{len(some)} rows."
        assert rows(page) == [[name, str(number)] for name, number in database.execute(counts)]
    database.close()


def test_a_saved_question_runs_when_it_is_chosen_and_leads_to_records(
    asking: Path, visit: Visit
) -> None:
    page = visit(asking)
    page.select_option("#ask-saved", "Who contradicts whom?")
    page.locator("#ask-rows a").first.wait_for()
    page.locator("#ask-rows a", has_text="clm-0010").first.click()
    assert page.url.endswith("#clm-0010")
    page.locator("#clm-0010[open]").wait_for()


def test_a_question_is_a_link_that_runs_only_when_the_reader_wants_it(
    asking: Path, visit: Visit
) -> None:
    sql = "SELECT count(*) AS 'number of claims' FROM claims"
    first = visit(asking)
    ask(first, sql)
    fragment = first.evaluate("location.hash")
    assert urllib.parse.unquote(fragment) == f"#ask={sql}"
    second = visit(asking, fragment)
    assert second.input_value("#ask-sql") == sql
    assert "Press Run" in second.inner_text("#ask-said")
    assert rows(second) == []
    second.click("#ask-run")
    second.locator("#ask-rows td").wait_for()
    assert rows(second) == [["54"]]


def test_a_slip_is_explained_and_the_next_question_works(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    assert 'near "SELEC": syntax error' in ask(page, "SELEC 1")
    assert "no such table: claim" in ask(page, "SELECT * FROM claim")
    assert ask(page, "") == "Write or choose a question first."
    assert ask(page, "SELECT 1 AS one") == "1 row."


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DELETE FROM claims", "attempt to write a readonly database"),
        ("SELECT 1; SELECT 2", "there is more than one statement"),
        ("-- nothing", "there is no statement"),
    ],
)
def test_a_question_only_reads(asking: Path, visit: Visit, sql: str, why: str) -> None:
    page = visit(asking)
    assert why in ask(page, sql)
    ask(page, "PRAGMA query_only = OFF")
    assert why in ask(page, sql)
    assert ask(page, "SELECT count(*) FROM claims; -- all of them") == "1 row."
    assert rows(page) == [["54"]]


def test_each_identifier_in_a_text_is_a_link(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    ask(page, "SELECT 'see clm-0010, clm-0011; not xclm-0012 or zzz-0001' AS words")
    assert page.locator("#ask-rows a").all_text_contents() == ["clm-0010", "clm-0011"]


def test_an_answer_has_at_most_500_rows(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    assert ask(page, endless) == "The first 500 rows. There are more."
    assert len(rows(page)) == 500


def test_text_of_an_answer_is_text(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    ask(page, "SELECT '<img src=x onerror=alert(1)>' AS \"<b>\"")
    assert rows(page) == [["<img src=x onerror=alert(1)>"]]


def test_the_library_runs_in_a_worker_from_the_first_question_on(
    asking: Path, visit: Visit
) -> None:
    page = visit(asking)
    assert page.workers == []
    ask(page, "SELECT 1")
    ask(page, "SELECT 2")
    assert len(page.workers) == 1
    assert page.evaluate("typeof window.initSqlJs") == "undefined"


#: A question that takes years.
ENDLESS = "SELECT count(*) FROM " + ", ".join(f"evidence AS e{number}" for number in range(9))


def test_a_long_question_blocks_nothing_and_can_be_stopped(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    ask(page, "SELECT 1")
    page.fill("#ask-sql", ENDLESS)
    page.click("#ask-run")
    assert page.inner_text("#ask-said") == "Running."
    page.fill("#search", "serdyukov")  # the page still answers
    page.locator("#shown", has_text=" of ").wait_for()
    settle(page)
    assert page.locator(".record:visible").count() < 60
    page.click("#ask-stop")
    page.locator("#ask-said", has_text="Stopped.").wait_for()
    assert page.locator("#ask-stop").is_disabled()
    assert ask(page, "SELECT count(*) FROM claims") == "1 row."
    assert rows(page) == [["54"]]


def test_a_long_question_is_stopped_by_the_next_one_and_by_the_clock(
    asking: Path, visit: Visit
) -> None:
    page = visit(asking)
    page.fill("#ask-sql", ENDLESS)
    page.press("#ask-sql", "Control+Enter")
    assert ask(page, "SELECT 5") == "1 row."
    assert rows(page) == [["5"]]
    page.evaluate("Ask.limit.seconds = .2")
    page.fill("#ask-sql", ENDLESS)
    page.press("#ask-sql", "Control+Enter")
    page.locator("#ask-said", has_text="Stopped after 0.2 seconds. Ask for less").wait_for()


def test_an_answer_is_never_too_large_for_the_page(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    ask(page, "SELECT printf('%.*c', 30000000, 'x') AS long, x'00ff' AS bytes")
    long, few = rows(page)[0]
    assert long.endswith("… (30000000 characters)")
    assert len(long) < 11_000
    assert few == "2 bytes"
    columns = ", ".join(f"{number} AS c{number}" for number in range(400))
    many = (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {columns} FROM n"
    )
    assert ask(page, many) == "The first 50 rows. There are more."


def test_a_table_asks_for_its_rows_and_a_column_goes_into_the_question(
    asking: Path, visit: Visit, root: Path
) -> None:
    page = visit(asking, viewport={"width": 1280, "height": 900})
    listed = page.locator("#ask-tables li")
    claims = listed.filter(has=page.locator("[data-table='claims']"))
    assert "54 rows. Who holds which proposition true or false" in claims.inner_text()
    view = listed.filter(has=page.locator("[data-table='contradictions']"))
    assert "The pairs of claims that contradict each other" in view.inner_text()
    page.click("#ask-tables [data-table='\"references\"']")
    page.locator("#ask-said", has_text="rows.").wait_for()
    assert 'FROM "references"\nLIMIT 50' in page.input_value("#ask-sql")
    table = read(root).resource("references")
    assert table is not None
    assert page.locator("#ask-rows th").all_text_contents() == table.field_names
    page.fill("#ask-sql", "SELECT  FROM claims")
    page.evaluate("document.getElementById('ask-sql').setSelectionRange(7, 7)")
    claims.locator("[data-column='factuality']").click()
    assert page.input_value("#ask-sql") == "SELECT factuality FROM claims"


def test_every_table_and_view_is_described(asking: Path, visit: Visit) -> None:
    page = visit(asking)
    for one in page.locator("#ask-tables li > span").all_text_contents():
        assert re.fullmatch(r" \d+ rows?\. \S.{9,160}", one), one
    assert page.locator("#ask-tables [data-column][title]").count() > 80


def test_axe_finds_no_violation_beside_an_answer(asking: Path, visit: Visit) -> None:
    page = visit(asking, viewport={"width": 390, "height": 900}, bypass_csp=True)
    ask(page, questions()[0][1])
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_the_library_the_page_says_nothing_of_sql(html: Path, visit: Visit) -> None:
    page = visit(html)
    assert page.locator("#ask, a[href='#ask']").count() == 0
    policy = page.locator("meta[http-equiv]").first.get_attribute("content") or ""
    assert "wasm" not in policy
    assert "worker-src" not in policy
