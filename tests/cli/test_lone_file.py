"""A table file without a descriptor: its shape is checked, or its cells against a Table Schema."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from shieldtalks.tabular.package.lone import read
from tests.support import Run

SCHEMA = {
    "fields": [
        {"name": "river", "type": "string", "constraints": {"unique": True}},
        {"name": "length", "type": "integer"},
    ]
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a schema, which is the current one."""
    monkeypatch.chdir(tmp_path)
    Path("rivers.schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    return tmp_path


def lone(name: str, text: str | bytes) -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_the_shape_of_a_file_is_checked(run: Run) -> None:
    lone("rivers.csv", "river,length\nTella,112\nOstra\n")
    result = run("validate", "rivers.csv", code=1)
    first, *_ = result.stdout.splitlines()
    assert first == "rivers.csv:3: missing-cell: the row has 1 cell, 1 too few (missing: length)"
    assert result.stderr.splitlines() == [
        "checking rivers.csv, its shape only, cells separated by commas",
        "not valid: 1 error in 1 table, 2 rows",
        "To write a descriptor for it, run: shieldtalks describe rivers.csv -o datapackage.json",
    ]


@pytest.mark.parametrize("name", ["rivers.csv", "rivers.json"])
def test_each_column_of_a_header_has_a_name_of_its_own(name: str, run: Run) -> None:
    rows = [["river", "length", "", "river"], ["Tella", "112", "", "x"]]
    text = "".join(",".join(row) + "\n" for row in rows)
    lone(name, text if name.endswith(".csv") else json.dumps(rows))
    result = run("validate", name, code=1)
    assert [line.partition(": ")[2] for line in result.stdout.splitlines()[:2]] == [
        'header: the column "river" appears more than once',
        "header: column 3 has no name",
    ]
    assert "Give each column a name of its own." in result.stdout
    result = run("validate", name, "--split", "apart", code=2)
    assert "cannot be split: its header lacks a name, or has one twice" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "place\nBerlin, Mitte\nHamburg, Altona\nKöln, Altstadt\n",
        "note\nThe river rose, and the boats left\nNobody knew, not even he\nIt rained, so we stayed\n",
    ],
)
def test_the_comma_of_a_sentence_is_no_delimiter(text: str, run: Run) -> None:
    result = run("validate", lone("places.csv", text), code=0)
    assert "the shape is valid: 1 table, 3 rows, no findings" in result.stderr


def test_a_blank_first_line_is_no_header(run: Run) -> None:
    result = run("validate", lone("rivers.csv", "\nriver,length\nTella,112\n"), code=1)
    assert "Write the names of the columns into the first line." in result.stdout


def test_a_file_without_a_schema_is_never_called_valid(run: Run) -> None:
    result = run("validate", lone("my rivers.csv", "river,length\nTella,long\n"), code=0)
    assert "\nthe shape is valid: 1 table, 1 row, no findings\n" in result.stderr
    assert "shieldtalks describe 'my rivers.csv'" in result.stderr


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_schema_checks_the_cells(engine: str, run: Run) -> None:
    lone("rivers.csv", "river,length\nTella,112\nTella,long\n")
    options = ("--schema", "rivers.schema.json", "--engine", engine)
    result = run("validate", "rivers.csv", *options, code=1)
    assert [line for line in result.stdout.splitlines() if line.startswith("rivers")] == [
        'rivers.csv:3: unique: river: "Tella" is already used on line 2',
        'rivers.csv:3: type: length: "long" is not an integer',
    ]
    assert "checking rivers.csv against rivers.schema.json" in result.stderr
    assert "describe" not in result.stderr


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "river;length\nTella;1,5\nOstra;2,5\n", "semicolons"),
        ("a.tsv", "river\tnote\nTella\ta,b,c\n", "tabs"),
        ("a.tab", "river\tnote\nTella\ta,b,c\n", "tabs"),
        ("a.txt", "river|note\nTella|a, b\n", "vertical bars"),
        ("a.txt", "river\tnote\nTella\ta;b\n", "tabs"),
        ("a.csv", "river\nTella\n", "commas"),
        ("a.csv", "river,length\nTella,1;2\n", "commas"),
        ("a.csv", "river;a,b\nTella;1\n", "semicolons"),
        ("a.csv", "", "commas"),
    ],
)
def test_the_delimiter_is_found_and_stated(name: str, text: str, words: str, run: Run) -> None:
    result = run("validate", lone(name, text))
    assert f"cells separated by {words}\n" in result.stderr
    assert result.exit_code == (0 if text else 1)


def test_the_schema_helps_to_find_the_delimiter(run: Run) -> None:
    # Without the schema, two commas in each row would win over one semicolon.
    lone("rivers.csv", "river;length\nTella;1\n")
    run("validate", "rivers.csv", "--schema", "rivers.schema.json", code=0)


def test_other_encodings_that_state_themselves(run: Run) -> None:
    run("validate", lone("a.csv", "river;length\nÉra;1\n".encode("utf-16")), code=0)
    marked = run("validate", lone("b.csv", "river;length\nÉra;1\n".encode("utf-8-sig")), code=0)
    assert "b.csv:1: warning: bom" in marked.stdout
    latin = run("validate", lone("c.csv", "river;length\nÉra;1\n".encode("latin-1")), code=1)
    assert "c.csv:2: encoding: byte 0xC9" in latin.stdout
    assert "fmt" not in marked.stdout + latin.stdout


def test_several_files_and_every_format(run: Run) -> None:
    lone("a.csv", "river,length\nTella,1\n")
    lone("b.csv", "river,length\nTella,x\n")
    options = ("--schema", "rivers.schema.json", "--format")
    several = json.loads(run("validate", "a.csv", "b.csv", *options, "json", code=1).stdout)
    assert [len(report["findings"]) for report in several] == [0, 1]
    found = several[1]["findings"][0]
    assert (found["file"], found["table"], found["line"]) == ("b.csv", "b", 2)
    for form in ("junit", "github", "sarif"):
        assert "b.csv" in run("validate", "a.csv", "b.csv", *options, form, code=1).stdout


def test_a_fault_of_the_schema_is_a_finding_in_its_file(run: Run) -> None:
    lone("rivers.csv", "river,length\nTella,1\n")
    schema = {"fields": [{"name": "river"}, {"name": "length", "type": "integr"}]}
    Path("odd.json").write_text(json.dumps(schema, indent=1), "utf-8")
    result = run("validate", "rivers.csv", "--schema", "odd.json", code=2)
    assert result.stdout.startswith("odd.json:8: ")


def test_a_foreign_key_to_another_table_cannot_be_checked(run: Run) -> None:
    lone("rivers.csv", "river,length\nTella,1\n")
    reference = {"resource": "seas", "fields": ["name"]}
    keys = {"foreignKeys": [{"fields": ["river"], "reference": reference}]}
    Path("s.json").write_text(json.dumps(SCHEMA | keys), "utf-8")
    result = run("validate", "rivers.csv", "--schema", "s.json", code=2)
    assert '"seas", but only this file is checked' in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.csv", "--schema", "none.json"), "the schema none.json cannot be read"),
        (("a.csv", "--schema", "a.csv"), "a.csv:1: "),
        (("a.csv", "--schema", "datapackage.json"), "is the descriptor of a package"),
        (("a.csv", "--schema", "list.json"), "the schema is a list"),
        ((".", "--schema", "rivers.schema.json"), "is a package, and --schema is for a file"),
        (("--schema", "rivers.schema.json"), "--schema is for a file without a descriptor"),
        (("a.csv", "--reference"), "--reference needs a package"),
        (("a.csv", "-o", "a.csv", "--force"), "which this command reads"),
    ],
)
def test_use_that_cannot_work_is_refused_in_words(
    arguments: tuple[str, ...], words: str, run: Run
) -> None:
    lone("a.csv", "river,length\nTella,1\n")
    Path("list.json").write_text("[1]", "utf-8")
    entry = {"name": "a", "path": "a.csv", "schema": SCHEMA}
    Path("datapackage.json").write_text(json.dumps({"name": "p", "resources": [entry]}), "utf-8")
    result = run("validate", *arguments, code=2)
    assert words in result.stderr
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) <= 3  # what is checked, what is wrong, the next step


def test_a_file_that_is_not_there_or_no_file(run: Run, tmp_path: Path) -> None:
    absent = run("validate", "none.csv", code=2).stdout
    assert absent.startswith("none.csv: file: the file cannot be read (No such file")
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv/datapackage.json" in run("validate", "folder.csv", code=2).stdout


def test_a_link_and_a_hidden_file_are_read_when_they_are_named(run: Run, tmp_path: Path) -> None:
    lone(".rivers.csv", "river,length\nTella,1\n")
    run("validate", ".rivers.csv", code=0)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "link.csv").symlink_to(tmp_path / ".rivers.csv")
    run("validate", "inner/link.csv", code=0)


ROWS = [{"river": "Tella", "length": 1}, {"river": "Ostra", "length": "long"}]


@pytest.mark.parametrize(
    "name", ["rivers.jsonl", "rivers.ndjson", "rivers.json", "rivers.jsonl.gz"]
)
def test_rows_in_json(name: str, run: Run) -> None:
    lines = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    text = json.dumps(ROWS) if name.endswith(".json") else lines
    lone(name, gzip.compress(text.encode()) if name.endswith(".gz") else text)
    found = run("validate", name, "--schema", "rivers.schema.json", code=1)
    assert '"long" is not an integer' in found.stdout
    assert found.stderr.startswith(f"checking {name} against rivers.schema.json\n")
    assert "the shape is valid: 1 table, 2 rows" in run("validate", name, code=0).stderr
    run("validate", name, "--schema", "rivers.schema.json", "--split", "rows", code=1)
    assert Path("rows/good/rivers.csv").read_text("utf-8") == "river,length\nTella,1\n"
    run("validate", "rows/good", code=0)


def test_a_compressed_file(run: Run) -> None:
    lone("rivers.csv.gz", gzip.compress(b"river;length\nTella;1\nOstra;x\n"))
    found = run("validate", "rivers.csv.gz", "--schema", "rivers.schema.json", code=1)
    assert "cells separated by semicolons" in found.stderr
    assert found.stdout.startswith("rivers.csv.gz:3: type: ")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id;name\n" + "1.5,2.5;1.5,2.5\n" * 9, ";"),
        ("river;length\nTella;1,5\nOstra;2,5\n", ";"),
        ("Rivers, by length\nriver;length\nTella;112\nOstra;90\nUlm;7\n", ";"),
        ("river\tnote\nTella\ta, b\nOstra\tc, d\n", "\t"),
        ("river|length\nTella|1;2\n", "|"),
        ("river,note\nTella,x|y\nOstra,z|y\n", ","),
    ],
)
def test_validate_and_describe_find_the_same_delimiter(text: str, delimiter: str, run: Run) -> None:
    (found,) = read(Path(lone("rivers.csv", text))).bare
    assert found.descriptor["dialect"] == {"delimiter": delimiter}
    described = json.loads(run("describe", "rivers.csv", code=0).stdout)
    assert described["resources"][0]["dialect"]["delimiter"] == delimiter


def zipped(name: str, **files: str) -> str:
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, text in files.items():
            archive.writestr(inner.replace("_", "."), text)
    return name


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_zip_of_one_table_is_a_file(engine: str, run: Run) -> None:
    name = zipped("rivers.csv.zip", rivers_csv="river;length\nTella;112\nOstra;long\n")
    assert "the shape is valid: 1 table, 2 rows" in run("validate", name, code=0).stderr
    options = ("--schema", "rivers.schema.json", "--engine", engine)
    result = run("validate", name, *options, code=1)
    assert result.stdout.startswith('rivers.csv.zip:3: type: length: "long" is not an integer'), (
        result.stdout
    )
    assert "cells separated by semicolons" in result.stderr


def test_a_text_beside_the_table_in_a_zip_is_not_a_table(run: Run) -> None:
    name = zipped("bag.zip", README_txt="Rivers", rivers_json='[{"river": "Tella"}]')
    assert "the shape is valid: 1 table, 1 row" in run("validate", name, code=0).stderr


@pytest.mark.parametrize(
    "files",
    [
        {"a_csv": "n\n1\n", "b_csv": "n\n1\n"},
        {"a_csv": "n\n1\n", "datapackage_yaml": "resources: []"},
        {"a_json": "{}"},
        {},
    ],
)
def test_any_other_zip_is_a_package(files: dict[str, str], run: Run) -> None:
    result = run("validate", zipped("bag.zip", **files), code=2)
    assert "the archive contains no datapackage.json" in result.stdout


def test_a_zip_with_a_table_and_a_descriptor_is_a_package(run: Run) -> None:
    descriptor = {"name": "rivers", "resources": [{"name": "a", "path": "a.csv"}]}
    files = {"a_csv": "n\n1\n", "datapackage_json": json.dumps(descriptor)}
    result = run("validate", zipped("bag.zip", **files), code=0)
    assert result.stderr.startswith("checking rivers")


def test_a_damaged_zip_is_not_a_file_with_rows(run: Run) -> None:
    result = run("validate", lone("rivers.csv.zip", b"PK\x03\x04 and no more"), code=2)
    assert "the file is not a zip archive, or it is damaged" in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "separated"),
    [
        ("rivers.psv", "river|length\nTella|112\n", "vertical bars"),
        ("rivers.dat", "river;length\nTella;112\n", "semicolons"),
        ("rivers.csv", "river^length\nTella^112\nOstra^7\n", "carets"),
        ("rivers.txt", "river length sea\nTella 112 no\nOstra 7 no\n", "blanks"),
    ],
)
def test_rarer_files_and_delimiters(name: str, text: str, separated: str, run: Run) -> None:
    result = run("validate", lone(name, text), code=0)
    assert f"cells separated by {separated}\nthe shape is valid: 1 table" in result.stderr


def test_a_schema_decides_about_a_rare_delimiter(run: Run) -> None:
    options = ("--schema", "rivers.schema.json")
    result = run("validate", lone("rivers.csv", "river^length\nTella, a^112\n"), *options, code=0)
    assert "cells separated by carets" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("book.ods", b"PK\x03\x04", "Save it as .xlsx or .csv."),
        ("book.xls", b"\xd0\xcf\x11\xe0", "Save it as .xlsx or .csv."),
        ("table", b"a,b\n1,2\n", "If it is a table, save it as .csv."),
        ("rows.json", b'{"rows": []}', "write its descriptor with: shieldtalks describe"),
    ],
)
def test_a_file_that_is_not_read_is_told_the_next_step(
    name: str, content: bytes, hint: str, run: Run
) -> None:
    assert hint in run("validate", lone(name, content), code=2).stdout


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("name", ["sqlite_master.csv", "Sqlite_x.csv", "main.csv", 'a"b.csv'])
def test_a_file_may_have_any_name(name: str, engine: str, run: Run) -> None:
    options = ("--schema", "rivers.schema.json", "--engine", engine)
    result = run("validate", lone(name, "river,length\nTella,x\n"), *options, code=1)
    assert f'{name}:2: type: length: "x" is not an integer' in result.stdout
