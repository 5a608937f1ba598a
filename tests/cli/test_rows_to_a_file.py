"""Commands that print rows write the same to a file: `--output` and `--force`."""

from __future__ import annotations

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
