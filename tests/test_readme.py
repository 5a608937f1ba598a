"""The README's session is run in an empty folder, and its output compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shieldtalks

from .sessions import check, session


def test_the_session_runs_as_shown(root: Path, tmp_path: Path) -> None:
    steps = session((root / "README.md").read_text("utf-8"))
    assert len(steps) == 6
    for command, shown in steps:
        check(command, shown, tmp_path)


def test_the_python_example_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (root / "README.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[0]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (our own example)
    assert "decline | anonymous" in capsys.readouterr().out


def test_links_to_files_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_citation_is_that_of_the_version(root: Path) -> None:
    readme = " ".join((root / "README.md").read_text("utf-8").replace("> ", "").split())
    assert f"Data package, version {shieldtalks.__version__}." in readme
