"""docs/rules.md from start to end: each file written, each change made, each command run and compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.support import Run
from tests.support.sessions import check, session

pytestmark = pytest.mark.slow

#: The blocks of the page: their language, the file that they belong to, and their text.
_BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


def follow(page: str, folder: Path, program: Path | None = None) -> list[tuple[str, str]]:
    """Do what the page shows, in a folder; its commands only with a program. The blocks that are no steps."""
    others: list[tuple[str, str]] = []
    for kind, name, text in _BLOCK.findall(page):
        if kind == "console":
            for command, shown in session(f"```console\n{text}```") if program else ():
                check(command, shown, folder, program)
        elif kind == "diff":
            lines = text.splitlines(keepends=True)
            old, new = ("".join(x[1:] for x in lines if x[0] == sign) for sign in "-+")
            file = folder / name
            before = file.read_text("utf-8")
            assert before.count(old) == 1
            file.write_text(before.replace(old, new), "utf-8")
        elif name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        else:
            others.append((kind, text))
    return others


def test_each_step_of_the_page_shows_what_it_says(
    root: Path, tmp_path: Path, program: Path
) -> None:
    folder = tmp_path / "harbours"
    folder.mkdir()
    follow((root / "docs" / "rules.md").read_text("utf-8"), folder, program)


def test_what_the_page_says_of_ci(
    root: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packages" / "harbours"
    folder.mkdir(parents=True)
    page = (root / "docs" / "rules.md").read_text("utf-8")
    others = dict(follow(page, folder))
    monkeypatch.chdir(tmp_path)
    (step,) = yaml.safe_load(others["yaml"])
    arguments = step["with"]["arguments"].split()
    result = run("validate", step["with"]["packages"], *arguments, code=0)
    assert "1 warning" in result.stderr
    command, *words = others["sh"].split()
    assert command == "shieldtalks"
    assert "depth: " in run(*words, code=1).stdout


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_the_rules_find_the_same_on_both_engines(
    engine: str, root: Path, tmp_path: Path, run: Run
) -> None:
    follow((root / "docs" / "rules.md").read_text("utf-8"), tmp_path)
    options = ("--rules", "package", "--engine", engine)
    out = run("validate", tmp_path, *options, code=0).stdout
    assert "harbours.csv:3: warning: depth: " in out
    assert "closing-date" not in out
