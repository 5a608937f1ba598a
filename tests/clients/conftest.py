"""What the client tests share: every export made once, and the readers that come by npm."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main

HERE = Path(__file__).parent


def absent(what: str) -> None:
    """Skip where a reader is not installed, and say so; in CI it must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed: run `make clients`")


@pytest.fixture(scope="session")
def need() -> Callable[[str], None]:
    """Skip where a command is not installed; in CI it must be there."""

    def check(command: str) -> None:
        if shutil.which(command) is None:
            absent(command)

    return check


@pytest.fixture(scope="session")
def exported(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The shipped package in a format, under a name; made once."""
    folder = tmp_path_factory.mktemp("exported")

    def make(form: str, name: str, *options: str) -> Path:
        target = folder / name
        if not target.exists():
            arguments = ["export", form, str(root), "-o", str(target), *options]
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code == 0, result.output
        return target

    return make


@pytest.fixture(scope="session")
def cells(root: Path) -> dict[str, list[dict[str, str]]]:
    """The cells of data/ as text, by table."""
    tables = {}
    for file in sorted((root / "data").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            tables[file.stem] = list(csv.DictReader(lines))
    return tables


@pytest.fixture(scope="session")
def node() -> Callable[..., Any]:
    """Run a line of JavaScript beside the readers that come by npm: the value that it prints as JSON."""
    if shutil.which("node") is None or not (HERE / "node_modules").is_dir():
        absent("node, or what tests/clients/package.json lists,")

    def call(script: str, *arguments: object) -> Any:
        done = subprocess.run(
            ["node", "-e", script, "--", *map(str, arguments)],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


@pytest.fixture(scope="session")
def npx() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command that comes by npm."""
    folder = HERE / "node_modules" / ".bin"
    if shutil.which("node") is None or not folder.is_dir():
        absent("node, or what tests/clients/package.json lists,")

    def call(command: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(folder / command), *map(str, arguments)],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def rscript() -> Callable[..., str]:
    """Run a program in R on some files: what it prints."""
    if shutil.which("Rscript") is None:
        absent("R")

    def call(program: str, *files: Path) -> str:
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", program, *map(str, files)],
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call
