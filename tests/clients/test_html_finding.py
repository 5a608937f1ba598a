"""The finding stays in view beside the figure, its end too if it is higher than the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]

#: Scroll to each of some places: where the last words of the finding, its end, the figure and the table are.
PLACES = """async (places) => {
  const found = [];
  for (const place of places) {
    scrollTo({ top: place, behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const box = (name) => document.querySelector(`#exchange ${name}`).getBoundingClientRect();
    found.push([box(".how").bottom, box(".head").bottom, box("figure").bottom, box(".as-table").top]);
  }
  return found;
}"""


@pytest.mark.parametrize("size", [(1280, 720), (1200, 880), (768, 1024), (1920, 1080)])
def test_the_end_of_the_finding_can_be_read(
    size: tuple[int, int], html: Path, visit: Visit
) -> None:
    width, height = size
    page = visit(html, viewport={"width": width, "height": height})
    places = list(range(0, 2600, 100))
    seen: list[list[float]] = page.evaluate(PLACES, places)
    beside = [one for one in seen if one[2] > height]
    assert len(beside) >= 4
    assert sum(last <= height for last, *_ in beside) >= len(beside) // 2
    assert all(end <= table + 1 for _, end, _, table in seen)


def test_a_finding_is_beside_the_figure_without_a_program(html: Path, browser: Any) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(html.as_uri())
    head = page.locator("#exchange .head").bounding_box()
    figure = page.locator("#exchange figure").bounding_box()
    context.close()
    assert head is not None
    assert figure is not None
    assert head["x"] + head["width"] <= figure["x"]
    assert abs(head["y"] - figure["y"]) < 20
