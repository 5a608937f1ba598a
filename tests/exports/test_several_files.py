"""Each command and format reads a table in several files as if it were in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.dataset import load
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from shieldtalks.tabular.tables.frames import frame
from shieldtalks.tabular.tables.rows import unchanged

FIELDS = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]


def _write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="")
    schema = {"fields": FIELDS, "primaryKey": ["id"]}
    table = {"name": "rivers", "path": list(files), "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}))
    return folder


@pytest.fixture(name="both")
def _both(tmp_path: Path) -> tuple[Path, Path]:
    one = _write(tmp_path / "one", {"all.csv": 'id,name\n2,Elbe\n1,"Oder\nNeisse"\n3,\n'})
    # The last line of the first file has no line ending.
    files = {"a.csv": "id,name\n2,Elbe", "b.csv": 'id,name\n1,"Oder\nNeisse"\n3,\n'}
    return one, _write(tmp_path / "several", files)


@pytest.mark.parametrize("name", ["json", "jsonl", "sqlite", "parquet", "xlsx", "croissant"])
def test_a_format_has_all_rows(
    both: tuple[Path, Path], run: Any, name: str, tmp_path: Path
) -> None:
    written = []
    for number, folder in enumerate(both):
        target = tmp_path / f"{number}" / "out"
        target.parent.mkdir()
        if name not in ("croissant", "parquet"):
            target = target.with_suffix(f".{name}")
        run("export", name, folder, "-o", target, code=0)
        files = [target] if target.is_file() else sorted(target.rglob("*"))
        written.append([file.read_bytes() for file in files if file.is_file()])
    if name in ("json", "jsonl"):
        assert written[0] == written[1]
    assert all(b"Neisse" in b"".join(files) for files in written) or name in ("parquet", "xlsx")


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_csv_copies_each_file(both: tuple[Path, Path], run: Any, name: str, tmp_path: Path) -> None:
    run("export", "csv", both[1], "-o", tmp_path / name, code=0)
    run("validate", tmp_path / name, code=0)
    run("diff", both[1], tmp_path / name, "--exit-code", code=0)
    one, several = (run("export", "csv", folder, "-o", "-", code=0).stdout for folder in both)
    assert one == several


def test_frames_and_counts_have_all_rows(both: tuple[Path, Path], run: Any) -> None:
    one, several = (frame(unchanged(read(folder).resources[0]), "polars") for folder in both)
    assert several.equals(one)
    shown = json.loads(run("info", both[1], "--format", "json", code=0).stdout)
    assert shown["tables"] == {"rivers": 3}


def test_diff_sees_that_only_the_files_changed(both: tuple[Path, Path], run: Any) -> None:
    shown = json.loads(run("diff", *both, "--format", "json", code=0).stdout)
    assert [change["kind"] for change in shown["changes"]] == ["table-moved"]
    (both[1] / "b.csv").write_text("id,name\n1,Oder\n3,\n")
    shown = json.loads(run("diff", *both, "--format", "json", code=0).stdout)
    assert [change["kind"] for change in shown["changes"]] == ["table-moved", "row-changed"]


def test_fmt_leaves_the_files_and_says_so(both: tuple[Path, Path], run: Any) -> None:
    before = {file: file.read_bytes() for file in both[1].iterdir()}
    result = run("fmt", both[1], code=0)
    assert 'the table "rivers" is in several files: a.csv, b.csv stay as they are' in result.stderr
    assert {file: file.read_bytes() for file in both[1].iterdir()} == before


@pytest.mark.slow
def test_a_record_in_several_files_is_the_same_record(package: Path, run: Any) -> None:
    """Our own profile wants one file for each table, but the commands read the record all the same."""
    whole = run("ledger", package, "--format", "json", code=0).stdout
    claims = load(package).claims
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    for entry in descriptor["resources"]:
        if entry["name"] in ("claims", "codes", "proposals"):
            text = (package / entry["path"]).read_text("utf-8")
            header, *lines = text.splitlines(keepends=True)
            parts = [f"data/{entry['name']}-{number}.csv" for number in (1, 2)]
            for path, chosen in zip(parts, (lines[:3], lines[3:]), strict=True):
                (package / path).write_text(header + "".join(chosen), "utf-8")
            (package / entry["path"]).unlink()
            entry["path"] = parts
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert run("ledger", package, "--format", "json", code=0).stdout == whole
    assert load(package).claims == claims
    with pytest.raises(CannotRun, match="in several files"):
        load(package).path("claims")
