"""The place of a finding as the repository names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.findings import Finding, Report
from shieldtalks.tabular.reports import github, sarif
from shieldtalks.tabular.reports.location import in_repository, repository_path


@pytest.fixture(autouse=True)
def _no_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def report(path: Path | str) -> Report:
    finding = Finding(rule="enum", message="m", file="data/t.csv", line=3)
    return Report({"name": "n", "version": None, "path": str(path)}, [finding])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in a folder of a repository."""
    folder = tmp_path / "repo" / "packages" / "rivers"
    folder.mkdir(parents=True)
    return folder


def test_a_path_is_relative_to_the_workspace(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repo"))
    for here in (package, tmp_path, tmp_path / "repo"):
        monkeypatch.chdir(here)
        assert repository_path(package / "t.csv") == "packages/rivers/t.csv"
    monkeypatch.chdir(package)
    assert repository_path(Path("data/../t.csv")) == "packages/rivers/t.csv"


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_path_is_relative_to_the_top_of_its_repository(
    is_folder: bool, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = tmp_path / "repo" / ".git"
    git.mkdir() if is_folder else git.write_text("gitdir: elsewhere", "utf-8")
    for workspace in ("", "relative", str(tmp_path / "other")):
        monkeypatch.setenv("GITHUB_WORKSPACE", workspace)
        monkeypatch.chdir(package)
        assert repository_path(Path("t.csv")) == "packages/rivers/t.csv"


def test_a_link_to_the_workspace_is_the_workspace(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "repo")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "link"))
    assert repository_path(package / "t.csv") == "packages/rivers/t.csv"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repo"))
    linked = tmp_path / "link" / "packages" / "rivers" / "t.csv"
    assert repository_path(linked) == "packages/rivers/t.csv"


def test_outside_every_repository_the_current_folder_is_the_top(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "repo")
    assert repository_path(package / "t.csv") == "packages/rivers/t.csv"
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    whole = (package / "t.csv").as_posix()
    assert repository_path(package / "t.csv") == whole
    text = sarif.text([report(package / "datapackage.json")], "1")
    assert (package / "data" / "t.csv").as_uri() in text


def test_a_finding_in_an_archive_is_a_place_of_the_archive(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repo"))
    archive = package / "rivers.zip"
    archive.write_bytes(b"PK")
    found = report(archive / "datapackage.json")
    place = in_repository(found, found.findings[0])
    assert place == ("packages/rivers/rivers.zip", None, "data/t.csv:3: ")
    assert list(github.lines(found)) == [
        "::error file=packages/rivers/rivers.zip,title=enum::data/t.csv:3: m"
    ]


def test_names_are_encoded(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repo"))
    odd = package / "a b,c:d%é\udcff"
    found = report(odd / "datapackage.json")
    assert '"uri": "packages/rivers/a%20b%2Cc%3Ad%25%C3%A9%FF/data/t.csv"' in sarif.text(
        [found], "1"
    )
    (line,) = github.lines(found)
    assert line == (
        "::error file=packages/rivers/a b%2Cc%3Ad%25é\\udcff/data/t.csv,line=3,title=enum::m"
    )
