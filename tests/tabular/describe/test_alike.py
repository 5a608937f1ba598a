"""Values that are counted together are counted as if they came one by one."""

from __future__ import annotations

import pytest

from shieldtalks.tabular.describe.moments import Moments
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
