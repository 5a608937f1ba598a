"""The README's session is run in an empty folder, and its output compared."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

import shieldtalks
from shieldtalks.record.models import RECORD_PREFIXES, RECORDS
from tests.support.sessions import check, session

#: How the identifier begins that comes first in a row, by table.
_FIRST = RECORD_PREFIXES | {"attributions": "evd", "aliases": "act", "participants": "evt"}


@pytest.mark.slow
def test_the_session_runs_as_shown(root: Path, tmp_path: Path) -> None:
    steps = session((root / "README.md").read_text("utf-8"))
    assert len(steps) == 9
    for command, shown in steps:
        check(command, shown, tmp_path)


@pytest.mark.slow
def test_the_python_examples_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (root / "README.md").read_text("utf-8")
    code = "".join(re.findall(r"```python\n(.*?)```", readme, re.DOTALL))
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 (our own examples)
    assert "decline | anonymous" in capsys.readouterr().out
    assert {"claimant_id_label", "factuality_label"} <= set(names["claims"].columns)
    assert {"proposer", "move_label", "state"} <= set(names["answers"].columns)


def test_links_to_files_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", root / "CONTRIBUTING.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_citation_is_that_of_the_version(root: Path) -> None:
    readme = " ".join((root / "README.md").read_text("utf-8").replace("> ", "").split())
    assert f"Data package, version {shieldtalks.__version__}." in readme


def test_the_rows_of_the_worked_example_fit_their_tables(root: Path) -> None:
    """CONTRIBUTING shows how an article is added, row by row."""
    page = (root / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"data/([a-z]+)\.csv", page))
    widths: dict[str, set[int]] = {}
    for record in RECORDS:
        if record.table.name in named & _FIRST.keys():
            widths.setdefault(_FIRST[record.table.name], set()).add(len(record.model_fields))
    shown = re.findall(r"^ {7}([a-z]{3}-9\d{3},.*)$", page, re.MULTILINE)
    for line in shown:
        (cells,) = csv.reader([line])
        assert len(cells) in widths[line[:3]], line
    assert {line[:3] for line in shown} == {
        "act",
        "src",
        "evt",
        "prp",
        "rsp",
        "pos",
        "clm",
        "evd",
        "cod",
    }
