"""The page of a record with long names, and with names that are written from right to left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main
from tests.clients.test_figures import FAULTS
from tests.support.records import (
    claim,
    event,
    made_up,
    proposal,
    proposition,
    response,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.client

Visit = Callable[..., "Page"]

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LABEL = f"A label of a proposal on the joint establishment of a commission {LONG[:40]}"


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an invented record of three parties."""
    names = [(f"The Council of the {LONG} and its Dependencies", "NOR"), (LONG, "DNK")]
    names.append(("دولة الإمارات العربية المتحدة", "ARE"))
    parties = [
        {"actor_id": f"act-{number:04}", "name": name, "kind": "state", "country": country}
        for number, (name, country) in enumerate(names, start=1)
    ]
    folder = made_up(
        tmp_path_factory.mktemp("long") / "package",
        actors=parties,
        sources=[],
        references=[],
        events=[event(number, f"2008-0{number}-05", label=LABEL) for number in range(1, 5)],
        proposals=[
            proposal(1, 1, label=LABEL),
            proposal(2, 2, label=LABEL, proposer_id="act-0001", addressee_id="act-0002"),
            proposal(3, 3, label=LONG, proposer_id="act-0003", addressee_id="act-0001"),
        ],
        responses=[response(1, 1, "decline", event_id="evt-0002")],
        propositions=[proposition(1, text=LABEL)],
        claims=[
            claim(1, 1, "CT+", text=LABEL),
            claim(2, 1, "CT-", text=f"Not: {LABEL}", claimant_id="act-0002"),
            claim(3, 1, "CT-", text="النظام لا يهدد.", claimant_id="act-0003"),
        ],
    )
    target = folder.parent / "page.html"
    arguments = ["export", "html", str(folder), "--no-validate", "-o", str(target)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return target


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_long_names_run_over_nothing(width: int, long_page: Path, visit: Visit) -> None:
    page = visit(long_page, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    drawings = page.locator("figure svg:visible")
    assert drawings.count() == 1
    assert drawings.first.evaluate(FAULTS) == []


def test_a_date_stays_behind_a_name_from_right_to_left(long_page: Path, visit: Visit) -> None:
    page = visit(long_page, viewport={"width": 1280, "height": 900})
    ends = page.locator(".pairs footer", has_text="العربية").first.evaluate(
        """(one) => {
          const words = one.childNodes[1];
          const range = new Range();
          range.setStart(words, words.data.indexOf("5"));
          range.setEnd(words, words.data.indexOf("5") + 1);
          return [one.querySelector("b").getBoundingClientRect().right, range.getBoundingClientRect().left];
        }"""
    )
    assert ends[0] <= ends[1]
