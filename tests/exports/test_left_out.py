"""What a package has beside its tables: `export csv` copies it, the other formats name it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.exports import FORMATS
from tests.support import Run
from tests.support.files import SCHEMA, with_files

#: Files that the descriptor names beside the data.
NAMED = [
    "profile.json",
    "dialect.json",
    "LICENCE.txt",
    "licences/data.txt",
    "cover.png",
    "source.txt",
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with files of every kind, the tables not first."""
    folder = with_files(
        tmp_path / "package",
        {
            "readme": {"path": "docs/README.md", "licenses": [{"path": "licences/data.txt"}]},
            "t": {"path": "t.csv", "schema": "schemas/t.json"},
            "plain": {"path": "plain.csv"},
            "u": {"path": "u.csv", "schema": SCHEMA},
        },
    )
    (folder / "schemas").mkdir()
    schema = '{"fields": [{"name": "a", "type": "string"}],\n "title": "As it is"}'
    (folder / "schemas" / "t.json").write_text(schema, "utf-8")
    for name in NAMED:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}", "utf-8")
    (folder / "rules").mkdir()
    (folder / "rules" / "one.sql").write_text("SELECT 1", "utf-8")
    change(
        folder,
        {
            "image": "cover.png",
            "profile": "profile.json",
            "licenses": [{"path": "LICENCE.txt"}, {"path": "https://things.example"}],
            "sources": [{"title": "S", "path": "source.txt"}, {"path": "../package/t.csv"}],
            "x-rules": "rules",
        },
    )
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][3]["dialect"] = "dialect.json"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def change(folder: Path, values: dict[str, Any]) -> None:
    file = folder / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | values), "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_csv_has_every_file_of_the_package(package: Path, tmp_path: Path, run: Run) -> None:
    result = run("export", "csv", package, "--no-validate", "-o", tmp_path / "out", code=0)
    before, after = files(package), files(tmp_path / "out")
    assert json.loads(after.pop("datapackage.json")) == json.loads(before.pop("datapackage.json"))
    assert after == before
    assert "left out" not in result.stderr
    run("export", "csv", package, "--no-validate", "-o", tmp_path / "out.zip", code=0)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        names = archive.namelist()
    assert sorted(names) == sorted([*before, "datapackage.json"])


def test_some_tables_take_along_what_their_descriptor_names(
    package: Path, tmp_path: Path, run: Run
) -> None:
    options = ("--table", "u", "--no-validate", "-o", tmp_path / "out")
    run("export", "csv", package, *options, code=0)
    found = set(files(tmp_path / "out")) - {"datapackage.json", "rules/one.sql"}
    assert found == {"u.csv", *NAMED} - {"licences/data.txt"}


def test_two_tables_in_one_file(tmp_path: Path, run: Run) -> None:
    entry = {"path": "t.csv", "schema": SCHEMA}
    package = with_files(tmp_path / "package", {"t": entry, "u": entry})
    for target in ("out", "out.zip"):
        run("export", "csv", package, "-o", tmp_path / target, code=0)
    assert sorted(files(tmp_path / "out")) == ["datapackage.json", "t.csv"]
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == ["datapackage.json", "t.csv"]


@pytest.mark.parametrize(
    "form",
    [
        name
        for name, known in FORMATS.items()
        if not (known.copies_files or name in ("html", "jsonld", "datacite", "bench"))
    ],
)
def test_other_formats_name_what_they_leave_out(form: str, tmp_path: Path, run: Run) -> None:
    entries = {
        "readme": {"path": "README.md"},
        "t": {"path": "t.csv", "schema": SCHEMA},
        "plain": {"path": "plain.csv"},
    }
    package = with_files(tmp_path / "package", entries)
    target = tmp_path / f"out{FORMATS[form].endings[0]}"
    result = run("export", form, package, "-o", target, code=0)
    said = [line for line in result.stderr.splitlines() if line.startswith("left out")]
    assert said == [
        f'left out, because {form} cannot hold it: "plain" (a table without a schema), "readme" (a file)'
    ]
    result = run("export", form, package, "--table", "t", "--force", "-o", target, code=0)
    assert "left out" not in result.stderr


def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, run: Run) -> None:
    entries = {
        "t": {"path": "t.csv", "schema": SCHEMA},
        "broken": {"path": "b.csv", "schema": {"fields": 5}},
    }
    package = with_files(tmp_path / "package", entries)
    result = run("export", "csv", package, "--no-validate", "-o", tmp_path / "out", code=0)
    assert 'left out, because csv cannot hold it: "broken" (it cannot be used)' in result.stderr
    descriptor = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert [entry["name"] for entry in descriptor["resources"]] == ["t"]
