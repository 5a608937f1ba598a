"""A small input that could cost much time or memory: it is refused in words, or it costs little."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.checks import descriptor
from shieldtalks.tabular.package import archive, package, schema
from shieldtalks.tabular.sources import workbook
from tests.support import Run

ENGINES = ["sqlite", "duckdb"]


def made(folder: Path, table: str = "id,a\n1,x\n", **changes: Any) -> Path:
    """A package of one table with the fields id and a."""
    fields = [{"name": "id", "type": "integer"}, {"name": "a"}]
    entry = {"name": "t", "path": "t.csv", "schema": {"fields": fields}, **changes}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    (folder / "t.csv").write_text(table, "utf-8")
    return folder


def with_fields(folder: Path, number: int) -> Path:
    """A package whose table has this many fields, each with a fault."""
    names = [f"f{place}" for place in range(number)]
    fields = [{"name": name, "constraints": {"required": 5}} for name in names]
    line = ",".join(names)
    return made(folder, f"{line}\n{line}\n", schema={"fields": fields})


def test_a_cell_may_be_longer_than_python_allows(tmp_path: Path) -> None:
    made(tmp_path, f"id,a\n1,{'x' * 200_000}\n")
    # A new process: in this one, another module may have set the limit already.
    done = subprocess.run(
        [sys.executable, "-m", "shieldtalks", "info", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split()[-2:]) == (0, ["1", "row"]), done.stderr


def test_after_many_faults_of_a_descriptor_the_others_are_not_looked_for(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptor, "MOST_FAULTS", 3)
    with_fields(tmp_path, 5)
    out = run("validate", tmp_path, "--format", "json", code=2).stdout
    found = [one["message"] for one in json.loads(out)["findings"]]
    assert len(found) == 4
    assert found[-1] == "there are more than 3 faults; the others are not listed"


@pytest.mark.parametrize("number", [3, 4])
def test_of_few_faults_of_a_descriptor_each_is_listed(
    number: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptor, "MOST_FAULTS", 4)
    with_fields(tmp_path, number)
    found = json.loads(run("validate", tmp_path, "--format", "json", code=2).stdout)["findings"]
    assert len(found) == number


def test_the_faults_of_a_schema_file_have_the_same_limit(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptor, "MOST_FAULTS", 3)
    with_fields(tmp_path, 5)
    entry = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"][0]
    (tmp_path / "t.schema.json").write_text(json.dumps(entry["schema"]), "utf-8")
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [entry | {"schema": "t.schema.json"}]}), "utf-8"
    )
    out = run("validate", tmp_path, code=2).stdout
    assert "t.schema.json: schema: there are more than 3 faults" in out


def test_the_fields_of_a_table_are_not_listed_again_for_each_fault(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    plain = schema.fields_of

    def counted(value: Any) -> Any:
        nonlocal calls
        calls += 1
        return plain(value)

    monkeypatch.setattr(schema, "fields_of", counted)
    run("validate", with_fields(tmp_path, 200), "--engine", "sqlite", code=2)
    assert calls < 100


def test_a_package_has_a_limited_number_of_resources(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_MOST_RESOURCES", 2)
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [{}] * 3}), "utf-8")
    out = run("validate", tmp_path, code=2).stdout
    assert "the package lists more than 2 resources" in out


def test_a_path_has_a_limited_length(tmp_path: Path, run: Run) -> None:
    made(tmp_path, path="d/" * 2100 + "t.csv")
    out = run("validate", tmp_path, code=2).stdout
    assert "has more than 4096 characters" in out


def test_a_descriptor_in_an_archive_is_not_much_larger_than_its_compressed_form(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SMALL_JSON", 4000)
    (tmp_path / "package").mkdir()
    made(tmp_path / "package")
    descriptor_text = (tmp_path / "package/datapackage.json").read_text("utf-8")
    for name, spaces, code in (("small", 3000, 0), ("large", 60_000, 2)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("datapackage.json", " " * spaces + descriptor_text)
            file.write(tmp_path / "package/t.csv", "t.csv")
        out = run("validate", tmp_path / f"{name}.zip", code=code).stdout
        assert ("more than 40 times as large as in its compressed form" in out) == (code == 2)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_pattern_that_is_too_large_for_one_engine_is_refused_by_each(
    engine: str, tmp_path: Path, run: Run
) -> None:
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "a", "constraints": {"pattern": "a{1000}" * 1000}},
    ]
    made(tmp_path, schema={"fields": fields})
    out = run("validate", tmp_path, "--engine", engine, code=2).stdout
    assert "is not supported (pattern too large" in out


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rule_without_sql_is_not_called_checked(engine: str, tmp_path: Path, run: Run) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "empty.sql").write_text("-- A thing is so.\n-- tables: t\n", "utf-8")
    out = run("validate", made(tmp_path), "--engine", engine, "--rules", rules, code=2).stdout
    assert "empty: the rule could not be checked" in out
    assert "it is not one SELECT" in out


@pytest.mark.parametrize("start", ["", "[", "x = {"])
def test_a_key_of_a_settings_file_has_a_limited_number_of_parts(
    start: str, tmp_path: Path, run: Run
) -> None:
    key = ".".join(["a", '"b c"', "'d'"] * 40)
    (made(tmp_path) / "shieldtalks.toml").write_text(f"strict = false\n{start}{key} = 1\n")
    error = run("validate", tmp_path, code=2).stderr
    assert f"shieldtalks.toml:2: a key has more than 100 parts, in column {len(start) + 1}" in error


def test_a_key_of_a_sheet_has_a_limited_number_of_parts(tmp_path: Path, run: Run) -> None:
    sheet = tmp_path / "sheet.toml"
    sheet.write_text(f"{'. '.join('a' * 120)} = 1\n")
    result = run("agree", sheet, sheet, code=2)
    assert "a key has more than 100 parts" in result.output


def test_a_text_with_many_full_stops_is_no_key(tmp_path: Path, run: Run) -> None:
    (made(tmp_path) / "shieldtalks.toml").write_text(
        f"# {'One. Two words. ' * 120}\nblanks = 'off'\n"
    )
    run("validate", tmp_path, code=0)


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "0b" + "1" * 20_000])
def test_a_number_of_a_sheet_has_a_limited_number_of_digits(
    number: str, tmp_path: Path, run: Run
) -> None:
    sheet = tmp_path / "sheet.toml"
    sheet.write_text(f"[source]\nid = {number}\nkind = 1\n")
    output = run("agree", sheet, sheet, code=2).output
    assert "sheet.toml:2: sheet: a whole number has too many digits, in column 6" in output
    (made(tmp_path) / "shieldtalks.toml").write_text(f"blanks = {number}\n")
    assert "a whole number has too many digits" in run("validate", tmp_path, code=2).stderr


def test_the_styles_of_a_workbook_have_a_limited_size(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "a"])
    book.save(made(tmp_path, path="t.xlsx") / "t.xlsx")
    run("validate", tmp_path, code=0)
    monkeypatch.setattr(workbook, "_MOST_TAGS", 10)
    for command in (["validate", tmp_path], ["describe", tmp_path / "t.xlsx"], ["info", tmp_path]):
        output = run(*command, code=2).output
        assert "of the workbook has more than 10 tags" in output
