"""`--skip-unsupported`: what is not supported is left out, listed, and never called valid."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import Run

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"


@pytest.fixture
def harbours(tmp_path: Path) -> Path:
    """A table with a field of an unknown type, and a table at a remote address."""
    fields = [{"name": "id", "type": "integer"}, {"name": "flag", "type": "colour"}]
    tables = [
        {"name": "harbours", "path": "harbours.csv", "schema": {"fields": fields}},
        {
            "name": "ships",
            "path": "https://harbours.example/ships.csv",
            "schema": {"fields": fields},
        },
    ]
    descriptor = {"$schema": V2, "name": "harbours", "resources": tables}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (tmp_path / "harbours.csv").write_text("id,flag\n1,red\n", "utf-8")
    return tmp_path


def test_without_the_option_the_exit_code_is_2(harbours: Path, run: Run) -> None:
    done = run("validate", harbours, code=2)
    assert done.stdout.count(": unsupported: ") == 2
    assert "not checked completely: 2 errors" in done.stderr


def test_what_is_left_out_is_listed_and_nothing_is_called_valid(harbours: Path, run: Run) -> None:
    done = run("validate", harbours, "--skip-unsupported", code=0)
    assert done.stdout == ""
    assert (
        "not checked completely: no findings in 1 table, 1 row; 2 parts not supported"
        in done.stderr
    )
    assert (
        'skipped unsupported: datapackage.json:1: path "https://harbours.example/ships.csv"'
        in done.stderr
    )
    assert 'skipped unsupported: datapackage.json:1: "colour"' in done.stderr
    assert "\nvalid" not in done.stderr
    for form, words in (
        ("github", "::notice::not checked, because it is not supported: datapackage.json:1: path "),
        ("sarif", '"text": "not checked, because it is not supported: datapackage.json:1: path '),
        ("junit", '<skipped message="datapackage.json:1: path '),
        ("html", "No errors in what was checked. 2 parts could not be checked."),
    ):
        shown = run("validate", harbours, "--skip-unsupported", "--format", form, code=0).stdout
        assert words in shown
        assert "Everything is right" not in shown


def test_the_rest_decides(harbours: Path, run: Run) -> None:
    (harbours / "harbours.csv").write_text("id,flag\none,red\n", "utf-8")
    done = run("validate", harbours, "--skip-unsupported", "--format", "json", code=1)
    report = json.loads(done.stdout)
    assert [found["rule"] for found in report["findings"]] == ["type"]
    assert [skip["rule"] for skip in report["skipped"]] == ["unsupported", "unsupported"]
    (harbours / "harbours.csv").unlink()
    assert run("validate", harbours, "--skip-unsupported", code=2).stdout.count(": file: ") == 1
