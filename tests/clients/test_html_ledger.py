"""The ledger of the page in a browser: on each day, as it was known, on its axis of time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import Run
from tests.support.pages import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]


def table_words(page: Page) -> dict[str, str]:
    """The states that the table shows, by proposal; without those not yet put forward."""
    told = page.locator(".ledger tbody tr").evaluate_all(
        "(all) => all.map((r) => [r.dataset.id, r.querySelector('.pill').textContent])"
    )
    return {name: words for name, words in told if words != "not yet put forward"}


def words(entry: dict[str, Any]) -> str:
    said = str(entry["brief"])
    return said if entry["certain"] else f"possibly made, {said}"


def test_the_slider_shows_the_ledger_of_each_date(
    html: Path, visit: Visit, root: Path, run: Run
) -> None:
    page = visit(html)
    everything = table_words(page)
    assert everything["prp-0015"] == "no official answer, declined (anonymous)"
    slider = page.locator("#as-of")
    moments = page.evaluate("DATA.ledger.moments")
    assert len(moments) > 5
    for day, said in moments:
        page.evaluate("(day) => AsOf.choose(day)", day)
        assert page.locator("#as-of-words").inner_text() == said
        assert slider.get_attribute("aria-valuetext") == said
        asked = run("ledger", root, "--as-of", day, "--format", "json", code=0)
        entries = json.loads(asked.stdout)["proposals"]
        assert table_words(page) == {row["proposal_id"]: words(row) for row in entries}, day
    slider.focus()
    page.keyboard.press("End")
    assert table_words(page) == everything


def test_the_slider_reaches_every_day(html: Path, visit: Visit) -> None:
    page = visit(html)
    page.evaluate("AsOf.choose('2008-07-07')")
    page.locator("#as-of").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#as-of-words").inner_text() == "8 July 2008"
    assert page.locator("#as-of-day").input_value() == "2008-07-08"
    page.fill("#as-of-day", "2008-08-19")
    page.press("#as-of-day", "Enter")
    assert page.locator("#as-of-words").inner_text() == "19 August 2008"


@pytest.mark.parametrize("known", ["2007-04-24", "2008-11-12"])
@pytest.mark.parametrize("day", ["", "2008-11-12"])
def test_the_ledger_as_it_was_known(
    known: str, day: str, html: Path, visit: Visit, root: Path, run: Run
) -> None:
    page = visit(html)
    page.select_option("#known-by", known)
    page.evaluate("(day) => AsOf.choose(day)", day)
    asked = run(
        "ledger",
        root,
        *(("--as-of", day) if day else ()),
        "--known-by",
        known,
        "--format",
        "json",
        code=0,
    )
    told = table_words(page)
    entries = json.loads(asked.stdout)["proposals"]
    assert {name: said for name, said in told.items() if said != "not reported by then"} == {
        row["proposal_id"]: words(row) for row in entries
    }


def test_the_line_of_the_date_is_under_the_thumb_and_over_the_axis(
    html: Path, visit: Visit
) -> None:
    page = visit(html, viewport={"width": 1280, "height": 900})
    first, days = page.evaluate("[DATA.ledger.first, DATA.ledger.days]")
    axis = page.locator(".ledger .axis").bounding_box()
    assert axis is not None
    for day in ("2007-06-01", "2008-08-20"):
        page.evaluate("(day) => AsOf.choose(day)", day)
        line = page.locator(".now-line").bounding_box()
        assert line is not None
        share = (date.fromisoformat(day) - date.fromisoformat(first)).days / days
        assert line["x"] + 1 == pytest.approx(axis["x"] + share * axis["width"], abs=1.5)
        bar = page.locator("#as-of").bounding_box()
        assert bar is not None
        thumb = bar["x"] + 10 + share * (bar["width"] - 20)
        assert thumb == pytest.approx(line["x"] + 1, abs=3)


@pytest.mark.parametrize("width", [390, 700, 1280, 1600])
def test_no_state_of_the_ledger_is_cut_off(width: int, html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": width, "height": 900})
    page.locator(".ledger").scroll_into_view_if_needed()
    settle(page)
    cut = page.locator(".ledger .pill, .ledger .by, .ledger th a").evaluate_all(
        """(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth
          || one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent)"""
    )
    assert cut == []
    words = page.locator(".bars text:visible").evaluate_all(
        """(all) => all.filter((one) => one.getBoundingClientRect().right >
          one.ownerSVGElement.getBoundingClientRect().right).map((one) => one.textContent)"""
    )
    assert words == []


@pytest.mark.parametrize("width", [390, 700, 1280])
def test_the_axis_is_as_wide_as_the_bars(width: int, html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": width, "height": 900})
    axis = page.locator(".ledger .axis").bounding_box()
    bars = page.locator(".ledger .bars").first.bounding_box()
    assert axis
    assert bars
    assert (axis["x"], axis["width"]) == pytest.approx((bars["x"], bars["width"]), abs=1)


def test_the_axis_and_the_slider_stay_in_view_over_the_rows(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 1280, "height": 800})
    page.evaluate("AsOf.choose('2008-08-20')")
    page.locator(".ledger tr[data-id='prp-0022']").evaluate(
        "(one) => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    bar, slider, axis = (
        page.locator(name).bounding_box() for name in (".bar", "#as-of", ".ledger .axis")
    )
    assert bar is not None
    assert slider is not None
    assert axis is not None
    assert bar["y"] + bar["height"] <= slider["y"] < axis["y"] < 250
    # The line of the day goes through the axis, wherever the page was when the day was chosen.
    page.evaluate("AsOf.choose('2008-08-21'); scrollTo({ top: 0, behavior: 'instant' })")
    page.locator(".ledger .axis").scroll_into_view_if_needed()
    line, axis = (
        page.locator(".now-line").bounding_box(),
        page.locator(".ledger .axis").bounding_box(),
    )
    assert line is not None
    assert axis is not None
    assert line["y"] == pytest.approx(axis["y"], abs=12)


def test_the_axis_of_a_phone_has_its_words(html: Path, visit: Visit) -> None:
    page = visit(html, viewport={"width": 390, "height": 844})
    boxes = page.locator(".ledger .axis text").evaluate_all(
        """(all) => all.map((one) => one.getBoundingClientRect())
          .map((box) => [box.left, box.right, box.height])"""
    )
    assert len(boxes) >= 3
    assert all(height >= 11 for *_, height in boxes)
    assert all(right <= left for (_, right, _), (left, *_) in pairwise(boxes))
    assert boxes[-1][1] <= 390


def test_no_line_goes_through_the_mark_of_an_answer(html: Path, visit: Visit) -> None:
    page = visit(html)
    row = page.locator(".ledger tr[data-id='prp-0001'] .bars")
    assert row.locator("> *").last.get_attribute("stroke-dasharray") is None, "the sign of the mark"
    kinds = row.locator("> path").evaluate_all("(all) => all.map((one) => one.getAttribute('d'))")
    assert next(n for n, path in enumerate(kinds) if " a8 8 " in path) == len(kinds) - 2
