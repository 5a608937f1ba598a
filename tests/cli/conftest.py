"""What tests of several commands share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldtalks.cli import main
from tests.support.article import FILE
from tests.support.sheets import LIGHTHOUSE, collection


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables have the width that they have in a file, whatever terminal the tests run in."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A file with a copy of the article, to be changed."""
    return Path(shutil.copy(FILE, tmp_path / "copy.txt"))


@pytest.fixture(scope="session")
def lighthouse_coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with the made-up article, coded once. It must not be changed."""
    folder = collection(tmp_path_factory.mktemp("coded") / "lighthouse")
    result = CliRunner().invoke(
        main, ["code", str(LIGHTHOUSE), str(folder), "--article", str(FILE)]
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def coded(lighthouse_coded: Path, tmp_path: Path) -> Path:
    """A copy of the collection with the made-up article."""
    return Path(shutil.copytree(lighthouse_coded, tmp_path / "lighthouse"))
