"""Damaged files of every source: findings, never a traceback, and the same on both engines."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import temporary
from tests.support import EXAMPLES

FILES = {
    "json": "rivers.json",
    "jsonl": "rivers.jsonl",
    "xlsx": "rivers.xlsx",
    "parquet": "rivers.parquet",
    "compressed": "rivers.csv.gz",
    "xlsx-sheets": "book.xlsx",
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with some bytes changed, left out or repeated."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8])):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.choice([1, 10, 1000])]
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.choice([1, 10, 1000])]
        else:
            changed[at] ^= 1 << chance.randrange(8)
        if not changed:
            return b""
    return bytes(changed)


@pytest.mark.slow
@pytest.mark.parametrize("example", FILES)
def test_damage_gives_findings(example: str, tmp_path: Path) -> None:
    folder, name = tmp_path / "package", FILES[example]
    shutil.copytree(EXAMPLES / "good" / example, folder)
    content = (folder / name).read_bytes()
    chance = random.Random(f"{example} 1")  # noqa: S311 (not for secrets)
    for number in range(60):
        (folder / name).write_bytes(damaged(content, chance))
        found = validate(folder).findings
        if number % 10 == 0:
            assert validate(folder, Options(engine="duckdb")).findings == found
        for finding in found:
            assert finding.line is None or finding.line > 0
        temporary.remove_all()
