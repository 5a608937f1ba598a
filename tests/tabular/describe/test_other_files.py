"""Files that are not delimited text: JSON Lines, JSON, workbooks, and those that are left out."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.describe import Description, describe
from shieldtalks.tabular.findings import CannotRun
from tests.support.bare import faults, field, said, table

ROWS: list[dict[str, Any]] = [
    {
        "id": f"prt-{i:03d}",
        "depth": i / 2,
        "berths": i,
        "open": i % 2 == 0,
        "tags": ["a", i],
        "mixed": i or "x",
    }
    for i in range(25)
]


def lines(rows: list[Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_json_lines(tmp_path: Path) -> None:
    (tmp_path / "ports.jsonl").write_text(
        lines([*ROWS, {"id": "prt-099", "depth": None, "since": "1850"}])
    )
    found = describe(tmp_path)
    assert table(found, "ports")["format"] == "jsonl"
    kinds = {name: field(found, name, "ports")["type"] for name in (*ROWS[0], "since")}
    assert kinds == {
        "id": "string",
        "depth": "number",
        "berths": "integer",
        "open": "boolean",
        "tags": "array",
        "mixed": "any",
        "since": "string",  # a text in the file, beside numbers
    }
    assert table(found, "ports")["schema"]["primaryKey"] == ["id"]
    assert table(found, "ports")["schema"]["fieldsMatch"] == ["superset"]
    assert any("1 object has not the same keys" in guess.evidence for guess in found.guesses)
    assert faults(found) == []


def test_lists_of_json(tmp_path: Path) -> None:
    (tmp_path / "ports.jsonl").write_text(lines([["id", "n"], ["a", 1], ["b", 2.50]]))
    found = describe(tmp_path)
    assert [entry["name"] for entry in table(found, "ports")["schema"]["fields"]] == ["id", "n"]
    assert field(found, "n", "ports")["type"] == "number"
    assert faults(found) == []


def test_a_json_file_with_a_list_of_rows(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text(json.dumps(ROWS))
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "settings.json").write_text('{"a": 1}')
    found = describe(tmp_path)
    assert table(found, "ports")["format"] == "json"
    assert faults(found) == []
    assert found.left_out == [("settings.json", "it contains no list of rows")]


@pytest.mark.parametrize(("more", "expected"), [(7, "string"), ("7", "integer")])
def test_digits_in_texts_are_texts_beside_numbers(
    more: object, expected: str, tmp_path: Path
) -> None:
    rows = [{"line": "10", "seen": "2020-01-31", "n": more}, {"line": "12", "seen": "2020-02-01"}]
    (tmp_path / "stops.json").write_text(json.dumps(rows))
    found = describe(tmp_path)
    assert field(found, "line", "stops")["type"] == expected
    assert field(found, "seen", "stops")["type"] == "date"
    assert faults(found) == []


def test_a_few_booleans_among_marks_are_no_texts(tmp_path: Path) -> None:
    rows = [{"n": n, "open": True if n == 3 else "-"} for n in range(20)]
    (tmp_path / "ports.json").write_text(json.dumps(rows))
    found = describe(tmp_path)
    assert field(found, "open", "ports")["type"] == "any"
    types = [
        guess.value for guess in found.guesses if (guess.field, guess.about) == ("open", "type")
    ]
    assert "boolean" not in types
    assert faults(found) == []


def test_the_name_of_a_table_is_one_of_version_1_if_it_can_be(tmp_path: Path) -> None:
    for name in ("Übersicht é", "Übersicht", "реки"):
        (tmp_path / f"{name}.csv").write_text("a,b\nx,1\n")
    assert set(describe(tmp_path).rows) == {"ubersicht-e", "ubersicht", "реки"}


def test_the_lists_of_rows_in_a_json_file(tmp_path: Path) -> None:
    ships = [["ship", "crew"], ["Ada", 5], ["Bea", 7]]
    content = {"made": "2020", "ports": ROWS, "more": {"ships": ships}, "empty": [], "n": [1, 2]}
    (tmp_path / "all.json").write_text(json.dumps(content))
    (tmp_path / "one.json").write_text(json.dumps({"rows": ROWS}))
    found = describe(tmp_path)
    places = {
        entry["name"]: entry["dialect"]["property"] for entry in found.descriptor["resources"]
    }
    assert places == {"ports": "ports", "ships": "more.ships", "one": "rows"}
    assert field(found, "crew", "ships")["type"] == "integer"
    assert faults(found) == []


def test_very_many_lists_of_rows_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({f"k{n}": [{"a": n}] for n in range(101)}))
    with pytest.raises(CannotRun, match="it has 101 lists of rows"):
        describe(tmp_path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"a": 1}\n{"a": \n', "line 2 is not valid JSON"),
        ("1\n2\n", "its rows are not all objects, or all lists"),
        ('{"a": 1}\n[1]\n', "its rows are not all objects, or all lists"),
        ("[" * 100_000, "line 1 is not valid JSON"),
        ("", "it is empty"),
        (
            '{"a": 1, "A": 2}\n',
            'the keys "a" and "A" differ only in upper and lower case: rename one',
        ),
        ('{"": 1}\n', "its objects have a key without letters"),
    ],
)
def test_broken_json(content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(CannotRun, match=why):
        describe(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Description:
    """The description of a workbook with two sheets, of which one has a title, and an empty one."""
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    ports = made.active
    ports.title = "Ports"
    ports.append(["Ports of the north, 2020"])
    ports.append([])
    ports.append(["port_id", "opened", "seen", "depth", "code", "open"])
    for i in range(25):
        row = [
            f"prt-{i:02d}",
            date(1900 + i, 1, 2),
            datetime(2020, 1, 1, i % 24),
            i / 2,
            f"{i:03d}",
        ]
        ports.append([*row, i % 2 == 0])
    ships = made.create_sheet("Ships")
    ships.append(["ship", "port_id", "crew"])
    for i in range(30):
        ships.append([f"Ship {i}", f"prt-{i % 9:02d}", i])
    made.create_sheet("Nothing")
    made.save(tmp_path / "book.xlsx")
    return describe(tmp_path)


@pytest.mark.slow
def test_a_workbook(book: Description) -> None:
    ports, ships = table(book, "ports"), table(book, "ships")
    assert len(book.descriptor["resources"]) == 2
    assert ports["dialect"] == {"sheetName": "Ports", "headerRows": [3]}
    assert ships["dialect"] == {"sheetName": "Ships"}
    kinds = [entry["type"] for entry in ports["schema"]["fields"]]
    assert kinds == ["string", "date", "datetime", "number", "string", "boolean"]
    assert ships["schema"]["foreignKeys"] == [
        {"fields": ["port_id"], "reference": {"resource": "ports", "fields": ["port_id"]}}
    ]
    assert book.rows == {"ports": 25, "ships": 30}
    assert faults(book) == []


@pytest.mark.parametrize("ending", ["csv.gz", "csv.zip"])
def test_a_compressed_file(ending: str, tmp_path: Path) -> None:
    content = "id;depth;seen\n" + "".join(
        f"prt-{i:02d};{i},5;{i + 1:02d}.01.2020\n" for i in range(30)
    )
    file = tmp_path / f"ports.{ending}"
    if ending.endswith("gz"):
        file.write_bytes(gzip.compress(content.encode()))
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("ports.csv", content)
    found = describe(tmp_path)
    assert table(found, "ports")["path"] == file.name
    assert table(found, "ports")["schema"]["primaryKey"] == ["id"]
    assert field(found, "depth", "ports")["decimalChar"] == ","
    assert faults(found) == []


@pytest.mark.slow
def test_a_parquet_file(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    days = [date(2020, 1, 1 + i) for i in range(25)]
    columns = {
        "id": [f"prt-{i:02d}" for i in range(25)],
        "seen": days,
        "depth": [i / 2 for i in range(25)],
    }
    parquet.write_table(arrow.table({**columns, "berths": range(25)}), tmp_path / "ports.parquet")
    found = describe(tmp_path)
    kinds = [entry["type"] for entry in table(found, "ports")["schema"]["fields"]]
    assert kinds == ["string", "date", "number", "integer"]
    assert faults(found) == []


@pytest.mark.parametrize("ending", ["json.gz", "jsonl.gz", "json.zip", "ndjson.zip"])
def test_compressed_json(ending: str, tmp_path: Path) -> None:
    content = lines(ROWS) if ending.startswith(("jsonl", "ndjson")) else json.dumps(ROWS)
    file = tmp_path / f"ports.{ending}"
    if ending.endswith("gz"):
        file.write_bytes(gzip.compress(content.encode()))
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(file.stem, content)
    found = describe(tmp_path)
    assert table(found, "ports")["path"] == file.name
    assert field(found, "depth", "ports")["type"] == "number"
    assert found.rows == {"ports": 25}
    assert faults(found) == []


def test_files_that_are_not_described(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("n,m\n1,2\n")
    for name in ("b.csv.gz", "c.xls", "d.feather", "e.xlsx", "f.zip", "g.xlsx.gz"):
        (tmp_path / name).write_bytes(b"\0\0\0\0")
    pytest.importorskip("openpyxl")
    left = dict(describe(tmp_path).left_out)
    assert "is not a gzip file, or it is damaged" in left.pop("b.csv.gz")
    assert left == {
        "c.xls": "save it as .xlsx or .csv",
        "d.feather": "export it as .csv",
        "e.xlsx": "the file is not a workbook, or it is damaged (File is not a zip file)",
        "f.zip": "it is not a zip archive, or it is damaged",
        "g.xlsx.gz": "it is compressed, and neither text nor JSON by its name: unpack it",
    }


def test_the_tables_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("data/ports.csv", "port;n\n" + "".join(f"prt-{n};{n}\n" for n in range(9)))
        archive.writestr(
            "ships.jsonl", "".join(f'{{"ship": "s{n}", "port": "prt-{n}"}}\n' for n in range(5))
        )
        archive.writestr("README.txt", "Ports, and their ships")
        archive.writestr("empty.csv", "")
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        archive.writestr("ports.csv", "a,b\n1,2\n")
        archive.writestr("datapackage.json", "{}")
    found = describe(tmp_path)
    places = {entry["name"]: entry["innerpath"] for entry in found.descriptor["resources"]}
    assert places == {"ports": "data/ports.csv", "ships": "ships.jsonl"}
    assert table(found, "ships")["schema"]["foreignKeys"][0]["reference"]["resource"] == "ports"
    assert dict(found.left_out) == {
        "all.zip": '"empty.csv" in it: it is empty, or not a text file',
        "package.zip": "it is a data package, which has a descriptor",
    }
    assert faults(found) == []


def test_files_of_a_zip_are_not_called_parts_of_one_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, f"port;n\n{name};1\n")
    assert said(describe(tmp_path), "path") == ""


def test_formulas_without_results_are_said(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["ship", "twice"], ["Ada", "=1*2"], ["Bea", "=2*2"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsm")
    found = describe(tmp_path)
    evidence = [guess.evidence for guess in found.guesses if guess.about == "rows"]
    assert evidence[0].startswith("2 cells of the first rows are formulas without a stored result")


def test_a_hidden_sheet_is_said(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["ship", "crew"])
    book.active.append(["Ada", 5])
    codes = book.create_sheet("codes")
    codes.append(["code", "label"])
    codes.append([1, "x"])
    codes.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    assert 'the sheet "codes" is hidden in Excel' in said(describe(tmp_path), "note")


def test_an_empty_workbook_is_said(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    (tmp_path / "~$book.xlsx").write_bytes(b"the file of Excel beside an open workbook")
    with pytest.raises(CannotRun, match=r"book\.xlsx: its sheets have no cells\n"):
        describe(tmp_path)


def test_durations_and_errors_of_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["ship", "took", "crew"])
    for n in range(1, 5):
        book.active.append([f"Ship {n}", timedelta(hours=20 * n), n if n > 1 else "#REF!"])
    book.save(tmp_path / "trips.xlsx")
    found = describe(tmp_path)
    assert field(found, "took", "trips")["type"] == "duration"
    assert field(found, "crew", "trips")["missingValues"] == ["", "#REF!"]
    assert faults(found) == []


def test_columns_that_are_aligned_with_blanks_are_said(tmp_path: Path) -> None:
    text = "river   length\nTella      112\nOstra        7\n"
    (tmp_path / "rivers.txt").write_text(text)
    with pytest.raises(CannotRun, match="its columns seem to be aligned with blanks: save it"):
        describe(tmp_path)
    found = describe(tmp_path / "rivers.txt")
    assert "if its columns are aligned with blanks" in said(found, "delimiter")


def test_a_text_of_one_column_is_a_table_if_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("value\n1\n2\n")
    with pytest.raises(CannotRun, match="name the file if it is a table of one column"):
        describe(tmp_path)
    assert field(describe(file), "value", "numbers")["type"] == "integer"


def test_a_workbook_with_a_document_type_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<!DOCTYPE x><worksheet/>")
    with pytest.raises(CannotRun, match="contains a document type"):
        describe(tmp_path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "a zip archive or a workbook"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "a gzip file: give it the ending .csv.gz"),
        (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n", "a PDF document"),
        (b"<!DOCTYPE html>\n<html><body></body></html>\n", "a document of HTML or XML"),
        (b'<?xml version="1.0"?>\n<rows/>\n', "a document of HTML or XML"),
        (b'[{"a": 1, "b": 2},\n{"a": 2, "b": 3}]\n', "JSON: give it the ending .json or .jsonl"),
        (b'{"a": 1}\n{"a": 2}\n', "JSON: give it the ending .json or .jsonl"),
        (b"version 1\noid sha256:4d7a21\nsize 7\n", "a pointer of Git LFS"),
    ],
    ids=["zip", "gzip", "pdf", "html", "xml", "json", "jsonl", "lfs"],
)
def test_a_file_of_another_kind_is_no_table(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CannotRun, match=f"by its first bytes, it is {what}"):
        describe(tmp_path)


def test_objects_in_the_cells_of_a_file_without_header_are_no_json(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('{"a": 1};x\n{"a": 2};y\n')
    assert "a" in describe(tmp_path).rows


@pytest.mark.parametrize("name", ["ports.jsonl", "ports.json"])
@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_json_in_another_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    rows = [{"port": "Lübeck", "n": 1}, {"port": "Köln", "n": 2}]
    made = [json.dumps(row, ensure_ascii=False) for row in rows]
    text = "\n".join(made) + "\n" if name.endswith("l") else f"[{', '.join(made)}]"
    (tmp_path / name).write_bytes(text.encode(encoding))
    found = describe(tmp_path)
    assert table(found, "ports")["encoding"] == encoding
    assert faults(found) == []


def test_a_list_of_numbers_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"columns": ["id", "n"], "data": [[1, "a"], [2, "b"]]}')
    with pytest.raises(CannotRun, match="it contains no list of rows"):
        describe(tmp_path)
    (tmp_path / "a.json").write_text('[[1, "a"], [2, "b"]]')
    assert "read as the names of the columns, but it has 1" in said(describe(tmp_path), "note")


def test_codes_of_which_some_are_numbers_have_no_type(tmp_path: Path) -> None:
    rows = [{"plz": "01067", "n": 1}, {"plz": 10115, "n": 2}, {"plz": 80331, "n": 3}]
    (tmp_path / "ports.json").write_text(json.dumps(rows))
    found = describe(tmp_path)
    assert field(found, "plz", "ports")["type"] == "any"
    assert "begin with a zero, as codes do, and other cells are numbers" in said(found, "type")
