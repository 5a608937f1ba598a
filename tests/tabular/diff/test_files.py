"""Files that are no tables, and tables without a schema, are compared by their bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.diff import Difference, compare
from shieldtalks.tabular.diff.change import Change
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.files import SCHEMA, with_files

Entries = dict[str, dict[str, Any]]
TABLE: Entries = {"t": {"path": "t.csv", "schema": SCHEMA}}
BARE: Entries = {"b": {"path": "b.csv"}}
README: Entries = {"readme": {"path": "README.md"}}
ALL: Entries = TABLE | BARE | README

#: For each case the kinds of change, and the old and the new package.
CASES: dict[str, tuple[list[str], Entries, Entries, dict[str, str]]] = {
    "nothing": ([], ALL, ALL, {}),
    "a file": (["file-changed"], ALL, ALL, {"readme": "other"}),
    "a table without a schema": (["bare-table-changed"], ALL, ALL, {"b": "a\n"}),
    "a new file": (["file-added"], TABLE | BARE, ALL, {}),
    "a new table": (["table-added"], TABLE | README, ALL, {}),
    "no file": (["file-removed"], ALL, TABLE | BARE, {}),
    "no table": (["table-removed"], ALL, TABLE | README, {}),
    "a file elsewhere": (["file-moved"], ALL, ALL | {"readme": {"path": "docs/R.md"}}, {}),
    "a table elsewhere": (["table-moved"], ALL, ALL | {"b": {"path": "c.csv"}}, {}),
    "a schema": (["schema-added"], ALL, ALL | {"b": {"path": "b.csv", "schema": SCHEMA}}, {}),
    "no schema": (["schema-removed"], ALL, ALL | {"t": {"path": "t.csv"}}, {}),
    "a title": (["metadata-changed"], ALL, ALL | {"b": {"path": "b.csv", "title": "B"}}, {}),
    "a table that was a file": (
        ["file-removed", "table-added"],
        ALL,
        ALL | {"readme": {"path": "README.md", "type": "table", "format": "csv"}},
        {},
    ),
}


def found(folder: Path, name: str) -> Difference:
    """What a case comes to."""
    _, old, new, texts = CASES[name]
    before = with_files(folder / "old", old)
    return compare(read(before), read(with_files(folder / "new", new, **texts)))


def every_change(folder: Path) -> list[Change]:
    """The changes of all cases."""
    changes = []
    for number, name in enumerate(CASES):
        (folder / str(number)).mkdir()
        changes += found(folder / str(number), name).changes
    return changes


@pytest.mark.parametrize("name", CASES)
def test_what_changed_in_files(name: str, tmp_path: Path) -> None:
    difference = found(tmp_path, name)
    assert [change.kind for change in difference.changes] == CASES[name][0]
    assert difference.not_compared == ()


def test_several_files_of_one_resource(tmp_path: Path) -> None:
    def package(name: str, second: str) -> Path:
        folder = with_files(tmp_path / name, TABLE)
        for path, text in (("1.txt", "same"), ("2.txt", second)):
            (folder / path).write_text(text, "utf-8")
        text = (folder / "datapackage.json").read_text("utf-8")
        entry = '{"name": "notes", "path": ["1.txt", "2.txt"]}, '
        text = text.replace('"resources": [', f'"resources": [{entry}')
        (folder / "datapackage.json").write_text(text, "utf-8")
        return folder

    difference = compare(read(package("old", "old")), read(package("new", "new")))
    assert [(change.kind, change.table) for change in difference.changes] == [
        ("file-changed", "notes")
    ]


def test_a_file_that_is_not_there_was_not_compared(tmp_path: Path, run: Run) -> None:
    old, new = (with_files(tmp_path / name, ALL) for name in ("old", "new"))
    (new / "README.md").unlink()
    result = run("diff", old, new, code=0)
    assert "no changes in what was compared" in result.stdout
    assert "readme" in result.stdout
