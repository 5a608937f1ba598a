"""Pipes, devices and folders in every place where a command opens a file: refused, in one line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Run

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")

#: Makes a file that is no regular file.
Make = Callable[[Path], object]

KINDS: dict[str, Make] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
}


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest) -> Make:
    """Makes a pipe, a link to a device that never ends, or a folder."""
    return KINDS[request.param]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package of one table whose schema is in a file of its own, and of one other file."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "t.csv").write_text("id\n1\n")
    (folder / "s.json").write_text(json.dumps({"fields": [{"name": "id"}]}))
    (folder / "notes.md").write_text("Notes")
    table = {"name": "t", "path": "t.csv", "schema": "s.json"}
    notes = {"name": "notes", "path": "notes.md", "format": "md"}
    text = json.dumps({"name": "small", "resources": [table, notes]})
    (folder / "datapackage.json").write_text(text)
    return folder


@pytest.mark.parametrize("name", ["datapackage.json", "t.csv", "s.json", "notes.md"])
def test_a_file_of_a_package(name: str, make: Make, small: Path, run: Run, tmp_path: Path) -> None:
    (small / name).unlink()
    make(small / name)
    reasons = re.compile("regular file|symbolic link|it is a folder|does not exist")
    for command in (
        ["validate", small],
        ["validate", small, "--engine", "duckdb"],
        *([["fmt", small]] if name != "notes.md" else []),  # fmt does not open it
        ["export", "json", small, "-o", tmp_path / "out.json"],
    ):
        assert reasons.search(run(*command, code=2).output)
    assert not (tmp_path / "out.json").exists()
    result = run("export", "csv", small, "-o", tmp_path / "out", "--no-validate")
    assert reasons.search(result.output)
    assert result.exit_code == 2 or "left out " in result.stderr
    assert (tmp_path / "out").exists() == (result.exit_code == 0)


@pytest.mark.parametrize("name", ["data.zip", "data.whl"])
def test_an_archive(name: str, make: Make, run: Run, tmp_path: Path) -> None:
    make(tmp_path / name)
    for command in (["validate"], ["diff", tmp_path / name]):
        run(*command, tmp_path / name, code=2)


def test_a_rule(make: Make, small: Path, run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    make(rules / "own.sql")
    result = run("validate", small, "--rules", rules, code=2)
    assert "the rule could not be checked" in result.stdout


@pytest.mark.parametrize("name", ["shieldtalks.toml", "pyproject.toml"])
def test_a_settings_file_is_not_left_out_in_silence(
    name: str, make: Make, small: Path, run: Run
) -> None:
    make(small / name)
    for command in (["validate", small], ["export", "json", small, "-o", "-"]):
        assert f"the settings in {small / name} cannot be read" in run(*command, code=2).stderr


def test_a_changelog(make: Make, small: Path, run: Run, tmp_path: Path) -> None:
    make(tmp_path / "CHANGES.md")
    result = run("diff", small, small, "--changelog", tmp_path / "CHANGES.md", code=2)
    assert "CHANGES.md cannot be read" in result.stderr


def test_a_release(make: Make, small: Path, run: Run, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    releases.mkdir()
    make(releases / "small-1.0.0.zip")
    run("diff", releases, small, code=2)


def test_a_copy_of_an_article(make: Make, package: Path, run: Run, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    copy = copies / "src-0001.txt"
    make(copy)
    for command in (
        ["verify", package, "--articles", copies],
        ["verify", package, "--copy", f"src-0001={copy}"],
        ["validate", package, "--articles", copies],
        ["anchor", copy, "--source", "src-0001", "--whole"],
    ):
        assert f"{copy} cannot be read" in run(*command, code=2).stderr


@pytest.mark.sample(3)
def test_the_changelog_of_a_package(make: Make, package: Path, run: Run) -> None:
    make(package / "CHANGELOG.md")
    assert (
        "CHANGELOG.md cannot be read"
        in run("show", "prp-0001", "--package", package, code=2).stderr
    )


def test_a_descriptor_in_the_current_folder_is_not_passed_over(
    make: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "datapackage.json")
    monkeypatch.chdir(tmp_path)
    for command in (["validate"], ["info"], ["fmt"], ["ledger"], ["export", "json", "-o", "-"]):
        result = run(*command, code=2)
        assert "installed" not in result.stderr


def test_a_profile_of_the_package(make: Make, small: Path, run: Run) -> None:
    make(small / "profile.json")
    descriptor = json.loads((small / "datapackage.json").read_text())
    (small / "datapackage.json").write_text(json.dumps({**descriptor, "profile": "profile.json"}))
    run("validate", small, code=2)
