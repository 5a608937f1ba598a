"""Workbooks: values are as Excel shows them, places are cells, and hostile files are refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.findings import Finding
from shieldtalks.tabular.sources import plain, xlsx
from shieldtalks.tabular.sources.workbook import _last_row
from shieldtalks.tabular.validation import validate_package
from tests.support.sources import package_of, schema_of, workbook

#: The part of a workbook that is its first sheet.
SHEET = "xl/worksheets/sheet1.xml"


def changed(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook in which a part has other XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", 8) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return out.getvalue()


def found(folder: Path, book: bytes, schema: dict[str, Any] | None = None) -> list[Finding]:
    entry = {"path": "a.xlsx", "schema": schema or schema_of(id="integer", name="string")}
    return validate_package(package_of(folder, entry, files={"a.xlsx": book})).findings


def texts(folder: Path, book: bytes, *names: str) -> list[list[str]]:
    entry = {"path": "a.xlsx", "schema": schema_of(**dict.fromkeys(names, "any"))}
    package = package_of(folder, entry, files={"a.xlsx": book})
    lines = plain.as_csv(package.resources[0]).file.read_text().splitlines()
    return [line.split(",") for line in lines[1:]]


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (0.1, None, "0.1"),
        (1.1, "0.00", "1.1"),
        (1e20, None, "100000000000000000000"),
        (1e-7, None, "1e-07"),
        (5.0, None, "5"),
        (12345678901234567890, None, "12345678901234570000"),
        (True, None, "true"),
        (date(2024, 2, 29), None, "2024-02-29"),
        (date(2024, 2, 29), "dd/mm/yyyy", "2024-02-29"),
        (datetime(2024, 2, 29, 13, 45, 1), None, "2024-02-29T13:45:01"),
        (datetime(2024, 2, 29), "yyyy-mm-dd hh:mm", "2024-02-29T00:00:00"),
        (datetime(2024, 2, 29), 'yyyy "hours"', "2024-02-29"),
        (time(7, 30), None, "07:30:00"),
        (timedelta(hours=36, minutes=30), "[h]:mm:ss", "PT36H30M"),
        ("00123", None, "00123"),
        (" x ", None, " x "),
    ],
)
def test_values(tmp_path: Path, value: Any, form: str | None, wanted: str) -> None:
    book = workbook([["a", "b"], [value, "end"]], {"A2": form} if form else {})
    assert texts(tmp_path, book, "a", "b") == [[wanted, "end"]]


def test_a_stated_size_that_is_too_small(tmp_path: Path) -> None:
    """Some programs write a wrong dimension. No cell is lost."""
    book = workbook([["id", "name"], [1, "Elbe"], [2, "Main"]])
    book = changed(book, SHEET, b'<dimension ref="A1:B3"', b'<dimension ref="A1"')
    assert texts(tmp_path, book, "id", "name") == [["1", "Elbe"], ["2", "Main"]]


def test_empty_rows_and_columns_beside_the_table(tmp_path: Path) -> None:
    book = workbook([["id", "name", None], [1, "Elbe", None], [], [2, "Main", None], [None], []])
    (finding,) = found(tmp_path, book)
    assert (finding.rule, finding.place) == ("blank-row", "row 3 of Rivers")


def test_a_formula_without_a_result_is_not_an_empty_cell(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, workbook([["id", "name"], ["=1+1", "Elbe"]]))
    assert (finding.rule, finding.place, finding.field) == ("type", "Rivers!A2", "id")


def test_a_formula_with_a_result_is_its_result(tmp_path: Path) -> None:
    book = workbook([["id", "name"], ["=1+1", "Elbe"]])
    # Writers of XML differ in how they write an empty element.
    empty = next(one for one in (b"<v/>", b"<v />", b"<v></v>") if one in sheet(book))
    book = changed(book, SHEET, empty, b"<v>2</v>")
    assert found(tmp_path, book) == []


def sheet(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as source:
        return source.read(SHEET)


def test_an_error_that_is_a_missing_value(tmp_path: Path) -> None:
    schema = schema_of(id="integer", name="string") | {"missingValues": ["", "#N/A"]}
    assert found(tmp_path, workbook([["id", "name"], ["#N/A", "Elbe"]]), schema) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"<worksheet", b"<!DOCTYPE x [<!ENTITY e 'e'>]><worksheet", "document type"),
        (b"</worksheet>", b"", "damaged"),
        (b'<row r="2"', b'<row r="99999999999"', "more than 1000 rows"),
        (b'r="B2"', b'r="ZZZZZZ2"', "damaged"),
    ],
)
def test_hostile_sheets(
    tmp_path: Path, old: bytes, new: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_LAST_ROW", 1000)
    book = changed(workbook([["id", "name"], [1, "Elbe"]]), SHEET, old, new)
    (finding,) = found(tmp_path, book)
    assert words in finding.message
    assert finding.rule in ("source", "unsupported")


@pytest.mark.slow
def test_a_sheet_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    book = workbook([["id", "name"], [1, "Elbe"]])
    large = changed(book, SHEET, b"</worksheet>", b" " * (70 << 20) + b"</worksheet>")
    (finding,) = found(tmp_path, large)
    assert finding.rule == "unsupported"
    assert "larger than 64 MiB" in finding.message


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (b'r="2"', "row 2 after row 2"),
        (b"r = '1'", "row 1 after row 2"),
        (b'r="-3"', "row -3 after row 2"),
        (b'spans="1:2" r="0"', "row 0 after row 2"),
    ],
)
def test_rows_out_of_order_are_no_rows_left_out(number: bytes, words: str, tmp_path: Path) -> None:
    """The library leaves out such a row, so that what is wrong in it would not be seen."""
    book = workbook([["id", "name"], [1, "a"], ["x", "b"]])
    (finding,) = found(tmp_path, changed(book, SHEET, b'<row r="3"', b"<row " + number))
    assert finding.rule == "source"
    assert words in finding.message


def test_the_order_of_rows_is_seen_over_the_ends_of_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook([["id", "name"], *([n, "a"] for n in range(40))])
    backwards = changed(book, SHEET, b'<row r="30"', b'<row  r="29"')
    for size in (1, 2, 7, 10, 11, 12, 50, 1000):
        monkeypatch.setattr("shieldtalks.tabular.sources.workbook._CHUNK", size)
        assert found(tmp_path, book) == []
        assert [one.rule for one in found(tmp_path, backwards)] == ["source"]


TEXT = b"<![CDATA[<row r='1'> <!DOCTYPE html> <f>]]>"


@pytest.mark.parametrize(
    "around",
    [b"%s", b"<!-- <row r='1'> <!DOCTYPE x> ]]> -->%s<!---->", b"<?x <row r='1'> <!-- ?>%s"],
)
def test_a_text_that_looks_like_markup_is_a_text(
    around: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook([["id", "name"], [1, "a"], [2, "b"]])
    text = b'<c r="B2" t="inlineStr"><is><t>' + around % TEXT + b"</t></is></c>"
    cell = re.search(rb'<c r="B2".*?</c>', sheet(book))
    assert cell is not None
    book = changed(book, SHEET, cell[0], text)
    assert texts(tmp_path, book, "id", "name")[0] == ["1", "<row r='1'> <!DOCTYPE html> <f>"]
    monkeypatch.setattr("shieldtalks.tabular.sources.workbook._check_document_type", lambda _: None)
    for size in (1, 2, 3, 8, 9, 50):
        monkeypatch.setattr("shieldtalks.tabular.sources.workbook._CHUNK", size)
        assert found(tmp_path, book, schema_of(id="integer", name="string")) == []


@pytest.mark.parametrize(
    "hidden", [b"<!-- %s --><?x ?>", b"<?x <!-- ?>%s<?x --> ?>", b"<?x <![CDATA[ ?>%s"]
)
def test_a_document_type_cannot_hide(hidden: bytes, tmp_path: Path) -> None:
    book = workbook([["id", "name"], [1, "a"]])
    kind = b"<!DOCTYPE x [<!ENTITY e 'e'>]>"
    is_real = not hidden.startswith(b"<!--")
    book = changed(book, SHEET, b"<worksheet", hidden % kind + b"<worksheet")
    assert bool(found(tmp_path, book)) is is_real


def test_starts_of_rows_without_an_end_take_linear_time() -> None:
    """If the search went back for each of them, this would take more than an hour."""
    assert _last_row(b"<row " * 200_000, 0) == 0
