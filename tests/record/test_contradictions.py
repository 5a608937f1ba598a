"""Contradictions: which claims contradict each other, in the record and in made-up ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shieldtalks
from shieldtalks.record.contradictions import Contradiction, contradictions, contradictions_in
from shieldtalks.record.sheet.tables import Tables
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from tests.support.records import claim, made_up, proposition, relation

DATASET = shieldtalks.load()


def pairs(folder: Path) -> set[tuple[str, str, str]]:
    found = contradictions(read(folder))
    both = {(one.claim_id, one.other_id) for one in found}
    both |= {(other, one) for one, other in both}
    assert contradictions_in(Tables.of(read(folder)).old) == both
    return {(one.claim_id[-1], one.other_id[-1], one.kind) for one in found}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("CT+", "CT-", True),
        ("PR+", "PR-", True),
        ("PS+", "CT-", True),
        ("PS+", "PR-", False),
        ("PS+", "PS-", False),
        ("CT+", "CT+", False),
        ("CT+", "CTu", False),
        ("CT+", "Uu", False),
    ],
)
def test_a_proposition_held_and_denied(
    one: str, other: str, contradict: bool, tmp_path: Path
) -> None:
    claims = [claim(1, 1, one), claim(2, 1, other, claimant_id="act-0002")]
    folder = made_up(tmp_path / "made-up", propositions=[proposition(1)], claims=claims)
    assert pairs(folder) == ({("1", "2", "denies")} if contradict else set())


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("kind", "one", "other", "contradict"),
    [
        ("excludes", "CT+", "CT+", True),
        ("excludes", "CT+", "PS+", True),
        ("excludes", "CT+", "CT-", False),
        ("excludes", "CT-", "CT-", False),
        ("implies", "CT+", "CT-", True),
        ("implies", "PR+", "PR-", True),
        ("implies", "CT-", "CT+", False),
        ("implies", "CT+", "CT+", False),
        ("supports", "CT+", "CT-", False),
        ("qualifies", "CT+", "CT-", False),
    ],
)
def test_related_propositions(
    kind: str, one: str, other: str, contradict: bool, tmp_path: Path
) -> None:
    folder = made_up(
        tmp_path / "made-up",
        propositions=[proposition(1), proposition(2)],
        relations=[relation(1, 2, kind)],
        claims=[claim(1, 1, one), claim(2, 2, other, claimant_id="act-0002")],
    )
    assert pairs(folder) == ({("1", "2", kind)} if contradict else set())


def test_a_change_of_mind_and_a_hope_contradict_nothing(tmp_path: Path) -> None:
    claims = [
        claim(1, 1, "CT+"),
        claim(2, 1, "CT-"),
        claim(3, 1, "CT-", claimant_id="act-0002", speech_act="hope"),
    ]
    folder = made_up(tmp_path / "made-up", propositions=[proposition(1)], claims=claims)
    assert pairs(folder) == set()


def test_the_contradictions_of_the_record_are_these() -> None:
    found = [f"{pair.claim_id[-2:]}/{pair.other_id[-2:]}" for pair in DATASET.contradictions]
    assert found == [
        *("10/11", "10/36", "10/37", "11/27", "11/28", "11/47", "26/27", "27/36"),
        *("27/37", "27/48", "28/36", "28/37", "36/42", "36/47", "37/42", "37/47", "41/52"),
    ]
    assert DATASET.contradictions[6] == Contradiction("clm-0026", "clm-0027", "denies")


def test_what_is_disputed_is_what_is_contradicted() -> None:
    """The rule has the same conditions as the view."""
    disputed = {row.claim_id for row in DATASET.claims if row.standing == "disputed"}
    found = {name for pair in DATASET.contradictions for name in (pair.claim_id, pair.other_id)}
    assert disputed == found


def test_a_package_without_propositions_has_no_contradictions(root: Path) -> None:
    good = root / "tests" / "examples" / "good" / "foreign-key"
    with pytest.raises(CannotRun, match=re.escape("not a record of claims")):
        contradictions(read(good))
