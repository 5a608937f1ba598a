"""What the tests of `verify` and `anchor` share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.article import FILE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A file with a copy of the article, to be changed."""
    return Path(shutil.copy(FILE, tmp_path / "copy.txt"))
