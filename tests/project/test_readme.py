"""The README's session is run in an empty folder, and its output compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import shieldtalks
from tests.support import Run
from tests.support.article import FILE
from tests.support.sessions import check, session


@pytest.mark.slow
def test_the_session_runs_as_shown(root: Path, tmp_path: Path, program: Path) -> None:
    steps = session((root / "README.md").read_text("utf-8"))
    assert len(steps) == 9
    for command, shown in steps:
        check(command, shown, tmp_path, program)


@pytest.mark.slow
def test_the_python_examples_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (root / "README.md").read_text("utf-8")
    code = "".join(re.findall(r"```python\n(.*?)```", readme, re.DOTALL))
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 (our own examples)
    assert "decline | anonymous" in capsys.readouterr().out
    assert {"claimant_id_label", "factuality_label"} <= set(names["claims"].columns)
    assert {"proposer", "move_label", "state"} <= set(names["answers"].columns)


def test_links_to_files_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_citation_is_that_of_the_version(root: Path) -> None:
    readme = " ".join((root / "README.md").read_text("utf-8").replace("> ", "").split())
    assert f"Data package, version {shieldtalks.__version__}." in readme


@pytest.mark.slow
def test_the_sheet_of_the_worked_example_is_coded(
    root: Path, package: Path, run: Run, tmp_path: Path
) -> None:
    """CONTRIBUTING shows how an article is added to this record."""
    page = (root / "CONTRIBUTING.md").read_text("utf-8")
    (sheet,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "sheet.toml").write_text(sheet, "utf-8")
    result = run("code", tmp_path / "sheet.toml", "--package", package, "--article", FILE, code=0)
    assert "added 9 rows to 7 tables" in result.stderr
    assert re.search("the table coders has no row for evt-[0-9]{4}: add", result.stderr)
