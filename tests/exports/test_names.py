"""Names that a format adds, or that it cannot have: nothing of the table is lost under them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shieldtalks.exports.names import file_names
from shieldtalks.tabular.package.paths import improper
from tests.support import MakePackage, Run

#: Names that a format could add by itself, as fields of a table.
OWN = ["table", "tables", "package", "_package", "_table", "@id", "@type", "rowid", "row", "name"]
ROW = {name: f"v{number}" for number, name in enumerate(OWN)}


@pytest.fixture
def own_names(make_package: MakePackage) -> Path:
    """A table whose fields have the names that formats add."""
    text = ",".join(OWN) + "\n" + ",".join(ROW.values()) + "\n"
    return make_package(text, [{"name": name, "type": "string"} for name in OWN])


def described(folder: Path, names: list[str], fields: list[str] | None = None) -> Path:
    """A package of tables with these names."""
    resources = []
    for number, name in enumerate(names):
        (folder / f"{number}.csv").write_text(f"{','.join(fields or ['a'])}\n1\n", "utf-8")
        schema = {"fields": [{"name": field, "type": "string"} for field in fields or ["a"]]}
        resources.append({"name": name, "path": f"{number}.csv", "schema": schema})
    text = json.dumps({"name": "named", "resources": resources})
    (folder / "datapackage.json").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("least", [10**9, 1], ids=["python", "duckdb"])
def test_json_lines_keep_a_field_called_table(
    least: int, own_names: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shieldtalks.tabular.engine.BULK", least)
    result = run("export", "jsonl", own_names, "-o", tmp_path / "out.jsonl", code=0)
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {"__table": "things"} | ROW
    assert 'the name of the table is under "__table"' in result.stderr


def test_one_key_for_all_lines(tmp_path: Path, run: Run) -> None:
    described(tmp_path, ["one", "two"])
    (tmp_path / "1.csv").write_text("Table\n1\n", "utf-8")
    descriptor = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][1]["schema"]["fields"][0]["name"] = "Table"
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    lines = run("export", "jsonl", tmp_path, "-o", "-", code=0).stdout.splitlines()
    assert [json.loads(line)["_table"] for line in lines] == ["one", "two"]
    lines = run(
        "export", "jsonl", tmp_path, "--table", "one", "-o", "-", code=0
    ).stdout.splitlines()
    assert [json.loads(line)["table"] for line in lines] == ["one"]


def test_json_and_sqlite_keep_all_fields(own_names: Path, run: Run, tmp_path: Path) -> None:
    document = json.loads(run("export", "json", own_names, "-o", "-", code=0).stdout)
    assert document["tables"] == {"things": [ROW]}
    run("export", "sqlite", own_names, "-o", tmp_path / "out.sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        found = database.execute("SELECT * FROM things")
        columns = [column[0] for column in found.description]
        assert [dict(zip(columns, row, strict=True)) for row in found] == [ROW]


def test_sqlite_keeps_a_table_called_as_its_own(tmp_path: Path, run: Run) -> None:
    described(tmp_path, ["_package", "_PACKAGE_", "clock", "ledger"])
    options = ("--no-validate", "-o", tmp_path / "out.sqlite")
    result = run("export", "sqlite", tmp_path, *options, code=0)
    assert 'the descriptor is in "_package__"' in result.stderr
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        for name in ("_package", "_PACKAGE_", "clock", "ledger"):
            assert database.execute(f"SELECT a FROM {name}").fetchall() == [("1",)]
        assert database.execute("SELECT name FROM _package__").fetchall() == [("named",)]


def test_a_table_called_as_a_view_is_kept_and_the_views_are_named(
    package: Path, tmp_path: Path, run: Run
) -> None:
    (package / "ledger.csv").write_text("a\n1\n", "utf-8")
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    schema = {"fields": [{"name": "a", "type": "string"}]}
    descriptor["resources"].append({"name": "ledger", "path": "ledger.csv", "schema": schema})
    file.write_text(json.dumps(descriptor), "utf-8")
    target = tmp_path / "out.sqlite"
    result = run("export", "sqlite", package, "--no-validate", "-o", target, code=0)
    assert (
        "the views are left out, because a table has the name of one of them: ledger"
        in result.stderr
    )
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("SELECT a FROM ledger").fetchall() == [("1",)]


def test_two_indexes_never_have_one_name(tmp_path: Path, run: Run) -> None:
    fields = [{"name": name, "type": "string"} for name in ("a", "b", "a_and_b")]
    keys = [
        {"fields": own, "reference": {"resource": "t", "fields": to}}
        for own, to in ((["a", "b"], ["a", "b"]), (["a_and_b"], ["a_and_b"]))
    ]
    schema = {"fields": fields, "uniqueKeys": [["a", "b"], ["a_and_b"]]}
    resources = [
        {"name": "t", "path": "t.csv", "schema": schema},
        {"name": "u", "path": "t.csv", "schema": {"fields": fields, "foreignKeys": keys}},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    (tmp_path / "t.csv").write_text("a,b,a_and_b\n1,2,3\n", "utf-8")
    run("export", "sqlite", tmp_path, "-o", tmp_path / "out.sqlite", code=0)
    with closing(sqlite3.connect(tmp_path / "out.sqlite")) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%'")
        assert sorted(found) == [("u_by_a_and_b",), ("u_by_a_and_b_",)]


def test_a_column_with_the_name_of_a_label_stays(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    coded = {"type": "string", "categories": [{"value": "x", "label": "Ex"}]}
    fields: list[dict[str, Any]] = [
        {"name": "a", **coded},
        {"name": "a_Label", "type": "string"},
        {"name": "a_label_", "type": "string"},
    ]
    package = make_package("a,a_Label,a_label_\nx,own,other\n", fields)
    text = run("export", "jsonl", package, "--labels", "-o", "-", code=0).stdout
    row = {"a": "x", "a_label__": "Ex", "a_Label": "own", "a_label_": "other"}
    assert json.loads(text) == {"table": "things"} | row


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sqlite", "parquet", "xlsx"])
def test_two_tables_of_one_name_are_refused(form: str, tmp_path: Path, run: Run) -> None:
    described(tmp_path, ["t", "t"])
    target = tmp_path / f"out{'.xlsx' if form == 'xlsx' else ''}"
    result = run("export", form, tmp_path, "--no-validate", "-o", target, code=2)
    assert 'two tables have the name "t"' in result.stderr


#: Names of tables that are one file on some disk, or no file on some system.
AWKWARD = ["T", "t", "\u00e9", "e\u0301", "con", "a:b", "a?b", "a_b", "end.", ".hidden", "x" * 300]


@pytest.mark.parametrize("form", ["parquet", "croissant"])
def test_each_table_has_a_file_on_every_disk(form: str, tmp_path: Path, run: Run) -> None:
    described(tmp_path, AWKWARD)
    run("export", form, tmp_path, "--no-validate", "-o", tmp_path / "out", code=0)
    files = [file for file in (tmp_path / "out").rglob("*") if file.suffix in (".csv", ".parquet")]
    assert len({file.name.casefold() for file in files}) == len(AWKWARD)
    assert not [
        file for file in files if file.stem.casefold() == "con" or set(file.stem) & set(":?")
    ]


@given(st.lists(st.text(min_size=1), unique=True))
def test_names_of_files_are_different_everywhere(names: list[str]) -> None:
    found = file_names(names)
    assert list(found) == names
    assert len({file.casefold() for file in found.values()}) == len(names)
    assert all(improper(f"{file}.csv") is None and "/" not in file for file in found.values())
    assert all(len(file.encode("utf-8", "surrogatepass")) <= 200 for file in found.values())
    again = file_names(list(found.values()))
    assert all(name == file for name, file in again.items())
