"""`shieldtalks export xlsx`: what kind each cell is, what Excel cannot hold, the same bytes."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result

from shieldtalks.exports import xlsx
from shieldtalks.tabular.package import read
from tests.support import MakePackage, Run

Export = Callable[..., Result]


@pytest.fixture
def export(make_package: MakePackage, tmp_path: Path, run: Run) -> Callable[..., Result]:
    """Export a package of one table with these bytes to `book.xlsx`."""

    def call(text: str, *fields: dict[str, Any], name: str = "things", code: int = 0) -> Result:
        package = make_package(text, list(fields), name=name)
        target = tmp_path / "book.xlsx"
        return run("export", "xlsx", package, "-o", target, "--no-validate", code=code)

    return call


def sheet(book: Path, number: int) -> ElementTree.Element:
    """A sheet as it stands in the file, its tags without their namespace."""
    with zipfile.ZipFile(book) as archive:
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    for node in tree.iter():
        node.tag = node.tag.rpartition("}")[2]
    return tree


def sheet_names(book: Path) -> list[str]:
    """The names of the sheets, in order."""
    with zipfile.ZipFile(book) as archive:
        tree = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    return [node.attrib["name"] for node in tree.iter() if node.tag.endswith("}sheet")]


def cells(book: Path, number: int) -> Iterator[tuple[str, str, str]]:
    """The place, kind and content of each cell of a sheet."""
    for cell in sheet(book, number).iter("c"):
        yield cell.attrib["r"], cell.attrib.get("t", "n"), "".join(cell.itertext())


def test_each_value_is_of_its_kind(export: Export, tmp_path: Path) -> None:
    fields = [
        {"name": "id"},
        {"name": "whole", "type": "integer"},
        {"name": "number", "type": "number"},
        {"name": "flag", "type": "boolean"},
        {"name": "day", "type": "date"},
    ]
    rows = "id,whole,number,flag,day\n010,7,0.1,true,2008-11-05\n,,,,\n1e5,-7,1e300,0,1900-02-28\n"
    export(rows, *fields)
    found = {place: (kind, content) for place, kind, content in cells(tmp_path / "book.xlsx", 2)}
    assert {place: found[place] for place in found if place.endswith("2")} == {
        "A2": ("inlineStr", "010"),
        "B2": ("n", "7"),
        "C2": ("n", "0.1"),
        "D2": ("b", "1"),
        "E2": ("n", "39757"),  # days since the last one of 1899, as Excel counts them
    }
    assert not [place for place in found if place.endswith("3")]
    assert found["A4"] == ("inlineStr", "1e5")
    assert found["E4"] == ("inlineStr", "1900-02-28")


@pytest.mark.parametrize("number", ["0.30000000000000004", "5e-324", "123456789012345.67"])
def test_no_digit_of_a_number_is_lost(number: str, export: Export, tmp_path: Path) -> None:
    export(f"a\n{number}\n", {"name": "a", "type": "number"})
    ((_, kind, content),) = list(cells(tmp_path / "book.xlsx", 2))[1:]
    assert kind == "n"
    assert float(content) == float(number)


@pytest.mark.parametrize(
    ("type_", "cell"),
    [
        ("integer", "9007199254740993"),
        ("integer", "1234567890123456"),
        ("number", "1234567890123456.7"),
        ("number", "0.12345678901234567890"),
        ("number", "NaN"),
        ("number", "-INF"),
        ("integer", "12a"),
    ],
)
def test_what_no_number_of_excel_can_be_is_a_text(
    type_: str, cell: str, export: Export, tmp_path: Path
) -> None:
    export(f"a\n{cell}\n", {"name": "a", "type": type_})
    ((_, kind, content),) = list(cells(tmp_path / "book.xlsx", 2))[1:]
    assert (kind, content) == ("inlineStr", cell)


def test_no_sheet_has_a_formula_or_a_link(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "xlsx", root, "-o", tmp_path / "book.xlsx", code=0)
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        names = archive.namelist()
    assert not [name for name in names if "externalLink" in name or "vba" in name]
    last = 1 + len(read(root).resources)
    for number in range(1, last + 1):
        tags = {node.tag for node in sheet(tmp_path / "book.xlsx", number).iter()}
        assert "sheetData" in tags
        assert not tags & {"f", "hyperlink", "hyperlinks"}
    assert f"xl/worksheets/sheet{last + 1}.xml" not in names


def test_each_table_has_a_fixed_header_and_a_filter(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "xlsx", root, "--table", "claims", "-o", tmp_path / "book.xlsx", code=0)
    claims = sheet(tmp_path / "book.xlsx", 2)
    (pane,) = claims.iter("pane")
    assert (pane.attrib["ySplit"], pane.attrib["state"]) == ("1", "frozen")
    (choice,) = claims.iter("autoFilter")
    assert choice.attrib["ref"] == "A1:N55"
    widths = [float(column.attrib["width"]) for column in claims.iter("col")]
    assert all(8 <= width <= 61 for width in widths)


def test_the_first_sheet_says_what_this_is(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "xlsx", root, "-o", tmp_path / "book.xlsx", code=0)
    words = {content for _, _, content in cells(tmp_path / "book.xlsx", 1)}
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    assert {descriptor["title"], descriptor["description"], descriptor["version"]} <= words
    assert any(text.startswith("CC-BY-4.0") for text in words)
    assert any(f"version {descriptor['version']}." in text for text in words)
    assert {entry["title"] for entry in descriptor["resources"]} <= words
    assert "An empty cell is a missing value" in "\n".join(words)


def test_the_bytes_are_the_same_whatever_the_mask(root: Path, tmp_path: Path, run: Run) -> None:
    for name, mask in (("one", 0o077), ("two", 0o002)):
        old = os.umask(mask)
        try:
            run("export", "xlsx", root, "-o", tmp_path / f"{name}.xlsx", code=0)
        finally:
            os.umask(old)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("text", ["x" * 32_767, "\U0001f600" * 16_383], ids=["one", "two"])
def test_the_longest_text_is_whole(text: str, export: Export, tmp_path: Path) -> None:
    export(f"a\n{text}\n", {"name": "a"})
    assert ("A2", "inlineStr", text) in cells(tmp_path / "book.xlsx", 2)


@pytest.mark.parametrize("text", ["x" * 32_768, "\U0001f600" * 16_384], ids=["one", "two"])
def test_a_longer_text_is_refused_by_its_place(text: str, export: Export, tmp_path: Path) -> None:
    result = export(f"a,b\nx,y\nx,{text}\n", {"name": "a"}, {"name": "b"}, code=2)
    assert "things, row 2, b: the text has 32768 characters" in result.stderr
    assert not (tmp_path / "book.xlsx").exists()


def test_more_rows_than_a_sheet_has_are_refused(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    export("a\n1\n2\n", {"name": "a"})
    (tmp_path / "book.xlsx").unlink()
    result = export("a\n1\n2\n3\n", {"name": "a"}, code=2)
    assert "things has more than 2 rows" in result.stderr
    assert not (tmp_path / "book.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "sheet_name"),
    [
        ("a" * 40, "a" * 31),
        ("\U0001f600" * 20, "\U0001f600" * 15),
        ("a/b", "a_b"),
        ("'a'", "_a_"),
        ("ReadMe", "ReadMe_2"),
        ("History", "History_2"),
    ],
)
def test_a_table_whose_name_no_sheet_can_have(
    name: str, sheet_name: str, export: Export, tmp_path: Path
) -> None:
    result = export("a\n1\n", {"name": "a"}, name=name)
    assert f'the sheet of the table "{name}" is called "{sheet_name}"' in result.stderr
    assert sheet_names(tmp_path / "book.xlsx") == ["README", sheet_name]
    words = {content for _, _, content in cells(tmp_path / "book.xlsx", 1)}
    assert f'The table "{name}".' in words


def test_tables_whose_sheets_would_have_one_name(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package("a\n1\n", [{"name": "a"}])
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    (first,) = descriptor["resources"]
    others = ("Things", "t" * 31, "t" * 32, "t" * 33, "a_b", "a:b", "a?b")
    descriptor["resources"] += [first | {"name": name} for name in others]
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    run("export", "xlsx", package, "-o", tmp_path / "book.xlsx", "--no-validate", code=0)
    names = sheet_names(tmp_path / "book.xlsx")
    expected = ["README", "things", "Things_2", "t" * 31, "t" * 29 + "_2", "t" * 29 + "_3"]
    assert names == [*expected, "a_b", "a_b_2", "a_b_3"]


def test_a_long_text_has_the_height_that_it_needs(export: Export, tmp_path: Path) -> None:
    export(f"a\nshort\n{'word ' * 100}\n" + '"one\ntwo\nthree"\n', {"name": "a"})
    heights = [row.attrib.get("ht") for row in sheet(tmp_path / "book.xlsx", 2).iter("row")]
    assert heights == [None, None, "120", "45"]
