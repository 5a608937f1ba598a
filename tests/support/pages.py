"""The page in a browser, as its tests see it: the records that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Cells = dict[str, list[dict[str, str]]]

#: The records that are shown, by identifier.
SHOWN = """() => Array.from(document.querySelectorAll(".record"))
  .filter((one) => one.checkVisibility()).map((one) => one.id)"""


def shown(page: Page) -> set[str]:
    page.wait_for_timeout(150)  # a search waits for the next letter
    return set(page.evaluate(SHOWN))


def everything(cells: Cells) -> set[str]:
    """The identifiers of all records of the page."""
    tables = ["proposals", "responses", "events", "propositions", "claims"]
    tables += ["sources", "actors", "references"]
    return {next(iter(row.values())) for table in tables for row in cells[table]}


def choose(page: Page, control: str, value: str) -> None:
    """Choose a value of a filter; the filters are unfolded first where they are folded."""
    if page.locator("#filters-open").get_attribute("aria-expanded") == "false":
        page.locator("#filters-open").click()
    page.select_option(control, value)
