"""`shieldtalks fmt`: the canonical form of a package."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.support import Run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_the_shipped_record_is_in_canonical_form(root: Path, run: Run) -> None:
    result = run("fmt", "--check", root, code=0)
    assert result.stdout == ""
    assert "would change 0 files" in result.stderr


def scramble(package: Path) -> None:
    """Undo the form of a table without touching its content."""
    file = package / "data" / "claims.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    with file.open("w", encoding="utf-8", newline="") as lines:
        lines.write("\ufeff")
        writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(reversed(rows))


def test_fmt_restores_the_form_to_the_byte(package: Path, run: Run) -> None:
    before = contents(package)
    scramble(package)
    run("validate", package, code=1)
    check = run("fmt", package, "--check", code=1)
    assert "claims.csv: row order" in check.stdout
    assert contents(package) != before, "--check changes nothing"
    run("fmt", package, code=0)
    assert contents(package) == before
    run("fmt", package, "--check", code=0)


def test_fmt_interrupted_between_two_files_changes_none(
    package: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = contents(package)
    scramble(package)
    descriptor = package / "datapackage.json"
    descriptor.write_bytes(descriptor.read_bytes().replace(b'"bytes": ', b'"bytes": 1'))
    bad = contents(package)
    calls: list[int] = []
    fsync = os.fsync

    def once(file: int) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(file)
        fsync(file)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", once)
        assert "interrupted; no file was left incomplete" in run("fmt", package, code=2).stderr
    assert contents(package) == bad
    run("fmt", package, code=0)
    assert contents(package) == good


def test_fmt_derives_the_date_bounds(package: Path, run: Run) -> None:
    before = contents(package)
    file = package / "data" / "events.csv"
    text = file.read_text("utf-8")
    file.write_text(text.replace(",2008-08-01,2008-08-31,", ",,2008-08-30,"), "utf-8", newline="\n")
    assert "events.csv: date bounds" in run("fmt", package, code=0).stdout
    assert contents(package) == before


def test_fmt_writes_code_lists_into_the_schemas(package: Path, run: Run) -> None:
    codes = package / "data" / "codes.csv"
    with codes.open("a", encoding="utf-8", newline="") as file:
        file.write("move:ignore,move,ignore,Ignore,The party passes over it.,,,,false,ignored,\n")
    run("fmt", package, code=0)
    schema = json.loads((package / "schemas/tables/responses.json").read_text("utf-8"))
    (move,) = [field for field in schema["fields"] if field["name"] == "move"]
    assert "ignore" in move["constraints"]["enum"]
    assert {"value": "ignore", "label": "Ignore"} in move["categories"]
    run("validate", package, code=0)


def test_fmt_seals_each_table(package: Path, run: Run) -> None:
    file = package / "data" / "claims.csv"
    file.write_bytes(file.read_bytes().replace(b"Headline only", b"The headline only"))
    run("fmt", package, code=0)
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    (entry,) = [res for res in descriptor["resources"] if res["name"] == "claims"]
    assert entry["hash"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert entry["bytes"] == file.stat().st_size


def test_fmt_leaves_a_table_that_it_cannot_mend(package: Path, run: Run) -> None:
    file = package / "data" / "claims.csv"
    file.write_bytes(file.read_bytes() + b"clm-9999,too short\n")
    before = contents(package)
    result = run("fmt", package, code=1)
    assert "claims.csv" in result.stdout
    assert "missing-cell" in result.stdout
    assert contents(package) == before


def test_fmt_changes_no_installed_package(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("fmt", code=2)
    assert "Name the folder of a package" in result.stderr


def test_fmt_is_idempotent_on_a_package_of_another_kind(tmp_path: Path, run: Run) -> None:
    (tmp_path / "t.csv").write_bytes(b'id;n\r\n"2";10\r\n"10";"a;b"\r\n')
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "n"}], "primaryKey": "id"}
    resource = {"name": "t", "path": "t.csv", "schema": schema, "dialect": {"delimiter": ";"}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    run("fmt", tmp_path, code=0)
    assert (tmp_path / "t.csv").read_bytes() == b'id;n\n2;10\n10;"a;b"\n'
    run("fmt", tmp_path, "--check", code=0)
