"""The types that the package promises, to two checkers that read them from outside."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.client

PROGRAM = Path(__file__).with_name("typed_client.py")

#: A program whose last three lines are wrong.
WRONG = """
import shieldtalks
text: int = shieldtalks.load().claims[0].text
print(shieldtalks.load().claims[0].texts)
shieldtalks.load().frame("claims", labels="yes", backend="polars")
"""


MYPY = ["mypy", "--strict", "--cache-dir", "cache"]
PYRIGHT = ["pyright", "--pythonpath", sys.executable]


def faults(checker: list[str], program: Path, folder: Path) -> set[int]:
    """The lines of a program that a type checker, run in a folder of its own, does not let pass."""
    (folder / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict"}), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *checker, str(program)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    found = set(map(int, re.findall(r"\.py:([0-9]+):.* error:", done.stdout)))
    assert bool(found) is bool(done.returncode), done.stdout
    return found


@pytest.mark.parametrize("checker", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_a_program_that_uses_the_package_passes(checker: list[str], tmp_path: Path) -> None:
    assert faults(checker, PROGRAM, tmp_path) == set()


@pytest.mark.parametrize("checker", [MYPY, PYRIGHT], ids=["mypy", "pyright"])
def test_a_wrong_use_is_found(checker: list[str], tmp_path: Path) -> None:
    program = tmp_path / "wrong.py"
    program.write_text(WRONG, "utf-8")
    assert faults(checker, program, tmp_path) == {3, 4, 5}


def test_the_program_runs() -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "clm-0001" in done.stdout
