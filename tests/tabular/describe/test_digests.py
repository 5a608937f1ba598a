"""Sets of digests: how many values one set has that another one has not."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.describe import digests
from shieldtalks.tabular.describe.digests import Digests


def of(*values: str, rising: bool = False) -> Digests:
    """A set of values."""
    found = Digests()
    found.add(values, rising=rising)
    return found


@pytest.fixture(params=[1 << 20, 10], ids=["whole", "in parts"])
def _small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "_SMALL", request.param)


IDS = [f"id-{i:03d}" for i in range(400)]


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("rising", [False, True])
def test_values_that_the_other_set_lacks_are_counted(rising: bool) -> None:
    goal = of(*IDS, rising=rising)
    assert of(*IDS[:50], *IDS[:50]).missing_in(goal) == 0
    assert of(*IDS[:50], "x", "y", "x").missing_in(goal) == 2
    assert of(*IDS, "x", "y", rising=rising).missing_in(goal) == 2
    assert goal.missing_in(of(*IDS[30:], *IDS[30:])) == 30
    goal.release()
    assert of("x").missing_in(goal) == 1


@pytest.mark.usefixtures("_small")
def test_values_that_are_left_out_do_not_count() -> None:
    goal = of(*IDS[:100])
    assert of(*IDS[:100], "-99", "x").missing_in(goal, ["-99"]) == 1
    assert of(*IDS[:100]).missing_in(goal, ["id-007"]) == 0


@pytest.mark.usefixtures("_small")
def test_if_most_are_missing_all_are() -> None:
    goal = of(*IDS)
    assert of(*IDS[:40], *(f"x{i}" for i in range(60))).missing_in(goal) == 100
    assert of(*IDS[:100], *(f"x{i}" for i in range(60))).missing_in(goal) == 60


@pytest.mark.usefixtures("_small")
def test_repeats_are_found_also_after_values_in_order() -> None:
    rising = of(*IDS, rising=True)
    assert len(rising) == 400
    assert not rising.has_repeats
    rising.add(["id-399", "id-400"])
    assert len(rising) == 401
    assert rising.has_repeats
    assert rising.missing_in(of(*IDS)) == 1


@pytest.mark.usefixtures("_small")
def test_values_in_the_same_order_are_found_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    goal, some = of(*IDS, rising=True), of(*IDS[1::7], rising=True)
    others = of("a", *IDS[1::7], rising=True)
    assert others.missing_in(goal) == 1
    goal.release()
    goal, others = of(*IDS, rising=True), of(*IDS, "z", rising=True)
    assert (others.missing_in(goal), goal.missing_in(others)) == (1, 0)
    goal.release()

    def refuse(*_: object) -> None:
        raise AssertionError("no set is needed")

    monkeypatch.setattr(Digests, "_part", refuse)
    assert some.missing_in(of(*IDS, rising=True)) == 0
