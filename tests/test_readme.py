"""The README's session is run in an empty folder, and its output compared."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import shieldtalks


def session(readme: str) -> list[tuple[str, str]]:
    """The commands of the console blocks, each with the output that the README shows."""
    steps: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            steps.append((command, output))
    return steps


def as_pattern(output: str) -> str:
    """What a shown output matches: `...` stands for the part of a line that differs by machine."""
    return re.escape(output).replace(re.escape("..."), "[^\n]*")


def test_the_session_runs_as_shown(root: Path, tmp_path: Path) -> None:
    steps = session((root / "README.md").read_text("utf-8"))
    assert len(steps) == 6
    binaries = str(Path(sys.executable).parent)
    for command, shown in steps:
        done = subprocess.run(
            ["bash", "-c", f'PATH="{binaries}:$PATH"; {command} 2>&1'],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert re.fullmatch(as_pattern(shown), done.stdout), f"{command}\n{done.stdout}"


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
