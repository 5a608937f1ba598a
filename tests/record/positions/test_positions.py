"""The positions: what each party holds, how it changed, and on which date it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import shieldtalks
from shieldtalks.record.positions.entries import Position, positions
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from tests.support.records import claim, event, made_up, proposition


def on(day: str, latest: str | None = None) -> dict[str, str]:
    """The date of a claim: a day, or no known start and a last day."""
    edtf = day if latest is None else f"../{latest}"
    return {"date_edtf": edtf, "date_earliest": day, "date_latest": latest or day}


def made(tmp_path: Path, *claims: dict[str, Any], **tables: list[dict[str, Any]]) -> Path:
    rows = {"propositions": [proposition(1)], "claims": list(claims)} | tables
    return made_up(tmp_path / "made-up", **rows)


def only(folder: Path, **dates: str) -> Position:
    """The only position of a package."""
    ((position,),) = [entry.positions for entry in positions(read(folder), **dates)]
    return position


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("grades", "changes", "words"),
    [
        (["CT+"], ["first"], "certainly true"),
        (["CT-", "CT-"], ["first", "same"], "certainly false (unchanged)"),
        (
            ["PS+", "PR+", "CT+"],
            ["first", "firmer", "firmer"],
            "possibly true, then probably true, then certainly true",
        ),
        (["CT+", "PS+"], ["first", "weaker"], "certainly true, then possibly true"),
        (["CT+", "CT-"], ["first", "turned"], "certainly true, then certainly false"),
        (["CTu", "PR-"], ["first", "turned"], "open, then probably false"),
        (["Uu", "Uu"], ["first", "same"], "open (unchanged)"),
    ],
)
def test_what_changes(grades: list[str], changes: list[str], words: str, tmp_path: Path) -> None:
    claims = [claim(n, 1, grade, **on(f"2008-0{n}-01")) for n, grade in enumerate(grades, 1)]
    position = only(made(tmp_path, *reversed(claims)))
    assert [step.change for step in position.steps] == changes
    assert position.words == words
    assert position.changed is bool({*changes} - {"first", "same"})


def test_a_claim_counts_from_its_first_possible_day(tmp_path: Path) -> None:
    folder = made(
        tmp_path, claim(1, 1, "PS+", **on("2008-03-01")), claim(2, 1, "CT+", **on("", "2009-06-11"))
    )
    assert [step.certain for step in only(folder, as_of="2008-02").steps] == [False]
    assert [step.certain for step in only(folder, as_of="2008-03").steps] == [True, False]
    assert [step.certain for step in only(folder, as_of="2009-06-11").steps] == [True, True]


def test_a_claim_has_the_date_of_its_event(tmp_path: Path) -> None:
    said = claim(
        1, 1, "CT+", **dict.fromkeys(on(""), ""), date_basis="", said_in_event_id="evt-0001"
    )
    folder = made(tmp_path, said, events=[event(1, "2008-01-10")])
    assert positions(read(folder), as_of="2008-01-09") == ()
    (step,) = only(folder, as_of="2008-01-10").steps
    assert (step.date_edtf, step.said_in) == ("2008-01-10", "Event 1")


def test_only_what_had_been_published_counts() -> None:
    entries = shieldtalks.load().positions(known_by="2007-12")
    found = {step.claim_id for entry in entries for one in entry.positions for step in one.steps}
    assert "clm-0011" in found
    assert "clm-0036" not in found


def test_the_fear_of_2007_is_not_the_certainty_of_2009() -> None:
    entries = {entry.proposition_id: entry for entry in shieldtalks.load().positions()}
    (fear,) = entries["pos-0002"].positions
    assert (fear.party, fear.words) == ("Russia", "possibly true")
    (position,) = entries["pos-0048"].positions
    assert (position.party, position.words) == ("Russia", "certainly true")
    last = position.steps[-1]
    assert last.voiced_by == "Andrei Nesterenko"
    assert {other.claimant for other in last.contradicted_by} == {"United States"}
    (span,) = last.evidence
    assert span.speakers == ("Andrei Nesterenko", "RIA Novosti", "DefenceTalk")


def test_a_contradiction_counts_only_with_its_claim() -> None:
    (entry, *_) = shieldtalks.load().positions(known_by="2008-12")
    (russia, _) = entry.positions
    assert [other.claim_id for other in russia.steps[0].contradicted_by] == ["clm-0027"]
    assert len(russia.steps) == 1


def test_another_kind_of_package_has_no_positions(root: Path) -> None:
    with pytest.raises(CannotRun, match="not a record of claims"):
        positions(read(root / "tests" / "examples" / "good" / "foreign-key"))
