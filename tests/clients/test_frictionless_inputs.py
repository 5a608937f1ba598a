"""The test inputs of frictionless: we judge each as frictionless does, or the difference is listed."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.clients.frictionless_differences import DIFFERENCES, REASONS, SLOW
from tests.support.frictionless_inputs import Input, NoSource, folder, inputs, ours, theirs

pytestmark = [pytest.mark.client, pytest.mark.slow]


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder with the inputs, from the source of frictionless."""
    try:
        return folder()
    except NoSource as error:
        if os.environ.get("CI"):
            pytest.fail(f"the source of frictionless cannot be fetched: {error}")
        pytest.skip(f"the source of frictionless cannot be fetched: {error}")


@pytest.fixture(scope="module")
def compared(data: Path) -> list[Input]:
    """The inputs that are compared."""
    found = list(inputs(data))
    left_out = Counter(one.left_out for one in found)
    assert left_out.keys() <= {"", "large", "remote"}, left_out
    assert left_out[""] > 200, left_out
    return [one for one in found if not one.left_out and one.name not in SLOW]


def test_each_difference_on_their_inputs_is_listed(data: Path, compared: list[Input]) -> None:
    found = {}
    for one in compared:
        verdict, findings = ours(one, "sqlite")
        their_verdict, types = theirs(one, data)
        if verdict != their_verdict:
            found[one.name] = verdict, their_verdict
            print(one.name, verdict, [f"{f.rule}: {f.message}" for f in findings][:3], types[:3])
    listed = {name: verdicts[:2] for name, verdicts in DIFFERENCES.items()}
    assert found == listed


def test_both_engines_judge_their_inputs_alike(compared: list[Input]) -> None:
    for one in compared:
        assert ours(one, "duckdb") == ours(one, "sqlite"), one.name


def test_each_difference_has_a_reason_and_each_reason_a_difference() -> None:
    assert {reason for _, _, reason in DIFFERENCES.values()} == set(REASONS)
