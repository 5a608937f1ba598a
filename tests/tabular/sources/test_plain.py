"""Every source becomes a plain CSV file: no value changes, and nothing is called valid that was not read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldtalks.tabular import temporary
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.sources import plain
from shieldtalks.tabular.tables.rows import rows
from shieldtalks.tabular.validation import validate, validate_package
from tests.support import EXAMPLES, Run
from tests.support.draws import examples
from tests.support.sources import RIVERS, package_of, schema_of

TEXTS = st.none() | st.sampled_from(["", "\\N", "\\N1", '"', ",", "a\nb", "\r\n", " ", "é", "NA"])


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5),
    st.sampled_from([[""], [], ["NA"], ["", "\\N"]]),
)
def test_texts_and_nulls_stay_apart(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[Any, Any]], missing: list[str]
) -> None:
    data = [{"a": first, "b": second} for first, second in values]
    schema = schema_of(a="string", b="string") | {"missingValues": missing}
    package = package_of(tmp_path_factory.mktemp("p"), {"data": data, "schema": schema})
    wanted = [{k: None if v in missing else v for k, v in row.items()} for row in data]
    assert list(rows(package.resources[0])) == wanted


@pytest.mark.parametrize("values", [[None], ["", None], ["x", None, ""]])
def test_a_table_of_one_column(tmp_path: Path, values: list[str | None]) -> None:
    package = package_of(
        tmp_path, {"data": [["a"], *([v] for v in values)], "schema": schema_of(a="string")}
    )
    assert [row["a"] for row in rows(package.resources[0])] == [value or None for value in values]


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    text = '[{"a": 1.50, "b": 12345678901234567890.10}, {"a": 1e2, "b": -0.0}]'
    schema = schema_of(a="number", b="number")
    package = package_of(tmp_path, {"path": "a.json", "schema": schema}, files={"a.json": text})
    made = plain.as_csv(package.resources[0])
    assert made.file.read_text() == "a,b\n1.50,12345678901234567890.10\n1e2,-0.0\n"


@pytest.mark.parametrize(
    "items", [["a,b", "c"], ["a,b;c", "d"], ["a,b;c|d", "e"], ["a"], ["1", "2,5"]]
)
def test_lists_whose_items_contain_the_delimiter(tmp_path: Path, items: list[str]) -> None:
    data = [{"a": items}, {"a": "x,y"}, {"a": None}]
    package = package_of(tmp_path, {"data": data, "schema": schema_of(a="list")})
    assert [row["a"] for row in rows(package.resources[0])] == [items, ["x", "y"], None]


def test_a_source_is_read_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = package_of(tmp_path, {"path": "a.json"}, files={"a.json": '[{"id": 1, "name": "x"}]'})
    table = package.resources[0]
    times = []
    made = plain._in
    monkeypatch.setattr(plain, "_in", lambda *given: times.append(1) or made(*given))
    assert [len(list(rows(table))) for _ in range(3)] == [1, 1, 1]
    assert len(times) == 1
    (tmp_path / "a.json").write_text('[{"id": 1, "name": "x"}, {"id": 2, "name": "y"}]')
    assert len(list(rows(table))) == 2
    temporary.remove_all()  # as at the end of a command
    assert len(list(rows(table))) == 2
    assert len(times) == 3


def test_the_same_findings_again() -> None:
    """What one check marks in a table does not hide findings of the next one."""
    first, second = (validate(EXAMPLES / "faults" / "json-objects").findings for _ in range(2))
    assert first == second


def test_no_temporary_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    validate(EXAMPLES / "good" / "compressed")
    temporary.remove_all()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["[", '[{"id": 1, "name": "x"}', "[] x", "", "{}", "nonsense"])
def test_what_is_not_read_is_not_valid(tmp_path: Path, text: str, run: Run) -> None:
    package_of(tmp_path, {"path": "a.json"}, files={"a.json": text})
    result = run("validate", tmp_path, "--format", "json")
    assert [one["rule"] for one in json.loads(result.stdout)["findings"]] == ["source"]
    assert result.exit_code == 1
    target = tmp_path / "out.json"
    assert run("export", "json", tmp_path, "-o", target, "--no-validate").exit_code == 2
    assert not target.exists()
    assert run("info", tmp_path).exit_code == 2


def test_a_key_to_a_table_that_was_read_in_part_is_not_judged(tmp_path: Path) -> None:
    key = {"fields": "id", "reference": {"resource": "rivers", "fields": "id"}}
    ports = {"name": "ports", "schema": RIVERS | {"foreignKeys": [key]}}
    package = package_of(
        tmp_path,
        {"path": "a.json"},
        ports | {"data": [{"id": 2, "name": "x"}]},
        files={"a.json": '[{"id": 1, "name": "x"}, {"id": 2,'},
    )
    assert [finding.rule for finding in validate_package(package).findings] == ["source"]


@pytest.mark.parametrize(
    ("library", "example"), [("openpyxl", "good/xlsx"), ("pyarrow", "good/parquet")]
)
def test_a_library_that_is_missing(
    library: str, example: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    result = run("validate", EXAMPLES / example)
    assert result.exit_code == 2
    assert f"needs {library}, which is not installed" in result.stdout
    assert "pip install" in result.stdout
    refused = run("info", EXAMPLES / example)
    assert refused.exit_code == 2


def test_files_of_different_formats(tmp_path: Path) -> None:
    files = {"a.json": "[]", "b.csv": "id,name\n"}
    package = package_of(tmp_path, {"path": ["a.json", "b.csv"]}, files=files)
    (finding,) = validate_package(package).findings
    assert finding.message == "the files of the table have different formats: csv, json"


def test_rows_without_a_schema(tmp_path: Path) -> None:
    """Only their shape is checked."""
    package = package_of(tmp_path, {"data": [["a", "b"], [1, 2], [3]], "schema": {}})
    text = json.loads((tmp_path / "datapackage.json").read_text())
    del text["resources"][0]["schema"]
    (tmp_path / "datapackage.json").write_text(json.dumps(text))
    assert [finding.rule for finding in validate(tmp_path).findings] == ["missing-cell"]
    del package


@pytest.mark.parametrize("example", ["json", "jsonl", "xlsx", "parquet", "inline-objects"])
def test_rows_are_counted_without_a_schema(example: str, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(EXAMPLES / "good" / example, folder)
    known = validate(folder).rows
    text = json.loads((folder / "datapackage.json").read_text())
    for resource in text["resources"]:
        del resource["schema"]
        resource["type"] = "table"
    (folder / "datapackage.json").write_text(json.dumps(text))
    report = validate(folder)
    assert report.findings == []
    assert report.rows == known


def test_the_error_for_other_callers(tmp_path: Path) -> None:
    package = package_of(tmp_path, {"path": "a.json"}, files={"a.json": "["})
    with pytest.raises(CannotRun, match='the table "rivers" cannot be read'):
        plain.as_csv(package.resources[0])
