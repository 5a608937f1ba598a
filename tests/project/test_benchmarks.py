"""The generated packages of the benchmarks: valid when clean, wrong exactly where they are spoiled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import Findings

pytestmark = pytest.mark.slow


#: Every rule that the generator knows how to break.
BROKEN = [
    "enum",
    "foreign-key",
    "maxLength",
    "maximum",
    "minimum",
    "pattern",
    "primary-key",
    "required",
    "type",
]


@pytest.fixture
def generate(root: Path, tmp_path: Path) -> Callable[..., Path]:
    """Generate a package into a folder of this name."""

    def call(name: str, claims: int, *options: str) -> Path:
        script = root / "benchmarks" / "generate.py"
        folder = tmp_path / name
        subprocess.run([sys.executable, script, str(claims), folder, *options], check=True)
        return folder

    return call


def places(entries: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Findings as far as the truth tells them, repeats kept."""
    return sorted(
        tuple(entry[name] for name in ("table", "row", "field", "rule")) for entry in entries
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_clean_package_is_valid(generate: Callable[..., Path], findings: Findings) -> None:
    folder = generate("clean", 200)
    assert findings(folder) == []
    assert not (folder / "truth.json").exists()


def test_frictionless_finds_a_clean_package_valid(generate: Callable[..., Path]) -> None:
    descriptor = generate("clean", 200) / "datapackage.json"
    command = [sys.executable, "-m", "frictionless", "validate", str(descriptor)]
    outcome = subprocess.run(command, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_findings_are_what_was_spoiled(
    generate: Callable[..., Path], findings: Findings, seed: str
) -> None:
    folder = generate("bad", 2000, "--bad", "0.05", "--seed", seed)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert sorted({entry["rule"] for entry in truth}) == BROKEN
    assert places(findings(folder)) == places(truth)


@pytest.mark.parametrize("options", [(), ("--bad", "0.05")])
def test_the_same_arguments_give_the_same_bytes(
    generate: Callable[..., Path], options: tuple[str, ...]
) -> None:
    assert contents(generate("one", 200, *options)) == contents(generate("two", 200, *options))


def test_another_seed_gives_other_rows(generate: Callable[..., Path]) -> None:
    assert contents(generate("one", 200)) != contents(generate("two", 200, "--seed", "1"))
