"""The page in a browser, as its tests see it: the records that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Cells = dict[str, list[dict[str, str]]]

#: The records that are shown, by identifier.
SHOWN = """() => Array.from(document.querySelectorAll(".record"))
  .filter((one) => one.checkVisibility()).map((one) => one.id)"""


#: What the page has put off for less than a fifth of a second is done, and drawn: its timers end in
#: their order, also on a busy machine, where a wait outside the page could end before them.
SETTLED = """() => new Promise((done) => setTimeout(
  () => requestAnimationFrame(() => requestAnimationFrame(done)), 200))"""


def settle(page: Page) -> None:
    """Wait until the page has done what it put off: a search waits for the next letter."""
    page.evaluate(SETTLED)


def shown(page: Page) -> set[str]:
    settle(page)
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
