"""Every session of docs/research.md is run in an empty folder, and its output compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.python_pages import python_session
from tests.support.sessions import check, session


def test_the_page_has_six_jobs(root: Path) -> None:
    page = (root / "docs" / "research.md").read_text("utf-8")
    jobs = page.split("\n## ")[1:]
    assert [job[:2] for job in jobs] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert all("```pycon" in job or "```console" in job for job in jobs)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_python_sessions_print_what_is_shown(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert "".join(python_session(root / "docs" / "research.md")) == ""
    assert (tmp_path / "threat.png").stat().st_size > 5_000


@pytest.mark.slow
def test_the_commands_print_what_is_shown(root: Path, tmp_path: Path, program: Path) -> None:
    for command, shown in session((root / "docs" / "research.md").read_text("utf-8")):
        check(command, shown, tmp_path, program)
