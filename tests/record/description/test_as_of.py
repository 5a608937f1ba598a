"""A record as it was on a date: its state, its answers, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

import shieldtalks
from shieldtalks.record.description import Description, describe
from shieldtalks.tabular.findings import CannotRun
from tests.support import Run

DATASET = shieldtalks.load()


def facts(described: Description, label: str) -> list[str]:
    """The facts with this label."""
    return [line.text for line in described.lines if line.label == label]


@pytest.mark.parametrize(
    ("day", "state", "answers"),
    [
        ("2007-06-30", "no official answer", 0),
        ("2008-07-08", "accepted by the Czech Republic (8 Jul 2008)", 1),
    ],
)
def test_a_proposal_has_the_state_and_the_answers_of_the_day(
    day: str, state: str, answers: int
) -> None:
    described = describe(DATASET, "prp-0003", day)
    assert len(facts(described, "answer")) == answers
    (entry,) = [e for e in DATASET.ledger(day) if e.proposal_id == "prp-0003"]
    assert facts(described, "state") == [entry.words]
    assert entry.words.startswith(state)


def test_an_answer_that_is_not_certain_by_then_says_so() -> None:
    answers = facts(describe(DATASET, "prp-0001", "2007-06-30"), "answer")
    assert answers[0].startswith("Russia: oppose")
    assert answers[1].startswith("Russia: possibly oppose")


def test_what_is_later_is_left_out_of_an_actor() -> None:
    now = describe(DATASET, "act-0001")
    then = describe(DATASET, "act-0001", "2007-12-31")
    for label in ("claimed", "answered", "took part"):
        assert set(facts(then, label)) < set(facts(now, label)), label
    assert then.lines[0].text.startswith("31 December 2007")
    assert "as of" not in {line.label for line in now.lines}


def test_a_plan_counts_from_its_announcement() -> None:
    planned = next(e for e in DATASET.events if e.status == "planned" and e.announced_in_id)
    announced = DATASET[planned.announced_in_id or ""]
    day = getattr(announced, "date_latest").isoformat()  # noqa: B009
    assert describe(DATASET, planned.event_id, day).record_id == planned.event_id


def test_a_record_that_is_later_is_refused() -> None:
    with pytest.raises(CannotRun, match="prp-0016 is later than 2008-12-31") as caught:
        describe(DATASET, "prp-0016", "2008-12-31")
    assert caught.value.hint == "It is dated 2009-06-09 at the earliest."


def test_the_command(root: Path, run: Run) -> None:
    result = run("show", "prp-0003", "--as-of", "2008-06", "--package", root, code=0)
    assert "as of         30 June 2008: what was done or said later is left out" in result.stdout
    assert "no official answer" in result.stdout
    bad = run("show", "prp-0003", "--as-of", "someday", "--package", root, code=2)
    assert '"someday" is not a date' in bad.stderr
