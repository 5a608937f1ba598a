"""What `make` tells a newcomer, and how it treats the virtual environment."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

VersionInfo = namedtuple("VersionInfo", "major minor micro")


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A folder with the Makefile and the script that checks Python, and nothing else."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "pyproject.toml").touch()
    shutil.copy(root / "Makefile", tmp_path)
    shutil.copy(root / ".ci" / "python.py", tmp_path / ".ci")
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    return subprocess.run(
        ["make", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def environment(folder: Path, version: str) -> Path:
    """What a virtual environment of some version of Python looks like to the script."""
    venv = folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    (venv / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n", "utf-8")
    return venv


def test_make_alone_lists_every_target(checkout: Path) -> None:
    done = make(checkout)
    makefile = (checkout / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert done.returncode == 0
    listed = re.findall(r"(?m)^  ([a-z-]+) +\S", done.stdout)
    assert sorted(listed) == sorted(phony.group(1).replace("\\\n", " ").split())


def test_a_python_that_does_not_run_is_one_line(checkout: Path) -> None:
    done = make(checkout, "run", "PYTHON=no-such-python")
    assert done.returncode == 2
    assert "no-such-python does not run. Name another one" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_too_old_is_one_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    venv = environment(tmp_path, "3.9.2")
    monkeypatch.setattr(sys, "version_info", VersionInfo(3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["python.py", str(venv)])
    runpy.run_path(str(root / ".ci" / "python.py"), run_name="__main__")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Shieldtalks needs Python 3.11 or later.")
    assert venv.exists()


@pytest.mark.parametrize(
    ("version", "kept"), [("{0}.{1}.0", True), ("3.2.1", False), ("4.0.0", False)]
)
def test_an_environment_of_another_python_is_replaced(
    version: str, kept: bool, checkout: Path
) -> None:
    venv = environment(checkout, version.format(*sys.version_info[:2]))
    done = make(checkout, "--dry-run", "run", f"PYTHON={sys.executable}")
    assert done.returncode == 0
    assert venv.exists() is kept
    assert ("Replacing .venv, which another Python made." in done.stderr) is not kept


def test_a_half_made_environment_is_replaced(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    make(checkout, "--dry-run", "run", f"PYTHON={sys.executable}")
    assert not (checkout / ".venv").exists()


def test_build_does_not_install_the_developers_tools(checkout: Path) -> None:
    done = make(checkout, "--dry-run", "build", f"PYTHON={sys.executable}")
    assert "--group" not in done.stdout
    assert "-m build" in done.stdout
