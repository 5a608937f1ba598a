"""Texts that mean "no value": only where they alone break a type."""

from __future__ import annotations

import pytest

from tests.support.bare import Describe, column, field, said

INTEGERS = ["1", "2", "3", "15", "7"]
DAYS = ["2020-12-31", "2021-01-01", "2021-02-03"]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ([*INTEGERS, "NA"], ["NA"]),
        ([*INTEGERS, "n/a", "-", "NULL"], ["-", "NULL", "n/a"]),
        ([*INTEGERS, "(null)", "<null>"], ["(null)", "<null>"]),
        ([*INTEGERS, " ", "  "], [" ", "  "]),
        ([*INTEGERS, "NaN"], ["NaN"]),
        (["1.5", "2", "NaN"], None),  # NaN is a number
        ([*DAYS, "-9999", "-"], ["-", "-9999"]),
        (["yes", "no", "unknown"], ["unknown"]),
        ([*INTEGERS, "-99", "-99"], ["-99"]),
        ([*INTEGERS, "-99"], None),  # it may be a number
        (["-3", "-1", "2", "-999", "-999"], ["-999"]),
        (["-300", "-1", "2", "-999", "-999"], None),
        (["Namibia", "NA", "-"], None),  # a text breaks no type of texts
    ],
)
def test_missing_values(values: list[str], missing: list[str] | None, described: Describe) -> None:
    found = field(described(things=column(values)))
    assert found.get("missingValues") == (None if missing is None else ["", *missing])


def test_a_number_far_from_the_others_is_said(described: Describe) -> None:
    assert "999 occurs 2 times" in said(described(things=column([*INTEGERS, "999", "999"])))


@pytest.mark.parametrize(
    ("values", "said_of"),
    [
        (["Tella", "Ostra", "n/a"], '"n/a" occurs 1 time and may mean'),
        (["Tella", "-", "n/a"], '"-", "n/a" occur 2 times and may mean'),
        (["Tella", "None", "unknown"], ""),  # these can be words
    ],
)
def test_marks_among_texts_are_said(values: list[str], said_of: str, described: Describe) -> None:
    found = described(things=column(values))
    assert "missingValues" not in field(found)
    assert said_of in said(found, "missingValues")
    assert bool(said_of) == bool(said(found, "missingValues"))


def test_zeros_are_a_number(described: Describe) -> None:
    found = field(described(things=column(["10000001", "00000000", "11110000", "10101010"])))
    assert "missingValues" not in found


def test_a_day_that_does_not_exist_is_no_day(described: Describe) -> None:
    found = field(described(things=column(["2020-01-31", "0000-00-00", "2020-02-01"])))
    assert found["type"] == "date"
    assert found["missingValues"] == ["", "0000-00-00"]


@pytest.mark.parametrize(
    ("values", "name", "why"),
    [
        (["20200131", "20200201"], "n", "the numbers may be days such as"),
        (["43832", "43833"], "datum", "may be days as Excel counts them"),
        (["43832", "43833"], "n", ""),
        (["1609459200", "1612137600"], "created_at", "may be seconds since 1970"),
        (["1609459200123", "1612137600456"], "timestamp", "may be milliseconds since 1970"),
        (["1609459200", "1612137600"], "n", ""),
    ],
)
def test_numbers_that_may_be_days_are_said(
    values: list[str], name: str, why: str, described: Describe
) -> None:
    found = described(things=column(values, name))
    assert field(found, name)["type"] == "integer"
    assert why in said(found, "type")
    assert bool(why) == bool(said(found, "type"))


def test_marks_alone_are_no_type(described: Describe) -> None:
    found = described(things=column(["-", "NA", "-"]))
    assert field(found)["type"] == "any"
    assert 'no values, only "-", "NA"' in said(found)
