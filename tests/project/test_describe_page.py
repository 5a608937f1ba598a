"""docs/describe.md: its files are written, its commands run, and their output compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shieldtalks.tabular.describe import describe
from tests.support.sessions import check, session


@pytest.fixture
def page(root: Path, tmp_path: Path) -> str:
    """The page, with its files in the temporary folder."""
    text = (root / "docs" / "describe.md").read_text("utf-8")
    for name, content in re.findall(r"```csv (\S+)\n(.*?)```", text, re.DOTALL):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    return text


@pytest.mark.slow
def test_the_session_runs_as_shown(page: str, tmp_path: Path) -> None:
    steps = session(page)
    assert len(steps) == 3
    for command, shown in steps:
        check(command, shown, tmp_path)


def test_the_python_example_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names = {"describe": describe}
    exec(compile(code, "describe.md", "exec"), names)  # noqa: S102 (our own example)
    assert names["found"].descriptor["name"] == tmp_path.joinpath("rivers").name  # type: ignore[attr-defined]
