"""The search of the page finds what `shieldtalks search` finds, and marks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shieldtalks.record.dataset import Dataset
from shieldtalks.record.search import search
from shieldtalks.record.search.words import words
from shieldtalks.tabular.package import read
from tests.support.pages import Cells, everything

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]

ASKED = [
    *("radars", "declined", "offered", "missile-defense", "center", "U.S. plan", "US", "Iran's"),
    *("Lavrov’s", "third-site", "colocation", "confidence building", "joint technology", "State"),
    *("Gates Moscow", "Kremlin", "sites", "occurred", "measure", "threatening", "prp-0003"),
]

#: The records that a search leaves, for each of some searches, without the wait for the next letter.
FOUND = """(asked) => asked.map((words) => {
  document.getElementById("search").value = words;
  Filters.apply();
  return Array.from(document.querySelectorAll(".record:not([hidden])"), (one) => one.id);
})"""


def test_the_page_finds_what_the_command_finds(
    html: Path, visit: Visit, root: Path, cells: Cells
) -> None:
    dataset, on_the_page = Dataset(read(root)), everything(cells)
    for asked, found in zip(ASKED, visit(html).evaluate(FOUND, ASKED), strict=True):
        hits = {one.record_id for one in search(dataset, asked)} & on_the_page
        assert hits, asked
        assert hits <= set(found), asked


def test_words_of_two_parts_of_a_record_are_two_words(html: Path, visit: Visit) -> None:
    """The state of a proposal comes right after its name, and a value right after its field."""
    asked = ["soil declined", "soildeclined", "status occurred", "statusoccurred"]
    declined, glued, occurred, glued_too = visit(html).evaluate(FOUND, asked)
    assert "prp-0016" in declined
    assert "evt-0003" in occurred
    assert glued == glued_too == []


def test_the_page_has_the_words_of_the_command(html: Path, visit: Visit, cells: Cells) -> None:
    texts = [
        cell for rows in cells.values() for row in rows for cell in row.values() if " " in cell
    ]
    texts += [
        "Buses, glasses and a bus",
        "the U.S.-Russian talks at 5 p.m.",
        "Gates’s crisis",
        "e.g.",
    ]
    assert visit(html).evaluate("(texts) => texts.map(Search.words)", texts) == [
        words(text) for text in texts
    ]


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("center", {"center", "centre", "centres"}),
        ("us", {"US", "U.S"}),
        ("offered", {"offer", "offers", "offered"}),
        ("nesterenko’s", {"Nesterenko"}),
    ],
)
def test_each_form_of_a_word_is_marked(
    asked: str, marked: set[str], html: Path, visit: Visit
) -> None:
    page = visit(html)
    page.evaluate(FOUND, [asked])
    hits = page.evaluate("[...CSS.highlights.get('hits')].map(String)")
    assert hits
    assert {hit.casefold() for hit in hits} <= {form.casefold() for form in marked}
