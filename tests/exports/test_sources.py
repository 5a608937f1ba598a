"""Every export, `diff`, `fmt`, `info` and frames read tables of every source."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shieldtalks.record.checking import validate
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables.frames import frame
from shieldtalks.tabular.tables.rows import rows, unchanged
from tests.support import EXAMPLES, Run
from tests.support.sources import package_of, schema_of

#: One good example of each source.
SOURCES = ("json", "jsonl", "xlsx", "xlsx-sheets", "parquet", "inline-objects", "compressed")


def values(folder: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table of a package."""
    return {table.name: list(rows(table)) for table in read(folder).resources}


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES)
def test_csv_is_a_package_with_the_same_rows(source: str, run: Run, tmp_path: Path) -> None:
    folder, target = EXAMPLES / "good" / source, tmp_path / "out"
    assert run("export", "csv", folder, "-o", target).exit_code == 0
    assert validate(target).findings == []
    assert values(target) == values(folder)
    changes = json.loads(run("diff", folder, target, "--format", "json").stdout)["changes"]
    assert {change["kind"] for change in changes} <= {
        *("table-moved", "metadata-changed", "file-rewritten", "reading-changed")
    }


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("form", ["json", "jsonl", "sqlite", "xlsx", "parquet", "croissant"])
@pytest.mark.slow
def test_every_format(source: str, form: str, run: Run, tmp_path: Path) -> None:
    target = tmp_path / {"sqlite": "out.db", "xlsx": "out.xlsx", "json": "out.json"}.get(
        form, "out"
    )
    target = target.with_suffix(".jsonl") if form == "jsonl" else target
    result = run("export", form, EXAMPLES / "good" / source, "-o", target)
    assert result.exit_code == 0, result.stderr
    if form == "json":
        tables = json.loads(target.read_text(encoding="utf-8"))["tables"]
        assert tables == json.loads(json.dumps(values(EXAMPLES / "good" / source), default=float))


@pytest.mark.parametrize("source", SOURCES)
def test_fmt_leaves_what_is_no_csv_file(source: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(EXAMPLES / "good" / source, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert run("fmt", folder).exit_code == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_fmt_updates_hash_and_size(run: Run, tmp_path: Path) -> None:
    entry = {"path": "a.json", "hash": "sha256:" + "0" * 64, "bytes": 1}
    package_of(tmp_path, entry, files={"a.json": '[{"id": 1, "name": "Elbe"}]'})
    assert {found.rule for found in validate(tmp_path).findings} == {"hash"}
    assert run("fmt", tmp_path).exit_code == 0
    assert validate(tmp_path).findings == []


def test_frames(tmp_path: Path) -> None:
    table = read(EXAMPLES / "good" / "xlsx").resources[0]
    made = frame(unchanged(table), "polars")
    assert made["km"].to_list() == [1094.5, 0.1, 1e20]
    assert made["tidal"].to_list() == [True, False, None]
    del tmp_path


def test_diff_names_the_rows(run: Run, tmp_path: Path) -> None:
    for name, word in (("old", "Elbe"), ("new", "Alster")):
        (tmp_path / name).mkdir()
        text = json.dumps([{"id": 1, "name": word}, {"id": 2, "name": None}])
        package_of(tmp_path / name, {"path": "a.json"}, files={"a.json": text})
    result = run("diff", tmp_path / "old", tmp_path / "new", "--format", "json")
    (change,) = json.loads(result.stdout)["changes"]
    assert change["kind"] == "row-changed"
    assert change["cells"] == [{"field": "name", "old": "Elbe", "new": "Alster"}]


def test_another_sheet_of_the_same_file(run: Run, tmp_path: Path) -> None:
    """The same bytes, read in another way, are other rows."""
    from tests.support.sources import workbook

    book = workbook([["id", "name"], [1, "Elbe"], [2, "Main"]])
    for name, number in (("old", []), ("new", [2])):
        (tmp_path / name).mkdir()
        entry = {"path": "a.xlsx", "dialect": {"commentRows": number}}
        package_of(
            tmp_path / name,
            entry | {"schema": schema_of(id="any", name="any")},
            files={"a.xlsx": book},
        )
    result = run("diff", tmp_path / "old", tmp_path / "new", "--format", "json")
    kinds = [change["kind"] for change in json.loads(result.stdout)["changes"]]
    assert "row-removed" in kinds


def test_nulls_beside_empty_texts(run: Run, tmp_path: Path) -> None:
    """Where the empty text is a value, an exported CSV file has a word for null, and says so."""
    schema = schema_of(id="integer", name="string") | {"missingValues": []}
    data = [{"id": 1, "name": ""}, {"id": 2, "name": None}]
    package_of(tmp_path, {"data": data, "schema": schema})
    target = tmp_path / "out"
    assert run("export", "csv", tmp_path, "-o", target).exit_code == 0
    assert validate(target).findings == []
    assert values(target)["rivers"] == data


def test_a_name_that_another_file_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rivers.csv").write_text("id,name\n7,Ems\n")
    package_of(
        tmp_path, {"data": [{"id": 1, "name": "x"}]}, {"name": "b", "path": "data/rivers.csv"}
    )
    target = tmp_path / "out"
    assert run("export", "csv", tmp_path, "-o", target).exit_code == 0
    assert values(target) == values(tmp_path)


def test_rows_in_the_descriptor_that_are_no_table(run: Run, tmp_path: Path) -> None:
    package = package_of(tmp_path, {"data": [{"id": 1, "name": "x"}]})
    text = json.loads(package.file.read_text())
    text["resources"].append({"name": "note", "data": {"a": 1}})
    package.file.write_text(json.dumps(text))
    assert validate(tmp_path).findings == []
    target = tmp_path / "out"
    assert run("export", "csv", tmp_path, "-o", target).exit_code == 0
    exported = json.loads((target / "datapackage.json").read_text())["resources"]
    assert exported[1] == {"name": "note", "data": {"a": 1}}
    assert validate(target).findings == []
