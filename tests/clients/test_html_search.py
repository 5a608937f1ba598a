"""Search, views and folded records of the page in a browser."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shieldtalks.record.dataset import Dataset
from shieldtalks.record.rowhash import row_hash
from shieldtalks.tabular.package import read
from tests.support.pages import Cells, choose, everything, settle, shown

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]


def test_search_takes_every_word_whatever_its_case_and_accents(html: Path, visit: Visit) -> None:
    page = visit(html)
    page.fill("#search", "CZÉCH radar")
    found = shown(page)
    assert "prp-0003" in found
    assert "prp-0009" not in found
    page.fill("#search", "no such words at all")
    assert shown(page) == set()
    assert page.locator(".nothing:visible").count() == 6


def test_search_takes_singular_and_plural_for_the_same(html: Path, visit: Visit) -> None:
    page = visit(html)
    page.fill("#search", "radar")
    singular = shown(page)
    page.fill("#search", "radars")
    assert shown(page) == singular
    assert "prp-0018" in singular
    assert len(singular) < 200


def test_search_knows_other_names(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    page.fill("#search", "Washington")
    found = shown(page)
    assert {
        row["proposal_id"] for row in cells["proposals"] if row["proposer_id"] == "act-0002"
    } <= found
    page.fill("#search", "U.S.")
    dotted = shown(page)
    page.fill("#search", "us")
    assert shown(page) == dotted
    assert page.evaluate("Search.has(Search.line('Russia uses it'), ['us'])") is False


def test_search_marks_hits_and_leads_to_them(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    page.fill("#search", "serdyukov")
    settle(page)
    marked = page.evaluate(
        "[...CSS.highlights.get('hits')].map((hit) => hit.toString().toLowerCase())"
    )
    assert marked
    assert set(marked) <= {"serdyukov", "serdyukovs"}
    assert "Serdyukov" in (page.locator(".hit").first.text_content() or "")
    page.keyboard.press("Enter")
    settle(page)
    focused = page.evaluate("document.activeElement.closest('.record').id")
    assert focused == page.locator(".record:visible").first.get_attribute("id")
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert top >= page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
    page.fill("#search", "")
    settle(page)
    assert page.evaluate("CSS.highlights.has('hits')") is False


def test_nothing_found_is_said_and_can_be_cleared(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html)
    assert not page.locator("#none").is_visible()
    page.fill("#search", "zeppelin")
    assert shown(page) == set()
    assert "Nothing is found for “zeppelin”." in page.locator("#none").inner_text()
    page.locator("#none-clear").click()
    assert shown(page) == everything(cells)
    assert page.locator("#search").input_value() == ""


def test_a_view_is_cited_with_its_rows(html: Path, visit: Visit, root: Path) -> None:
    page = visit(html)
    page.fill("#search", "radar")
    choose(page, "#by-kind", "proposals")
    wanted = shown(page)
    page.evaluate("AsOf.choose('2008-11-12')")
    page.locator("#cite-view").click()
    text = page.locator("#view-text").input_value()
    assert "version 2.0.0" in text
    assert "search for “radar”; Kind: Proposals; as of 2008-11-12" in text
    rows = dict(re.findall("^([a-z]{3}-[0-9]{4}) ([0-9a-f]{64})$", text, re.M))
    assert set(rows) == wanted
    wording = next(row for row in Dataset(read(root)).proposals if row.proposal_id == "prp-0018")
    assert rows["prp-0018"] == row_hash(wording)
    page.keyboard.press("Escape")
    assert not page.locator("#view").is_visible()


def test_a_view_with_a_day_is_a_link(html: Path, visit: Visit) -> None:
    page = visit(html, "#?day=2008-07-07&known=2008-11-12&q=radar")
    assert page.locator("#as-of-words").inner_text() == "7 July 2008"
    assert page.locator("#known-by").input_value() == "2008-11-12"
    page.locator("#as-of").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    kept = urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).fragment[1:])
    assert kept == {"q": ["radar"], "day": ["2008-07-08"], "known": ["2008-11-12"]}


def test_records_are_one_line_until_they_are_opened(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    box = page.locator("#prp-0005").bounding_box()
    assert box is not None
    assert box["height"] < 60
    page.locator("#prp-0005 > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#prp-0005 dl").first.is_visible()
    page.locator("#prp-0005 .cite > summary").click()
    page.locator("#prp-0005 pre").wait_for()
    whole = page.evaluate("DATA.citation")
    assert page.locator("#prp-0005 .citation").inner_text().endswith(f"In: {whole}")
    assert "@" in page.locator("#prp-0005 pre").inner_text()


def test_a_list_is_one_stop_of_the_tab_key(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    page.locator("#as-of").focus()
    stops: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.closest('main > section')?.id ?? ''"))
        if stops[-1] == "records":
            break
    assert stops[-1] == "records", stops
    assert page.evaluate("document.activeElement.textContent") == "Proposals 22"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.record').id") == "prp-0001"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.closest('.record').id") == "prp-0022"
    page.locator("#references > summary, .fold:has(#references) > summary").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "actor-kind"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.vocabulary')") is None


def unfold(row: Locator) -> None:
    """Open the topic of a row of the positions, if it is folded."""
    topic = row.locator("xpath=ancestor::details[1]")
    if topic.get_attribute("open") is None:
        topic.locator("> summary").click()


def test_the_topics_of_the_positions_are_folded_with_their_counts(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 390, "height": 844})
    section = page.locator("#positions").bounding_box()
    assert section is not None
    assert section["height"] < 2000
    assert page.locator(".topic[open]").count() == 0
    topic = page.locator(".topic", has_text="Threat to Russia")
    words = topic.locator("> summary").inner_text()
    assert re.findall(r"Threat to Russia|7 propositions|Russia|. \d \w+", words)[-2:] == [
        "Russia",
        "✓ 7 affirmed",
    ]
    topic.locator("> summary").click()
    assert topic.locator("tbody tr:visible").count() == 7
    wide = visit(html, viewport={"width": 1280, "height": 900})
    assert wide.locator(".topic[open]").count() in range(1, wide.locator(".topic").count())


def test_a_search_opens_the_topics_that_have_it(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 390, "height": 844})
    page.fill("#search", "destabilising")
    shown(page)
    assert page.locator(".topic[open]:visible").count() == 1
    assert page.locator(".topic tbody tr:visible").count() == 1
    page.fill("#search", "")
    shown(page)
    assert page.locator(".topic[open]").count() == 0


def test_a_phone_has_the_records_folded_by_kind(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 390, "height": 844})
    assert page.locator(".fold > summary:visible").count() == 8
    assert page.locator(".record:visible").count() == 0
    page.fill("#search", "serdyukov")
    assert 0 < len(shown(page)) < 60
    page.keyboard.press("Enter")
    settle(page)
    assert page.evaluate("document.activeElement.closest('.record') !== null")
    page.fill("#search", "")
    assert shown(page) == set()
    assert (
        visit(html, "#clm-0027", viewport={"width": 390, "height": 844})
        .locator("#clm-0027")
        .is_visible()
    )


def test_each_claim_is_once_beside_those_that_contradict_it(
    html: Path, visit: Visit, root: Path
) -> None:
    page = visit(html)
    wanted = {frozenset((one.claim_id, one.other_id)) for one in Dataset(read(root)).contradictions}
    pairs, lefts = [], []
    for group in page.locator(".pairs > li").all():
        own = group.locator(".held-by-one .id").all_text_contents()
        others = group.locator("ul .id").all_text_contents()
        pairs += [frozenset(pair) for pair in product(own, others)]
        lefts += own
    assert len(pairs) == len(wanted)
    assert set(pairs) == wanted
    assert len(lefts) == len(set(lefts)) < len(pairs)


def test_a_cell_of_the_positions_opens_its_claims(html: Path, visit: Visit, cells: Cells) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    denial = next(row for row in cells["claims"] if row["factuality"] == "CT-")
    row = page.locator(f".positions tr[data-id^='{denial['proposition_id']}']")
    claim = row.locator(f"a[href='#{denial['claim_id']}']")
    assert not claim.is_visible()
    unfold(row)
    cell = row.locator("td", has=page.locator(f"a[href='#{denial['claim_id']}']"))
    assert "denied" in (cell.locator("summary").text_content() or "")
    cell.locator("summary").click()
    assert claim.text_content() == denial["text"]
    claim.click()
    page.wait_for_url(f"**#{denial['claim_id']}")
    listed = page.locator(".positions li a").evaluate_all(
        "(all) => all.map((a) => a.hash.slice(1))"
    )
    assert sorted(listed) == sorted(row["claim_id"] for row in cells["claims"])


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_search_field_stays_in_its_place_while_one_types(
    width: int, html: Path, visit: Visit
) -> None:
    page = visit(html, viewport={"width": width, "height": 900})
    field, head = page.locator("#search"), page.locator("#exchange h2")
    before = field.bounding_box(), head.bounding_box()
    page.fill("#search", "radars")
    shown(page)
    assert page.locator("#shown").is_visible()
    assert (field.bounding_box(), head.bounding_box()) == before
    page.fill("#search", "zeppelin")
    shown(page)
    assert page.locator("#none").is_visible()
    assert (field.bounding_box(), head.bounding_box()) == before


def test_a_long_citation_is_shown_from_its_beginning(html: Path, visit: Visit) -> None:
    page = visit(html)
    page.locator("#filters-open").click()
    page.locator("#cite-view").click()
    assert page.locator("#view-text").evaluate("(one) => one.scrollHeight > one.clientHeight")
    assert page.locator("#view-text").evaluate("(one) => one.scrollTop") == 0


def test_the_words_around_a_hit_are_not_glued_at_the_end_of_a_line(
    html: Path, visit: Visit
) -> None:
    page = visit(html)
    page.fill("#search", "California")
    shown(page)
    told = page.locator(".hit").all_text_contents()
    assert told
    assert not [words for words in told if re.search(r"[a-z]\.[“A-Z]", words)]
