"""The Responsible-AI fields of Croissant: what a package says, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.exports.responsible_ai import responsible_ai
from shieldtalks.tabular.package import read
from tests.support import Run


def _package(folder: Path, **stated: Any) -> Path:
    folder.mkdir()
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    table = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a"}]}}
    descriptor = {"name": "p", "version": "1.0.0", **stated, "resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({}, {}),
        ({"id": "urn:x"}, {}),
        ({"rai:dataBiases": "one"}, {"rai:dataBiases": ["one"]}),
        ({"rai:dataBiases": ["one", "", 2, "two"]}, {"rai:dataBiases": ["one", "two"]}),
        ({"rai:dataCollection": "by hand"}, {"rai:dataCollection": "by hand"}),
        ({"rai:dataCollection": ["by hand", "twice"]}, {}),
        ({"rai:unknown": "x", "rai:dataUseCases": {"a": 1}}, {}),
    ],
)
def test_any_descriptor_can_state_them(stated: Any, found: Any, tmp_path: Path, run: Run) -> None:
    package = _package(tmp_path / "package", **stated)
    run("export", "croissant", package, "-o", tmp_path / "out", code=0)
    written = json.loads((tmp_path / "out" / "croissant.json").read_text("utf-8"))
    assert {name: value for name, value in written.items() if name.startswith("rai:")} == found
    assert isinstance(written["conformsTo"], list) == bool(found)
    assert "url" not in written


def test_pages_are_used_only_for_a_package_of_the_profile(tmp_path: Path) -> None:
    package = _package(tmp_path / "package", sources=[{"title": "A report"}])
    pages = package / "docs" / "parts"
    pages.mkdir(parents=True)
    (pages / "limits.md").write_text(
        "## Limits\n\n- One\n  [page](x.md).\n- Two.\n\nMore.\n", "utf-8"
    )
    assert responsible_ai(read(package)) == {}
    file = package / "datapackage.json"
    stated = {"conformsTo": "urn:shieldtalks:profile:2", "rai:dataBiases": "English only"}
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | stated), "utf-8")
    assert responsible_ai(read(package)) == {
        "rai:dataCollection": "Coded from these sources: A report.",
        "rai:dataLimitations": ["One page.", "Two."],
        "rai:dataBiases": ["English only"],
    }


def test_a_page_outside_the_package_is_not_read(tmp_path: Path) -> None:
    package = _package(tmp_path / "package", conformsTo="urn:shieldtalks:profile:2")
    (tmp_path / "secret.md").write_text("## Limits\n\n- Secret.\n", "utf-8")
    (package / "docs" / "parts").mkdir(parents=True)
    (package / "docs" / "parts" / "limits.md").symlink_to(tmp_path / "secret.md")
    assert responsible_ai(read(package)) == {}
