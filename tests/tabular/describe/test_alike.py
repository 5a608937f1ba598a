"""Values that are counted together are counted as if they came one by one."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.describe.moments import Moments
from shieldtalks.tabular.describe.numbers_written import Numbers
from shieldtalks.tabular.describe.texts import Texts

DAYS = [
    ["2008-11-05", "2008-11-06", "2008-1-7"],
    ["05/11/2008", "25/11/2008"],
    ["10:00:00", "2008-11-05T10:00:00"],
]


@pytest.mark.parametrize("values", DAYS)
def test_days_together_are_as_days_one_by_one(values: list[str]) -> None:
    together, single = Moments(), Moments()
    for one in (together, single):
        one.add("2008-11-04", lambda _: 1)
    assert together.add_alike(values)
    for value in values:
        single.add(value, lambda _: 1)
    assert together == single


def test_days_with_another_text_are_not_counted_together() -> None:
    moments = Moments()
    moments.add("2008-11-04", lambda _: 1)
    assert not moments.add_alike(["2008-11-05", "soon"])
    assert moments.fit.tested == 1


def test_texts_of_the_forms_that_are_left_are_counted_together() -> None:
    together, single = Texts(), Texts()
    for one in (together, single):
        one.fits = {"edtf": one.fits["edtf"]}
        one.add("2008", lambda _: 1)
    assert together.add_alike(["2008-11", "2008?"])
    for value in ("2008-11", "2008?"):
        single.add(value, lambda _: 1)
    assert together == single
    assert not together.add_alike(["2009", "soon"])


NUMBERS = [
    ["7"],
    ["0", "12", "5000", "12345678901234567"],
    ["-3", "12", "-40000", "0"],
    ["99", "100", "10"],
    ["1.5", "-20.25", "3.0000"],
]


@pytest.mark.parametrize("values", NUMBERS)
def test_numbers_together_are_as_numbers_one_by_one(values: list[str]) -> None:
    together, single = Numbers(), Numbers()
    for some in (["15"], values, values):
        assert together.add_alike(some)
        for value in some:
            single.add(value, lambda _: 1)
    together.integers.examples = single.integers.examples
    assert together == single


@pytest.mark.parametrize(
    "odd", ["007", "+5", "1,5", "1e5", "", "5\n6", "٣", "-0", "1234567890123456789"]
)
def test_other_numbers_are_not_counted_together(odd: str) -> None:
    numbers = Numbers()
    assert not numbers.add_alike(["1", odd, "2"])
    assert numbers == Numbers()
