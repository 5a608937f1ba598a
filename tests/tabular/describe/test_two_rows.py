"""Headers of two rows: the names are those of both together."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.describe import describe
from tests.support.bare import Describe, faults, table

BODY = "".join(f"R{n};{n};{n + 1};{n / 2};{n + 3}\n" for n in range(9))
NAMES = ["region", "2019 min", "2019 max", "2020 min", "2020 max"]


@pytest.mark.parametrize(
    ("head", "rows", "comments"),
    [
        ("region;2019;;2020;\n;min;max;min;max\n", [1, 2], None),
        (";2019;;2020;\nregion;min;max;min;max\n", [1, 2], None),
        ("region;2019;2019;2020;2020\n;min;max;min;max\n", [1, 2], None),
        ("Rivers;;;;\n\n;2019;;2020;\nregion;min;max;min;max\n", [3, 4], None),
        (";2019;;2020;\nregion;min;max;min;max\n;m;m;m;m\n", [1, 2], [3]),
    ],
)
def test_two_rows_of_names(
    head: str, rows: list[int], comments: list[int] | None, described: Describe
) -> None:
    found = described(things=head + BODY)
    dialect = table(found)["dialect"]
    assert (dialect["headerRows"], dialect.get("commentRows")) == (rows, comments)
    fields = table(found)["schema"]["fields"]
    assert [entry["name"] for entry in fields] == NAMES
    assert fields[1]["type"] == "integer"
    assert found.rows == {"things": 9}
    assert faults(found) == []


@pytest.mark.parametrize(
    "content",
    [
        "id;n;n\nA;low;high\n" + "".join(f"B{n};{n};{n}\n" for n in range(9)),
        "id;n;n\n;NA;-\n" + "".join(f"B{n};{n};{n}\n" for n in range(9)),
        "id;n;\nA;1;x\nB;2;y\nC;3;z\n",
        "id;name;\n1;Ann;Lee\n2;Bob;Ray\n",
        "id;depth;width\nA;low;high\nB;1;2\nC;3;4\n",
    ],
)
def test_a_row_of_the_table_is_no_header(content: str, described: Describe) -> None:
    assert "headerRows" not in table(described(things=content))["dialect"]


def test_two_rows_of_names_with_merged_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Rivers"], ["region", 2019, None, 2020], [None, "min", "max", "min"]):
        book.active.append(row)
    for n in range(5):
        book.active.append([f"R{n}", n, n + 1, n + 2])
    book.active.merge_cells("B2:C2")
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "rivers.xlsx")
    found = describe(tmp_path)
    assert table(found, "rivers")["dialect"]["headerRows"] == [2, 3]
    fields = table(found, "rivers")["schema"]["fields"]
    assert [entry["name"] for entry in fields] == NAMES[:4]
    assert faults(found) == []
