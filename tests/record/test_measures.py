"""The tree of measures, and actors by name, in Python."""

from __future__ import annotations

import pytest

import shieldtalks
from shieldtalks.record.measures import Measures
from shieldtalks.record.models import Code
from shieldtalks.record.names import members
from shieldtalks.tabular.findings import CannotRun


def term(code: str, parent: str | None = None) -> Code:
    return Code(
        code_id=f"measure:{code}",
        scheme="measure",
        code=code,
        label=code.capitalize(),
        definition="Made up.",
        parent_id=f"measure:{parent}" if parent else None,
        score=None,
        score_variant=None,
        decides=None,
        outcome=None,
        notes=None,
    )


def test_a_measure_covers_all_below_it() -> None:
    tree = Measures([term("fish"), term("quota", "fish"), term("cod-quota", "quota")])
    assert tree.covers("fish", "cod-quota")
    assert tree.covers("quota", "quota")
    assert not tree.covers("quota", "fish")
    assert list(tree.path("cod-quota")) == ["cod-quota", "quota", "fish"]
    assert tree.known(["quota"]) == ["fish", "quota"]


def test_a_cycle_ends() -> None:
    tree = Measures([term("one", "two"), term("two", "one")])
    assert list(tree.path("one")) == ["one", "two"]
    assert not tree.covers("three", "one")


def test_the_ledger_in_python_takes_a_branch_an_alias_and_dates() -> None:
    dataset = shieldtalks.load()
    found = dataset.ledger(measure="radar", actor="Moscow", made_from="2008")
    assert [entry.proposal_id for entry in found] == ["prp-0018"]
    assert dataset.ledger(measure="radar", made_to="2006") == tuple(
        entry for entry in dataset.ledger(measure="radar") if entry.date_earliest is None
    )


@pytest.mark.parametrize("given", ["act-0002", "united states", "The United States", "washington"])
def test_an_actor_by_any_name(given: str) -> None:
    assert shieldtalks.load().actor(given).actor_id == "act-0002"


def test_no_such_actor() -> None:
    with pytest.raises(CannotRun, match='there is no actor "Atlantis"'):
        shieldtalks.load().actor("Atlantis")


def test_members_of_members_belong_too() -> None:
    dataset = shieldtalks.load()
    assert "act-0024" in members(dataset.actor("Russia").actor_id, dataset.actors)
