"""`shieldtalks export datacite`: what the descriptor says, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import Run

KNOWN = {
    "created": "2026-01-02T00:00:00Z",
    "contributors": [{"title": "Ada"}, {"title": "An archive", "roles": ["publisher"]}],
}


def _package(folder: Path, stated: dict[str, Any]) -> Path:
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    table = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}
    version = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    descriptor = version | {"name": "p"} | stated | {"resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def test_nothing_is_made_up(tmp_path: Path, run: Run) -> None:
    done = run("export", "datacite", _package(tmp_path, KNOWN), "-o", "-", code=0)
    record = json.loads(done.stdout)
    assert record["publisher"] == {"name": "An archive"}
    assert record["publicationYear"] == "2026"
    assert not {"identifiers", "version", "descriptions", "rightsList"} & record.keys()
    assert ":unav" not in done.stderr


def test_an_unknown_publisher_is_said(root: Path, run: Run) -> None:
    done = run("export", "datacite", root, "-o", "-", code=0)
    assert json.loads(done.stdout)["publisher"] == {"name": ":unav"}
    assert 'has the role "publisher"' in done.stderr


@pytest.mark.parametrize("lacking", KNOWN)
def test_what_a_record_needs_is_named(lacking: str, tmp_path: Path, run: Run) -> None:
    stated = {name: value for name, value in KNOWN.items() if name != lacking}
    said = run("export", "datacite", _package(tmp_path, stated), "-o", "-", code=2).stderr
    assert f'a DataCite record needs "{lacking}"' in said
