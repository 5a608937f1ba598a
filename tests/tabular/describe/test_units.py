"""A row of units below the header is no row of the table: it is left out, and the fields keep the units."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.describe import Description, describe
from tests.support.bare import Describe, faults, said, table, text

ROWS = [[f"A{i}", f"{i}.5", i * 7, f"2020-01-{i:02d}"] for i in range(1, 9)]
HEADER = ["station", "depth", "speed", "day"]

UNITS = {
    "in brackets": ["", "(km)", "[m/s]", ""],
    "without": ["", "km", "m s-1", ""],
    "dashes": ["-", "µg/l", "°C", "-"],
    "powers": ["", "m³", "kg/m^2", "d"],
    "shares and money": ["", "%", "EUR", ""],
}

NO_UNITS = {
    "a name": ["B", "(km)", "m/s", ""],
    "a number": ["", "1.5", "m/s", ""],
    "words": ["", "unknown", "none", ""],
    "a unit of texts": ["m", "", "", ""],
    "nothing": ["-", "-", "", ""],
    "numbers in brackets": ["", "(5)", "(7)", ""],
}


def types(found: Description, name: str = "t") -> list[str]:
    return [field["type"] for field in table(found, name)["schema"]["fields"]]


@pytest.mark.parametrize("name", UNITS)
def test_units_are_left_out(name: str, described: Describe) -> None:
    found = described(t=text([HEADER, UNITS[name], *ROWS]))
    assert table(found, "t")["dialect"]["commentRows"] == [2]
    assert types(found) == ["string", "number", "integer", "date"]
    assert found.rows == {"t": 8}
    fields = table(found, "t")["schema"]["fields"]
    for field, cell in zip(fields, UNITS[name], strict=True):
        unit = cell.strip("()[]-")
        assert field.get("description") == (f"Unit: {unit}" if unit else None)
    guess = next(one for one in found.guesses if one.about == "commentRows")
    assert "row 2, below the header, has units of" in guess.evidence
    assert faults(found) == []


@pytest.mark.parametrize("name", NO_UNITS)
def test_other_rows_are_rows(name: str, described: Describe) -> None:
    found = described(t=text([HEADER, NO_UNITS[name], *ROWS]))
    assert "commentRows" not in table(found, "t")["dialect"]
    assert found.rows == {"t": 9}


def test_units_below_a_title(described: Describe) -> None:
    found = described(t=text([["Stations 2020"], HEADER, UNITS["in brackets"], *ROWS]))
    dialect = table(found, "t")["dialect"]
    assert (dialect["headerRows"], dialect["commentRows"]) == ([2], [3])
    assert types(found)[1:3] == ["number", "integer"]
    assert faults(found) == []


def test_units_below_names_that_are_changed(described: Describe) -> None:
    header = ["station", "depth", "depth", "day"]
    found = described(t=text([header, UNITS["in brackets"], *ROWS]))
    dialect = table(found, "t")["dialect"]
    assert (dialect["header"], dialect["commentRows"]) == (False, [1, 2])
    assert faults(found) == []


def test_units_in_a_large_file(described: Describe) -> None:
    rows = [[f"st-{i:06d}", f"{i}.5", i * 7, "2020-01-02"] for i in range(9000)]
    found = described(t=text([HEADER, UNITS["in brackets"], *rows]))
    assert types(found) == ["string", "number", "integer", "date"]
    assert found.rows == {"t": 9000}
    assert not said(found, "type")


@pytest.mark.slow
def test_units_in_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [HEADER[:3], UNITS["in brackets"][:3], *([f"A{i}", i / 2, i] for i in range(9))]:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    found = describe(tmp_path)
    assert types(found) == ["string", "number", "integer"]
    assert found.descriptor["resources"][0]["dialect"]["commentRows"] == [2]
    assert faults(found) == []
