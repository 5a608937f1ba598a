"""Krippendorff's alpha: by hand, as a library computes it, and what holds for all values."""

from __future__ import annotations

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.record.agreement.alpha import alpha

VALUES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=30)


def test_alpha_by_hand() -> None:
    """Observed 1/4; expected 2 * 5 * 3 / (8 * 7) = 15/28; 1 - 7/15."""
    assert alpha([("x", "x"), ("x", "x"), ("x", "y"), ("y", "y")]) == pytest.approx(8 / 15)
    assert alpha([("x", "y"), ("y", "x")]) == pytest.approx(-0.5)


@pytest.mark.parametrize("values", [[], [("x", "x")], [("", ""), ("", "")]])
def test_one_value_has_no_alpha(values: list[tuple[str, str]]) -> None:
    assert alpha(values) is None


@given(VALUES)
def test_alpha_is_that_of_the_library(values: list[tuple[str, str]]) -> None:
    found = alpha(values)
    if found is not None:
        data = [["abcd".index(value) for value in coder] for coder in zip(*values, strict=True)]
        wanted = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert found == pytest.approx(float(wanted), abs=1e-12)


@given(VALUES)
def test_alpha_does_not_depend_on_the_order_of_coders_or_units(
    values: list[tuple[str, str]],
) -> None:
    assert alpha(values) == alpha([(other, one) for one, other in reversed(values)])


@given(st.lists(st.sampled_from("abcd"), min_size=1))
def test_equal_values_agree_fully(values: list[str]) -> None:
    assert alpha([(value, value) for value in values]) in (1.0, None)
