"""A command that judges a package never takes one by mistake: not from a wrong folder, not from YAML."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.support import Run, one_line
from tests.support.packages import SMALL, write


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "options", [(), ("--format", "json"), ("--reference",), ("--only", "type")]
)
def test_validate_in_a_wrong_folder_is_never_green(
    options: tuple[str, ...], empty: Path, run: Run
) -> None:
    result = run("validate", *options, code=2)
    assert result.stdout == ""
    first, second = result.stderr.splitlines()
    assert "no package is named, and this folder contains no datapackage.json" in first
    assert "`shieldtalks validate --installed`" in second


@pytest.mark.parametrize("command", [("fmt",), ("fmt", "--check"), ("diff", "../old")])
def test_other_commands_that_judge_refuse_too(
    command: tuple[str, ...], empty: Path, run: Run
) -> None:
    write(empty.parent / "old", SMALL)
    result = run(*command, code=2)
    assert result.stdout == ""
    assert "--installed" in result.stderr


def test_the_installed_record_is_checked_when_asked_for(
    empty: Path, run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the installed record" in run("validate", "--installed", code=0).stderr
    assert "no changes" in run("diff", root, "--installed", code=0).stdout
    assert "not both" in run("diff", root, root, "--installed", code=2).stderr
    monkeypatch.chdir(write(empty.parent / "here", SMALL))
    assert "the installed record" in run("validate", "--installed", code=0).stderr.splitlines()[0]
    both = run("validate", ".", "--installed", code=0).stderr
    assert both.count("checking ") == 2


@pytest.mark.parametrize("name", ["datapackage.yml", "datapackage.yaml"])
def test_a_descriptor_in_yaml_gets_its_own_words(name: str, empty: Path, run: Run) -> None:
    (empty / name).write_text("name: ports\nresources:\n- name: t\n  path: t.csv\n", "utf-8")
    for given in (".", name):
        said = run("validate", given, code=2).stdout
        assert "descriptors in YAML" in said
        assert "are not read" in said
        assert "datapackage.json" in said
    for command in (("validate",), ("fmt",), ("fmt", "."), ("info", "."), ("diff", ".", ".")):
        assert "in YAML" in run(*command, code=2).stderr, command
    with zipfile.ZipFile(empty / "ports.zip", "w") as archive:
        archive.write(name, f"ports/{name}")
    assert "in YAML are not read" in one_line(run("diff", "ports.zip", "ports.zip", code=2))
