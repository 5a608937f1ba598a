"""The work of `describe` grows no faster than the files: function calls are counted, not timed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from shieldtalks.tabular.describe import describe
from shieldtalks.tabular.describe.digests import Digests
from tests.support.bare import text
from tests.support.calls import calls_of

pytestmark = pytest.mark.slow


def write(folder: Path, rows: int) -> Path:
    """Two tables, of which one refers to the other."""
    folder.mkdir()
    people = [[f"per-{i:06d}", f"Name {i}", i * 7919 % 100_003 / 8] for i in range(rows)]
    boats = [[i, f"per-{i % rows:06d}", i % 9, f"2020-01-{i % 28 + 1:02d}"] for i in range(rows)]
    (folder / "people.csv").write_text(text([["person_id", "name", "size"], *people]), "utf-8")
    (folder / "boats.csv").write_text(text([["boat", "person_id", "n", "day"], *boats]), "utf-8")
    return folder


def test_calls_are_linear_in_the_rows(tmp_path: Path) -> None:
    describe(write(tmp_path / "first", 100))
    folders = [write(tmp_path / str(rows), rows) for rows in (4_000, 16_000)]
    small, large = (calls_of(partial(describe, folder)) for folder in folders)
    assert large < 4.6 * small


def test_calls_are_linear_in_the_columns(tmp_path: Path) -> None:
    def wide(columns: int) -> Path:
        folder = tmp_path / f"wide{columns}"
        folder.mkdir()
        names = [f"c{i}" for i in range(columns)]
        rows = [[i * n % 7 for i in range(columns)] for n in range(30)]
        (folder / "wide.csv").write_text(text([names, *rows]), "utf-8")
        return folder

    folders = [wide(columns) for columns in (200, 800)]
    small, large = (calls_of(partial(describe, folder)) for folder in folders)
    assert large < 4.6 * small


def test_a_set_of_digests_keeps_eight_bytes_for_each_value() -> None:
    digests = Digests()
    for start in range(0, 400_000, 4096):
        digests.add(f"value {i % 100_000}" for i in range(start, start + 4096))
    assert len(digests) == 100_000
    assert digests.most == 100_000
