"""Commands that print rows write the same to a file: `--output` and `--force`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import Run

COMMANDS = {
    "ledger": ("ledger", "{root}", "--measure", "radar"),
    "positions": ("positions", "{root}", "--topic", "places"),
    "list": ("list", "responses", "move=decline", "--package", "{root}"),
    "search": ("search", "radars", "--package", "{root}", "--limit", "3"),
}


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, root: Path) -> tuple[str, ...]:
    """A command that prints rows."""
    return tuple(word.format(root=root) for word in COMMANDS[request.param])


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_a_file_has_what_is_printed(
    form: str, command: tuple[str, ...], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    printed = run(*command, "--format", form, code=0).stdout
    assert run(*command, "--format", form, "-o", "-", code=0).stdout == printed
    file = tmp_path / "rows"
    assert run(*command, "--format", form, "-o", file, code=0).stdout == ""
    assert file.read_text("utf-8") == printed


def test_a_file_that_exists_is_kept(command: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("mine")
    assert "rows.csv" in run(*command, "-o", file, code=2).stderr
    assert file.read_text() == "mine"
    run(*command, "-o", file, "--force", code=0)
    assert file.read_text() != "mine"


@pytest.mark.parametrize("name", ["datapackage.json", "data/claims.csv"])
@pytest.mark.parametrize(
    "command",
    [
        ("ledger", "{package}"),
        ("positions", "{package}"),
        ("list", "claims", "--package", "{package}"),
        ("search", "radars", "--package", "{package}"),
        ("sheet", "--from-record", "src-0001", "--package", "{package}"),
    ],
)
def test_no_file_of_the_package_is_replaced(
    command: tuple[str, ...], name: str, package: Path, run: Run
) -> None:
    before = (package / name).read_bytes()
    words = [word.format(package=package) for word in command]
    refused = run(*words, "-o", package / name, "--force", code=2)
    assert "which this command reads" in refused.stderr
    assert (package / name).read_bytes() == before


def test_an_archive_is_not_replaced(release: Path, run: Run) -> None:
    before = release.read_bytes()
    refused = run("ledger", release, "-o", release, "--force", code=2)
    assert "which this command reads" in refused.stderr
    assert release.read_bytes() == before


@pytest.fixture
def release(root: Path, tmp_path: Path) -> Path:
    """A copy of the zip of a release."""
    newest = max((root / "releases").glob("*.zip"))
    return Path(shutil.copy(newest, tmp_path / "z.zip"))
