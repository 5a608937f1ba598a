"""`shieldtalks export`: csv, json and jsonl."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import shieldtalks
from shieldtalks.exports import FORMATS, writer
from shieldtalks.exports.job import Job, chosen
from shieldtalks.tabular import files
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from tests.support import MakePackage, Run
from tests.support.tables import load_tables


def as_text(value: Any, original: str) -> str:
    """A JSON value as its CSV cell; numbers compare by value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        assert value == float(original)
        return original
    return str(value)


def same(rows: list[dict[str, Any]], wanted: list[dict[str, str]]) -> None:
    assert len(rows) == len(wanted)
    for row, cells in zip(rows, wanted, strict=True):
        assert list(row) == list(cells)
        assert {n: as_text(v, cells[n]) for n, v in row.items()} == cells


def test_csv_is_a_package_of_its_own(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "csv", root, "-o", tmp_path / "out", code=0)
    for file in (root / "data").glob("*.csv"):
        assert (tmp_path / "out" / "data" / file.name).read_bytes() == file.read_bytes()
    run("validate", tmp_path / "out", code=0)


def test_csv_of_one_table_drops_its_keys_and_says_so(root: Path, tmp_path: Path, run: Run) -> None:
    result = run("export", "csv", root, "--table", "responses", "-o", tmp_path / "out", code=0)
    assert "left out the foreign key responses.proposal_id -> proposals" in result.stderr
    package = read(tmp_path / "out")
    assert [resource.name for resource in package.resources] == ["responses"]
    assert "foreignKeys" not in package.resources[0].schema
    run("validate", tmp_path / "out", code=0)


@pytest.mark.sample(3)
@pytest.mark.parametrize("form", [name for name, known in FORMATS.items() if known.is_tabular])
def test_a_format_declares_whether_it_drops_keys(
    form: str, root: Path, tmp_path: Path, run: Run
) -> None:
    name = f"out{FORMATS[form].endings[0]}"
    result = run("export", form, root, "--table", "responses", "-o", tmp_path / name, code=0)
    assert ("responses.proposal_id -> proposals" in result.stderr) == FORMATS[form].drops_keys


def test_csv_of_two_tables_keeps_the_keys_between_them(
    root: Path, tmp_path: Path, run: Run
) -> None:
    chosen = ("--table", "propositions", "--table", "relations")
    run("export", "csv", root, *chosen, "-o", tmp_path / "out", code=0)
    keys = read(tmp_path / "out").resources[1].schema["foreignKeys"]
    assert [key["reference"]["resource"] for key in keys] == ["propositions", "propositions"]


def test_zip_holds_the_same(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "csv", root, "-o", tmp_path / "out.zip", code=0)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "out")
    run("validate", tmp_path / "out", code=0)


def test_json_has_every_field_of_every_row(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "json", root, "-o", tmp_path / "out.json", code=0)
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    wanted = load_tables(root)
    assert set(document["tables"]) == set(wanted)
    for name, rows in document["tables"].items():
        same(rows, wanted[name])
    assert document["package"]["version"] == read(root).version


def test_json_follows_its_schema(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "json.schema.json").read_text("utf-8"))
    document = json.loads(run("export", "json", root, "-o", "-", code=0).stdout)
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    document["tables"]["claims"][0]["factuality"] = "CT"
    document["tables"]["events"][0].pop("notes")
    assert len(list(validator.iter_errors(document))) == 2


def test_jsonl_has_one_row_a_line(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "jsonl.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema["$defs"]["claims"])
    lines = run("export", "jsonl", root, "--table", "claims", "-o", "-", code=0).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        assert list(validator.iter_errors(row)) == []
        assert row.pop("table") == "claims"
    same(rows, load_tables(root)["claims"])


def test_jsonl_of_everything_follows_its_schema(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "jsonl.schema.json").read_text("utf-8"))
    by_table = {
        name: Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
        for name in schema["$defs"]
    }
    lines = run("export", "jsonl", root, "-o", "-", code=0).stdout.splitlines()
    assert len(lines) == sum(len(rows) for rows in load_tables(root).values())
    for line in lines:
        row = json.loads(line)
        assert by_table[row["table"]].is_valid(row)


def test_standard_output_takes_one_csv_table(root: Path, run: Run) -> None:
    result = run("export", "csv", root, "--table", "events", "-o", "-", code=0)
    assert result.stdout_bytes == (root / "data" / "events.csv").read_bytes()
    assert "one with --table" in run("export", "csv", root, "-o", "-", code=2).stderr


def test_an_existing_target_is_not_overwritten(root: Path, tmp_path: Path, run: Run) -> None:
    target = tmp_path / "out.json"
    target.write_text("mine", "utf-8")
    result = run("export", "json", root, "-o", target, code=2)
    assert "already exists" in result.stderr
    assert "--force" in result.stderr
    assert target.read_text("utf-8") == "mine"
    run("export", "json", root, "-o", target, "--force", code=0)
    assert target.read_text("utf-8") != "mine"


def test_an_existing_folder_is_replaced_with_force_only(
    root: Path, tmp_path: Path, run: Run
) -> None:
    run("export", "csv", root, "-o", tmp_path / "out", code=0)
    old = tmp_path / "out" / "data" / "claims.csv"
    old.write_text("old", "utf-8")
    run("export", "csv", root, "-o", tmp_path / "out", code=2)
    run("export", "csv", root, "-o", tmp_path / "out", "--force", code=0)
    assert old.read_bytes() == (root / "data" / "claims.csv").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_holds_anything_else_is_not_replaced_even_with_force(
    root: Path, tmp_path: Path, run: Run
) -> None:
    mine = tmp_path / "out" / "data" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.touch()
    result = run("export", "csv", root, "-o", tmp_path / "out", "--force", code=2)
    assert f"contains {Path('data', 'mine.txt')}" in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "data", "mine.txt"]


def test_the_folder_one_is_in_is_not_replaced(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "deep")
    result = run("export", "csv", root, "-o", "..", "--force", code=2)
    assert "is or contains the current folder" in result.stderr


WRONG = {"sqlite": ".json", "parquet": ".zip", "croissant": ".json", "xlsx": ".db", "html": ".csv"}


@pytest.mark.parametrize(
    ("form", "name"),
    [("csv", "x.json")] + [(form, f"x{WRONG.get(form, '.parquet')}") for form in FORMATS],
)
def test_a_name_that_promises_another_form(
    form: str, name: str, root: Path, tmp_path: Path, run: Run
) -> None:
    assert (
        f"an export to {form} cannot end in "
        in run("export", form, root, "-o", tmp_path / name, code=2).stderr
    )
    assert list(tmp_path.iterdir()) == []


def test_a_target_in_no_folder(root: Path, tmp_path: Path, run: Run) -> None:
    result = run("export", "json", root, "-o", tmp_path / "no" / "out.json", code=2)
    assert "there is no folder" in result.stderr


def test_unknown_formats_and_tables_list_the_known(root: Path, tmp_path: Path, run: Run) -> None:
    assert "Known: csv, json, jsonl" in run("export", "xml", root, "-o", "-", code=2).stderr
    result = run("export", "json", root, "--table", "claim", "-o", tmp_path / "x", code=2)
    assert 'Did you mean "claims"? Known: sources, actors,' in result.stderr


def test_one_table_can_be_named_by_a_text(root: Path, tmp_path: Path) -> None:
    shieldtalks.export("csv", root, tmp_path / "out", tables="codings", check=False)
    assert [file.name for file in (tmp_path / "out" / "data").iterdir()] == ["codings.csv"]


def test_faulty_data_is_refused(package: Path, tmp_path: Path, run: Run) -> None:
    file = package / "data" / "responses.csv"
    file.write_bytes(file.read_bytes().replace(b",decline,", b",declined,", 1))
    result = run("export", "json", package, "-o", tmp_path / "out.json", code=1)
    assert "not one of the codes" in result.stderr
    assert "--no-validate" in result.stderr
    assert not (tmp_path / "out.json").exists()
    run("export", "json", package, "-o", tmp_path / "out.json", "--no-validate", code=0)


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old", "utf-8")
    with pytest.raises(OSError, match="disk full"), files.whole_file(target, force=True) as file:
        file.write(b"half")
        raise OSError("disk full")
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(KeyboardInterrupt), files.whole_folder(target, force=True) as folder:
        (folder / "new").touch()
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "old"]


def test_a_folder_is_not_overwritten_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="is a folder"), files.whole_file(tmp_path, force=True):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line_and_exit_2(root: Path, tmp_path: Path) -> None:
    """Standard output on a full disk: no traceback."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "shieldtalks", "export", "json", str(root), "-o", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


@pytest.mark.sample(4)
@pytest.mark.parametrize("form", ["json", "jsonl", "xlsx", "parquet"])
def test_who_waits_is_told_how_many_rows_are_written(
    form: str, make_package: MakePackage, tmp_path: Path
) -> None:
    lines = "".join(f"{number}\n" for number in range(70_000))
    package = read(make_package(f"a\n{lines}", [{"name": "a", "type": "integer"}]))
    told: list[str] = []
    target = tmp_path / "out"
    writer(form)(Job(package, chosen(package, ()), target, force=False, tell=told.append))
    assert told[0] == "writing things"
    wanted = "65,536" if form == "parquet" else "60,000"  # a row group; each ten thousand
    assert f"writing things: {wanted} rows" in told


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_memory_does_not_grow_with_the_data(form: str, tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        folder = tmp_path / str(rows)
        folder.mkdir()
        resource = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}
        (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
        (folder / "t.csv").write_text("a\n" + f"{'word ' * 10}\n" * rows, "utf-8")
        package = read(folder)
        job = Job(package, chosen(package, ()), tmp_path / f"{rows}.out", force=False)
        tracemalloc.start()
        writer(form)(job)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)  # what is imported at first
    assert peak(60_000) - peak(600) < 1 << 20, "of a file of 3 MB"
