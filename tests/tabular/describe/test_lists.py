"""Code lists, scales and bounds: only where the data is more than a sample of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.bare import Describe, column, field, said, text


def constraint(described: Describe, name: str, values: list[Any]) -> dict[str, Any]:
    found = field(described(things=column(values, name)), name)
    return {key: value for key, value in found.get("constraints", {}).items() if key != "required"}


@pytest.mark.parametrize(
    ("name", "values", "codes"),
    [
        ("status", ["open", "closed", "planned"] * 10, ["closed", "open", "planned"]),
        ("status", ["open", "closed", "planned"] * 4, None),  # too few rows
        ("status", ["open"] * 30, None),  # one value is no list
        ("status", [f"state {chr(97 + i)}" for i in range(26)] * 2, None),  # too many
        ("status", ["open", "closed"] * 10 + ["x1", "x2", "x3"], None),  # new ones keep coming
        ("quarter", ["Q1 2020", "Q2 2020"] * 15, None),  # time goes on
        ("dated", ["2008", "2008-11", "1990?"] * 10, None),
        ("status", ["Open", "open", "closed"] * 10, None),  # one of them may be an error
        ("country", ["DE", "FR", "PL"] * 10, None),  # there is always one more
        ("q", [1, 2, 3] * 10, None),  # numbers are no codes
    ],
)
def test_code_lists(
    name: str, values: list[Any], codes: list[str] | None, described: Describe
) -> None:
    assert constraint(described, name, values).get("enum") == codes


def test_a_table_of_codes_has_the_whole_list(described: Describe) -> None:
    codes = [["list", "code", "label"]]
    codes += [["status", code, code.title()] for code in ("open", "closed", "planned", "lost")]
    codes += [["colour", code, code.title()] for code in ("red", "green", "blue")]
    rows = [[f"prt-{i}", ["open", "closed"][i % 2], "Hamburg"] for i in range(4)]
    found = described(codes=text(codes), ports=text([["port", "status", "town"], *rows]))
    assert field(found, "status", "ports")["constraints"]["enum"] == [
        "open",
        "closed",
        "planned",
        "lost",
    ]
    assert "enum" not in field(found, "town", "ports").get("constraints", {})


def test_columns_of_a_survey_share_a_scale(described: Describe) -> None:
    rows = [[i, i % 5 + 1, i * 3 % 5 + 1, i % 5 + 1 if i % 3 else -99] for i in range(60)]
    found = described(things=text([["respondent", "q1", "q2", "q3"], *rows]))
    for name in ("q1", "q2", "q3"):
        assert field(found, name)["constraints"]["enum"] == [1, 2, 3, 4, 5]
    assert field(found, "q3")["missingValues"] == ["", "-99"]


def test_numbers_with_the_same_bounds_are_no_scale(described: Describe) -> None:
    rows = [[i, i % 7 + 1, i * 3 % 7 + 1, i * 5 % 7 + 1] for i in range(60)]
    found = described(things=text([["sale", "promo", "quantity", "stars"], *rows]))
    assert "enum" not in field(found, "promo").get("constraints", {})
    assert "enum" not in field(found, "quantity").get("constraints", {})
    assert field(found, "stars")["constraints"]["enum"] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("name", "values", "bounds"),
    [
        ("percent", [0, 20, 55.5, 100], (0, 100)),
        ("percent", [0, 120], None),
        ("percent", [0, 20, 55.5, "NaN"], None),
        ("percent", [0, 20, 55.5, "INF"], None),
        ("latitude", [51.5, -20], (-90, 90)),
        ("lon", [170.5, -20], (-180, 180)),
        ("month", [1, 12], (1, 12)),
        ("count", [0, 12], (0, None)),
        ("count", [-1, 12], None),
        ("depth", [0, 100], None),
        ("count", [0, 12, -99], None),  # one -99 may be a number
        ("count", [0, 12, -99, -99], (0, None)),
    ],
)
def test_bounds(
    name: str, values: list[Any], bounds: tuple[int, int | None] | None, described: Describe
) -> None:
    found = constraint(described, name, values)
    assert (found.get("minimum"), found.get("maximum")) == (bounds or (None, None))


def test_why_a_list_is_left_out(described: Describe) -> None:
    found = described(things=column(["DE", "FR", "PL"] * 10, "country"))
    assert "3 different values in 30 rows, but its name is that of something" in said(found, "enum")
