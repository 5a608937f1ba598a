"""What `make generate` writes: schemas and codebook."""

from __future__ import annotations

from pathlib import Path

from shieldtalks import generate


def test_generated_files_are_fresh(root: Path) -> None:
    assert generate.stale(root) == [], "run `make generate`"
