"""`describe`: what is written where, what is said, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support import Run
from tests.support.bare import text

RIVERS = text([["name", "length_km"], *[[f"River {i}", 100 + i] for i in range(25)]])
HARBOURS = text(
    [["harbour", "river", "status"], *[[f"Port {i}", f"River {i % 20}", "open"] for i in range(50)]]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two tables; the folder above it is the current one."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "rivers"
    place.mkdir()
    (place / "rivers.csv").write_text(RIVERS, "utf-8")
    (place / "harbours.csv").write_text(HARBOURS, "utf-8")
    return place


def test_the_descriptor_is_on_standard_output(folder: Path, run: Run) -> None:
    result = run("describe", "rivers", code=0)
    found = json.loads(result.stdout)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [entry["path"] for entry in found["resources"]] == ["harbours.csv", "rivers.csv"]
    assert "described 2 tables, 75 rows" in result.stderr
    assert run("describe", "rivers", "-o", "-", code=0).stdout == result.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["harbours.csv", "rivers.csv"]


def test_the_written_descriptor_validates_the_files(folder: Path, run: Run) -> None:
    result = run("describe", "rivers", "-o", "rivers/datapackage.json", code=0)
    assert result.stdout == ""
    assert "shieldtalks validate rivers/datapackage.json" in result.stderr
    assert "valid: 2 tables, 75 rows" in run("validate", "rivers", code=0).stderr


def test_a_file_is_replaced_only_with_force(folder: Path, run: Run) -> None:
    target = folder / "datapackage.json"
    target.write_text("mine", "utf-8")
    assert "--force" in run("describe", "rivers", "-o", target, code=2).stderr
    assert target.read_text("utf-8") == "mine"
    run("describe", "rivers", "-o", target, "--force", code=0)
    assert json.loads(target.read_text("utf-8"))["name"] == "rivers"


def test_a_table_is_never_replaced(folder: Path, run: Run) -> None:
    result = run("describe", "rivers", "-o", folder / "rivers.csv", "--force", code=2)
    assert "which this command reads" in result.stderr
    assert (folder / "rivers.csv").read_text("utf-8") == RIVERS


def test_paths_are_relative_to_the_descriptor(folder: Path, run: Run) -> None:
    run("describe", "rivers/rivers.csv", "-o", "datapackage.json", code=0)
    found = json.loads(Path("datapackage.json").read_text("utf-8"))
    assert [entry["path"] for entry in found["resources"]] == ["rivers/rivers.csv"]
    Path("elsewhere").mkdir()
    refused = run("describe", "rivers", "-o", "elsewhere/datapackage.json", code=2)
    assert "is not in the folder of the descriptor" in refused.stderr


def test_the_explanation(folder: Path, run: Run) -> None:
    lines = run("describe", "rivers", "--explain", code=0).stdout.splitlines()
    assert lines[0] == "harbours (harbours.csv): 50 rows"
    assert any(
        line.startswith("  primaryKey: name (likely): unique in 25 rows, the first")
        for line in lines
    )
    key = 'foreignKeys: rivers.name (certain): all 50 values (20 different ones) are in "name" of rivers'
    assert any(line.strip().startswith(key) for line in lines)
    found = json.loads(run("describe", "rivers", "--explain", "--format", "json", code=0).stdout)
    assert set(found) == {"descriptor", "guesses", "left_out", "rows"}
    assert {guess["certainty"] for guess in found["guesses"]} <= {"certain", "likely", "uncertain"}
    assert all(guess["evidence"] for guess in found["guesses"])


def test_the_explanation_as_json_follows_its_schema(root: Path, folder: Path, run: Run) -> None:
    (folder / "notes.feather").write_bytes(b"ARROW1")
    found = json.loads(run("describe", "rivers", "--explain", "--format", "json", code=0).stdout)
    schema = json.loads((root / "schemas" / "describe.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    assert [one["path"] for one in found["left_out"]] == ["notes.feather"]


def test_the_explanation_beside_a_file(folder: Path, run: Run) -> None:
    result = run("describe", "rivers", "--explain", "-o", "rivers/datapackage.json", code=0)
    assert "primaryKey: name" in result.stdout
    assert (folder / "datapackage.json").is_file()
    assert "leave one out" in run("describe", "rivers", "--explain", "-o", "-", code=2).stderr


def test_the_hint_of_validate_is_a_command_that_works(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (said,) = [line for line in run("validate", code=2).stderr.splitlines() if "describe" in line]
    command = said.partition("`shieldtalks describe ")[2].partition("`")[0]
    run("describe", *command.split(), code=0)
    assert "valid" in run("validate", code=0).stderr


def test_the_hint_for_a_folder_that_is_named(folder: Path, run: Run) -> None:
    said = run("validate", "rivers", code=2).stdout
    command = said.partition("run: shieldtalks describe ")[2].splitlines()[0]
    run("describe", *command.split(), code=0)
    assert "valid" in run("validate", "rivers", code=0).stderr


def test_no_tables(tmp_path: Path, run: Run) -> None:
    assert "contains no files that may be tables" in one_line_of(
        run("describe", tmp_path, code=2).stderr
    )
    (tmp_path / "empty.csv").write_text("", "utf-8")
    assert "empty.csv: it is empty" in run("describe", tmp_path, code=2).stderr
    assert "does not exist" in one_line_of(run("describe", tmp_path / "none.csv", code=2).stderr)
    (tmp_path / "notes.txt").write_text("Dear all,\n\nthis, is, no table.\n", "utf-8")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    result = run("describe", tmp_path, code=0)
    assert [entry["name"] for entry in json.loads(result.stdout)["resources"]] == ["a"]
    assert "left out empty.csv: it is empty" in result.stderr
    assert (
        "left out notes.txt: its lines are not cut into the same number of cells" in result.stderr
    )


def one_line_of(stderr: str) -> str:
    return next(line for line in stderr.splitlines() if line.startswith("Error: "))


def test_files_that_are_no_text(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    assert "it is a picture" in run("describe", tmp_path / "a.csv", code=2).stderr
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n\0\0\0\0")
    assert "it is not a text file" in run("describe", tmp_path / "a.csv", code=2).stderr
    fifo = tmp_path / "pipe.csv"
    if hasattr(__import__("os"), "mkfifo"):
        __import__("os").mkfifo(fifo)
        assert "not a regular file" in run("describe", fifo, code=2).stderr


def test_hostile_names_and_values(tmp_path: Path, run: Run) -> None:
    bad = "a\x1b[31m::error::\u202ex"
    (tmp_path / "a.csv").write_text(text([["row", bad], [1, "##[error]x"], [2, bad]]), "utf-8")
    result = run("describe", tmp_path, "--explain", code=0)
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    run("describe", tmp_path, "-o", tmp_path / "datapackage.json", code=0)


def test_names_of_tables_are_free(tmp_path: Path, run: Run) -> None:
    for path in ("a/x.csv", "b/x.csv", "b/Sqlite_x.csv", "b/.hidden.csv"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("n,m\n1,2\n", "utf-8")
    found = json.loads(run("describe", tmp_path, code=0).stdout)["resources"]
    assert [entry["name"] for entry in found] == ["x", "table-sqlite_x", "b-x"]


@pytest.mark.slow
def test_the_record_without_its_descriptor(root: Path, tmp_path: Path, run: Run) -> None:
    """Its tables, their keys and their codes are found, and the result validates them."""
    folder = tmp_path / "record"
    shutil.copytree(root / "data", folder)
    run("describe", folder, "-o", folder / "datapackage.json", code=0)
    assert "valid: 18 tables" in run("validate", folder, code=0).stderr
    found = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for entry in found["resources"]:
        wanted = json.loads(
            (root / "schemas" / "tables" / f"{entry['name']}.json").read_text("utf-8")
        )
        assert entry["schema"]["primaryKey"] == wanted["primaryKey"], entry["name"]
        assert entry["schema"].get("foreignKeys", []) == wanted.get("foreignKeys", []), entry[
            "name"
        ]
        kinds = [[field["name"], field["type"]] for field in entry["schema"]["fields"]]
        assert kinds == [[field["name"], field["type"]] for field in wanted["fields"]]
        for field, other in zip(entry["schema"]["fields"], wanted["fields"], strict=True):
            has_list = "enum" in field.get("constraints", {})
            assert has_list == ("enum" in other.get("constraints", {})), (
                entry["name"],
                field["name"],
            )
