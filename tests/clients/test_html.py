"""The page in a browser: search, filters, the ledger at a date, links, print, phone, hostile records."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shieldtalks.record.models import RECORDS
from shieldtalks.record.schemas import extras
from tests.support import Run
from tests.support.pages import Cells, choose, everything, settle, shown
from tests.support.tables import read_table, write_table

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]

CONTROLS = ":is(#filters input, #filters select, #filters button, #as-of):visible"
NARROW = {"width": 320, "height": 640}


def ids(rows: list[dict[str, str]], key: str, **wanted: str) -> set[str]:
    return {row[key] for row in rows if all(row[name] == value for name, value in wanted.items())}


# Search and filters


def test_all_records_are_shown_at_first(html: Path, visit: Visit, cells: Cells) -> None:
    assert shown(visit(html)) == everything(cells)


def test_filter_by_kind(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-kind", "responses")
    assert shown(page) == ids(cells["responses"], "response_id")
    assert page.locator("#shown").inner_text() == f"8 of {len(everything(cells))} records"


def test_filter_by_source(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-source", "src-0001")
    choose(page, "#by-kind", "claims")
    assert shown(page) == ids(cells["evidence"], "claim_id", source_id="src-0001") - {""}


def test_filter_by_measure(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-measure", "radar-in-russia")
    choose(page, "#by-kind", "proposals")
    wanted = ids(cells["proposals"], "proposal_id", measure="radar-in-russia")
    assert shown(page) == wanted | {"prp-0017"}, "and the package that has it for a part"


def test_filter_by_a_branch_of_measures(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-measure", "radar")
    choose(page, "#by-kind", "proposals")
    measures = ids(cells["codes"], "code", parent_id="measure:radar")
    wanted = {row["proposal_id"] for row in cells["proposals"] if row["measure"] in measures}
    packages = {row["part_of_id"] for row in cells["proposals"] if row["proposal_id"] in wanted}
    assert shown(page) == wanted | packages - {""}


def test_filter_by_actor(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-actor", "act-0023")
    choose(page, "#by-kind", "claims")
    named = [row for row in cells["claims"] if "act-0023" in row.values()]
    assert shown(page) == {row["claim_id"] for row in named}


def test_a_filter_holds_in_every_part_of_the_page(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    choose(page, "#by-source", "src-0003")
    wanted = ids(cells["evidence"], "proposal_id", source_id="src-0003") - {""}
    rows = page.locator(".ledger tbody tr:visible").evaluate_all(
        "(all) => all.map((r) => r.dataset.id)"
    )
    assert set(rows) == wanted
    clear = page.locator(".drawing.wide .move:not(.dim)").evaluate_all(
        "(all) => all.flatMap((r) => r.dataset.id.split(' '))"
    )
    assert {name for name in clear if name.startswith("prp")} == wanted
    assert page.locator(".drawing.wide .move.dim").count() > 5
    ends = page.locator(".drawing.wide .tie").evaluate_all(
        "(all) => all.map((r) => [r.dataset.of.split(' '), r.classList.contains('dim')])"
    )
    first = page.locator(".drawing.wide .move:not(.dim)").evaluate_all(
        "(all) => all.map((r) => r.dataset.id.split(' ')[0])"
    )
    assert {faint for _, faint in ends} == {True, False}
    assert all(faint == (not set(ids) <= set(first)) for ids, faint in ends)
    dates = page.locator(".drawing.wide .date").evaluate_all(
        "(all) => all.map((r) => [r.dataset.of.split(' '), r.classList.contains('dim')])"
    )
    assert {faint for _, faint in dates} == {True, False}
    assert all(faint == (not set(ids) & set(first)) for ids, faint in dates)
    claims = ids(cells["evidence"], "claim_id", source_id="src-0003")
    pairs = page.locator(".pairs li:visible").evaluate_all("(all) => all.map((r) => r.dataset.id)")
    assert pairs
    assert all(set(pair.split()) & claims for pair in pairs)


def test_filters_by_keyboard_alone(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search":
            break
    page.keyboard.type("serdyukov")
    narrowed = shown(page)
    assert 0 < len(narrowed) < 60
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # unfolds the filters
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.type("Cl")  # chooses "Claims" in the list of kinds
    assert shown(page) == {name for name in narrowed if name.startswith("clm")}
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == everything(cells)


def test_filters_stay_in_the_address(html: Path, visit: Visit) -> None:
    page = visit(html)
    choose(page, "#by-actor", "act-0016")
    page.fill("#search", "radar & co?")
    page.fill("#search", "radar")
    kept = shown(page)
    address = urllib.parse.urlsplit(page.url)
    assert urllib.parse.parse_qs(address.fragment[1:]) == {"actor": ["act-0016"], "q": ["radar"]}
    assert shown(visit(html, f"#{address.fragment}")) == kept


def test_the_filters_are_folded_until_they_are_needed(html: Path, visit: Visit) -> None:
    page = visit(html)
    opener = page.locator("#filters-open")
    assert not page.locator("#by-kind").is_visible()
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    page.select_option("#by-kind", "claims")
    opener.click()
    assert not page.locator("#by-kind").is_visible()
    assert opener.inner_text() == "Filters (1)"
    assert page.locator("#shown").is_visible()
    assert visit(html, "#?kind=claims").locator("#by-kind").is_visible(), "a link with a filter"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (1600, 1000)])
def test_several_moves_are_on_the_first_screen_of_a_laptop(
    size: tuple[int, int], html: Path, visit: Visit
) -> None:
    page = visit(html, viewport={"width": size[0], "height": size[1]})
    bottoms = page.locator(".drawing.wide .move").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().bottom)"
    )
    assert sum(bottom <= size[1] for bottom in bottoms) >= 8


@pytest.mark.parametrize("width", [768, 1440])
def test_the_finding_never_lies_on_the_table_of_the_exchange(
    width: int, html: Path, visit: Visit
) -> None:
    page = visit(html, viewport={"width": width, "height": 900})
    page.locator("#exchange .as-table > summary").click()
    covered = page.evaluate(
        """() => {
          const table = document.querySelector("#exchange .as-table");
          const rows = Array.from(table.querySelectorAll("tbody tr"));
          return rows.filter((row) => {
            row.scrollIntoView({ block: "center", behavior: "instant" });
            const box = row.getBoundingClientRect();
            return !table.contains(document.elementFromPoint(box.left + 5, box.top + 8));
          }).length;
        }"""
    )
    assert covered == 0


# Links


def test_the_link_of_a_record_shows_it(html: Path, visit: Visit) -> None:
    page = visit(html, "#prp-0016", viewport={"width": 1280, "height": 900})
    box = page.locator("#prp-0016").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert bar["y"] + bar["height"] <= box["y"] < 700
    assert page.evaluate("document.querySelector(':target').id") == "prp-0016"


@pytest.mark.parametrize("record", ["prp-0015", "evt-0014", "act-0001"])
@pytest.mark.parametrize("width", [380, 800, 1280])
def test_a_link_leads_to_the_very_record_though_those_before_it_were_not_laid_out(
    width: int, record: str, html: Path, visit: Visit
) -> None:
    page = visit(html, f"#{record}", viewport={"width": width, "height": 900})
    settle(page)
    page.wait_for_function(
        """(id) => {
          const bar = Math.max(document.querySelector(".bar").getBoundingClientRect().bottom, 0);
          const { top } = document.getElementById(id).getBoundingClientRect();
          return bar <= top && top <= bar + 40;
        }""",
        arg=record,
    )


def test_a_link_to_evidence_opens_what_hides_it(html: Path, visit: Visit) -> None:
    page = visit(html, "#evd-0092")
    assert page.locator("#evd-0092").is_visible()


def test_a_link_to_a_record_that_a_filter_hides_shows_it(html: Path, visit: Visit) -> None:
    page = visit(html)
    choose(page, "#by-kind", "claims")
    assert "prp-0016" not in shown(page)
    page.evaluate("location.hash = '#prp-0016'")
    assert "prp-0016" in shown(page)
    assert page.locator("#by-kind").input_value() == ""


@pytest.mark.parametrize(
    "fragment", ["#no-such-thing", "#%", "#%E0%A4%A", "#?kind=none&actor=act-9999"]
)
def test_a_link_that_leads_nowhere_does_no_harm(
    fragment: str, html: Path, visit: Visit, cells: Cells
) -> None:
    assert shown(visit(html, fragment)) == everything(cells)


@pytest.mark.parametrize("record", ["rsp-0004", "prp-0005"])
def test_an_arrow_or_a_part_of_the_exchange_leads_to_its_record(
    record: str, html: Path, visit: Visit
) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    centre = page.locator(f".drawing.wide a[href='#{record}']").evaluate(
        """(one) => { one.scrollIntoView({ block: "center", behavior: "instant" });
          const box = one.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2]; }"""
    )
    page.mouse.click(*centre)
    page.wait_for_url(f"**#{record}")


# Without JavaScript, on a phone, on paper, as files


def test_all_is_readable_without_javascript(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html, java_script_enabled=False)
    for name in ("#prp-0016", "#clm-0027", ".drawing.wide a[href='#rsp-0004']", ".pairs li"):
        assert page.locator(name).first.is_visible(), name
    for name in ("#filters", ".slider", "#drop"):
        assert not page.locator(name).is_visible(), name
    pill = page.locator(".ledger tr[data-id='prp-0015'] .pill")
    assert pill.is_visible()
    assert pill.text_content() == "no official answer, declined (anonymous)"
    assert not page.locator("#prp-0016 dl").is_visible()
    page.locator("#prp-0016 > summary").click()
    assert page.locator("#prp-0016 dl").first.is_visible()
    page.locator("#prp-0016 summary", has_text="Evidence").click()
    assert page.locator("#evd-0092").is_visible()
    body = page.locator("body").text_content() or ""
    assert all(row["text"] in body for row in cells["claims"])


@pytest.mark.parametrize("script", [True, False])
def test_nothing_runs_over_the_edge_of_a_phone(script: bool, html: Path, visit: Visit) -> None:
    page = visit(html, viewport=NARROW, java_script_enabled=script)
    if script:
        page.locator("#records .fold > summary").first.click()
    for summary in page.locator("#records .record summary").all()[:8]:
        summary.click()
    shot = page.screenshot(full_page=True)
    assert int.from_bytes(shot[16:20], "big") == 320, "the page is as wide as the screen"


def test_controls_of_a_phone_are_large_enough_for_a_finger(html: Path, visit: Visit) -> None:
    page = visit(html, viewport=NARROW)
    for control in page.locator(CONTROLS).all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] + box["width"] <= 320


def test_print_has_the_story_and_a_list_of_the_records_on_few_pages(
    html: Path, visit: Visit
) -> None:
    page = visit(html)
    page.emulate_media(media="print")
    for name in (
        ".finding",
        ".drawing.paper svg",
        ".ledger",
        ".positions",
        ".pairs",
        "#prp-0016 h4",
    ):
        assert page.locator(name).first.is_visible(), name
    for name in ("#filters", ".slider", "#drop", "nav", "#prp-0016 dl", ".as-table", ".how"):
        assert not page.locator(name).first.is_visible(), name
    heads = page.locator(".topic thead").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert min(heads) > 10, "each page of the positions names its columns"
    printed = page.pdf(format="A4", print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 5 < pages <= 25


def test_the_slider_is_seen_in_the_colours_of_the_reader(html: Path, visit: Visit) -> None:
    page = visit(html, forced_colors="active", viewport={"width": 1280, "height": 900})
    page.evaluate("AsOf.choose('2008-08-20')")
    page.locator("#as-of").scroll_into_view_if_needed()
    colours = page.evaluate(
        """() => { const look = (one) => getComputedStyle(one);
          return [look(document.querySelector(".now-line")).backgroundColor,
            look(document.querySelector("#as-of")).forcedColorAdjust,
            look(document.body).backgroundColor]; }"""
    )
    assert colours[1] == "none"
    assert colours[0] != colours[2]


def test_downloads_are_saved_without_a_network(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    with page.expect_download() as waiting:
        page.locator("a[download$='.json.gz']").click()
    assert waiting.value.suggested_filename == "shieldtalks.json"
    saved = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert {name: len(rows) for name, rows in saved["tables"].items()} == {
        name: len(rows) for name, rows in cells.items()
    }


def test_the_page_is_no_larger_than_a_megabyte(html: Path) -> None:
    assert html.stat().st_size <= 1_000_000


# A hostile record

HOSTILE = "\"><img src=x onerror=alert(1)></script><script>document.title=1</script>'&lt;"
ADDRESS = 'https://host.example/"><img/src=x/onerror=alert(1)>'


def free(record: type[Any]) -> list[str]:
    """The fields of a table that may hold any words."""
    return [
        name
        for name, info in record.model_fields.items()
        if "str" in str(info.annotation)
        and not {"vocabulary", "references", "edtf"} & set(extras(info))
        and not any(hasattr(rule, "pattern") and rule.pattern for rule in info.metadata)
        and name not in ("scheme", "code")
    ]


@pytest.fixture
def hostile(package: Path) -> Path:
    """The package with such words in every field that may hold any, its descriptor included."""
    for record in RECORDS:
        file = package / "data" / f"{record.table.name}.csv"
        rows = read_table(file)
        for row in rows:
            for name in free(record):
                row[name] = HOSTILE
            if "url" in row:
                row["url"] = ADDRESS
        if rows:
            write_table(file, rows)
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    for name in ("title", "description", "bibliographicCitation"):
        descriptor[name] = HOSTILE
    descriptor["licenses"] = [{"name": HOSTILE, "title": HOSTILE, "path": "javascript:alert(1)"}]
    descriptor["contributors"][0]["title"] = HOSTILE
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return package


def test_text_of_a_hostile_record_stays_text(
    hostile: Path, html: Path, visit: Visit, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / "hostile.html"
    run("export", "html", hostile, "--no-validate", "-o", target, code=0)
    counts = (
        "() => ['script', 'img', 'b', 'style'].map((n) => document.getElementsByTagName(n).length)"
    )
    page, fair = visit(target), visit(html)
    page.fill("#search", "onerror")
    choose(page, "#by-kind", "claims")
    assert len(shown(page)) == 54
    assert page.title() == HOSTILE
    scripts, images, bold, styles = page.evaluate(counts)
    assert (scripts, images, styles) == tuple(fair.evaluate(counts)[place] for place in (0, 1, 3))
    assert bold == fair.evaluate(counts)[2]
    assert page.locator("a[href^='javascript'], [onerror], [onclick]").count() == 0
    assert str(page.locator("#clm-0001 h4").text_content()).endswith(HOSTILE)
    assert page.locator("#sources").count() == 1
