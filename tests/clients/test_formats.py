"""Every line of docs/formats.md is run, in order, in one folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shieldtalks.exports import FORMATS
from tests.clients.conftest import HERE, absent

pytestmark = pytest.mark.client

PAGE = HERE.parents[1] / "docs" / "formats.md"

#: How a block of each language is run.
COMMANDS = {
    "sh": ["bash", "-euc"],
    "python": [sys.executable, "-W", "ignore", "-c"],
    "r": ["Rscript", "--vanilla", "-e"],
    "js": ["node", "-e"],
}
NOT_FOUND = 127


def blocks() -> Iterator[object]:
    """Each block of the page, with its language; named after its section."""
    for section in re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        for language, code in re.findall(
            r"^```(\w+)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE
        ):
            yield pytest.param(language, code, id=f"{section.split()[0]}-{language}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def test_every_format_has_its_section() -> None:
    sections = re.findall(r"^## ([a-z-]+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(FORMATS)


@pytest.mark.parametrize(("language", "code"), list(blocks()))
def test_a_block_runs(language: str, code: str, folder: Path) -> None:
    command = COMMANDS[language]
    if shutil.which(command[0]) is None:
        absent(command[0])
    if language == "js" and not (HERE / "node_modules").is_dir():
        absent("what tests/clients/package.json lists")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    places = {"PATH": path, "NODE_PATH": str(HERE / "node_modules"), "HOME": str(folder)}
    done = subprocess.run(
        [*command, code],
        cwd=folder,
        env=os.environ | places,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == NOT_FOUND:
        absent(done.stderr.strip())
    assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"
    assert done.stdout or "shieldtalks export" in code
