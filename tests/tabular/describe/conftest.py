"""What the tests of `describe` share: a folder of files, and its description."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldtalks.tabular.describe import Description, describe
from tests.support.bare import Describe


@pytest.fixture
def described(tmp_path: Path) -> Describe:
    """Describe files with these contents, in a folder of their own."""

    def call(**files: str | bytes) -> Description:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            file = tmp_path / (name.replace("__", "/") + ".csv")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return describe(tmp_path)

    return call
