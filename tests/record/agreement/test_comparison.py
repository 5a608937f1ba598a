"""Pairs by the place in the text, and what differs in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.agreement import pairing
from shieldtalks.record.agreement.comparison import Comparison, compare
from shieldtalks.record.agreement.units import Coding, units
from shieldtalks.tabular.findings import CannotRun
from tests.support.codings import coding


def pairs(one: Coding, other: Coding) -> list[tuple[str, str]]:
    return [(a.unit_id, b.unit_id) for a, b in compare(one, other).pairs["claims"]]


CODINGS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 60), st.integers(1, 40)), max_size=12
).map(
    lambda claims: coding(*((f"c{number}", *claim) for number, claim in enumerate(claims)))  # type: ignore[misc]
)


@given(CODINGS)
def test_a_coding_agrees_with_itself(one: Coding) -> None:
    found = compare(one, one)
    assert len(found.pairs["claims"]) == len(one["claims"])
    assert not found.alone(0)
    assert not found.alone(1)


@given(CODINGS, CODINGS)
def test_the_order_of_the_codings_changes_no_overlap(one: Coding, other: Coding) -> None:
    here, there = compare(one, other), compare(other, one)

    def shares(found: Comparison) -> list[float]:
        return sorted(pairing.overlap(*pair) for pair in found.pairs["claims"])

    assert shares(here) == shares(there)


@given(CODINGS, CODINGS)
def test_overlap_is_that_of_the_sets_of_characters(one: Coding, other: Coding) -> None:
    for first in units(one, "claims"):
        for second in units(other, "claims"):
            a, b = (
                {(s, i) for s, found in unit.place.items() for x, y in found for i in range(x, y)}
                for unit in (first, second)
            )
            assert pairing.overlap(first, second) == len(a & b) / len(a | b)


def test_several_spans_of_a_row_count_together() -> None:
    one, other = coding(("a", "x", 0, 50)), coding(("b", "x", 0, 20))
    other["evidence"].append({**other["evidence"][0], "start": "10", "length": "30"})
    assert pairing.overlap(units(one, "claims")[0], units(other, "claims")[0]) == 0.8


def test_what_differs() -> None:
    one = coding(("a1", "x", 0, 50), ("a2", "x", 100, 50), ("a3", "x", 200, 50))
    other = coding(("b1", "x", 0, 50), ("b2", "y", 100, 50), ("b4", "x", 300, 50))
    found = compare(one, other)
    assert [(d.a.unit_id, d.b.unit_id, d.fields) for d in found.disagreements] == [
        ("a2", "b2", ("topic",))
    ]
    assert [unit.unit_id for _, unit in found.alone(0)] == ["a3"]
    assert [unit.unit_id for _, unit in found.alone(1)] == ["b4"]
    by_field = {row.field: row for row in found.agreement}
    assert (by_field["topic"].same, by_field["topic"].words) == (1, "0.00")
    assert by_field["claimant_id"].words == "one value"


def test_names_of_actors() -> None:
    """An alias that the other coding uses as a name is the same actor; other names have to be given."""
    one, other = coding(("a", "x", 0, 50)), coding(("b", "x", 0, 50), actor="Island of Elba")
    assert compare(one, other).disagreements[0].fields == ("claimant_id",)
    assert not compare(one, other, {"Island of Elba": "Elba"}).disagreements
    one["aliases"] = [{"actor_id": "act-0001", "alias": "Island of Elba"}]
    assert not compare(one, other).disagreements
    assert not compare(other, one).disagreements


def test_the_topic_is_that_of_the_proposition() -> None:
    one, other = coding(("a", "x", 0, 50)), coding(("b", "x", 0, 50))
    del other["claims"][0]["topic"]
    other["claims"][0]["proposition_id"] = "pos-0001"
    other["propositions"] = [{"proposition_id": "pos-0001", "topic": "x"}]
    assert not compare(one, other).disagreements


@pytest.mark.parametrize("start", ["", "-1", "1.5", "x", "9" * 400, "٣"])
def test_a_span_that_is_none(start: str) -> None:
    one = coding(("a", "x", 0, 50))
    one["evidence"][0]["start"] = start
    with pytest.raises(CannotRun, match="evidence: start of evd-a is"):
        compare(one, one)


def test_a_span_of_great_length_costs_nothing() -> None:
    one = coding(("a", "x", 0, 1 << 39))
    assert pairs(one, one) == [("a", "a")]


def test_too_many_rows_at_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MOST_CANDIDATES", 24)
    one = coding(*((f"c{number}", "x", 0, 50) for number in range(5)))
    with pytest.raises(CannotRun, match="cite the same passage"):
        compare(one, one)
    apart = coding(*((f"c{number}", "x", number * 50, 50) for number in range(24)))
    assert len(pairs(apart, apart)) == 24
