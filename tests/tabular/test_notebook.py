"""Reports, differences and descriptions as Python shows them, in a terminal and in a notebook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import shieldtalks
from shieldtalks.tabular.findings import Finding, Report, Severity

RIVERS = {"name": "rivers", "version": None, "path": "rivers/datapackage.json"}


def report_of(number: int, **more: object) -> Report:
    """A report with so many findings."""
    findings = [
        Finding(rule="type", message=f'"<b>{line}" is no integer', file="rivers.csv", line=line)
        for line in range(2, number + 2)
    ]
    return Report(RIVERS, findings, rows={"rivers": 40}, **more)  # type: ignore[arg-type]


def test_a_valid_package_is_one_line(root: Path) -> None:
    report = shieldtalks.validate(root)
    first = repr(report)
    assert first.startswith("<Report shieldtalks ")
    assert first.endswith(": valid: 18 tables, 1453 rows, no findings>")
    assert report._repr_html_() == f"<p>{first.removeprefix('<Report ').removesuffix('>')}</p>"


def test_the_first_findings_are_shown_and_the_others_counted() -> None:
    first, *findings, last = repr(report_of(8)).splitlines()
    assert first == "<Report rivers: not valid: 8 errors in 1 table, 40 rows>"
    assert findings[0].endswith('rivers.csv:2: type: "<b>2" is no integer')
    assert len(findings) == 5
    assert last == "... and 3 more findings: see report.findings"
    assert len(repr(report_of(5)).splitlines()) == 6


def test_findings_that_are_only_counted_are_counted_here_too() -> None:
    left_out = Counter({("rivers", "type", Severity.ERROR): 1000})
    last = repr(report_of(8, left_out=left_out)).splitlines()[-1]
    assert last == "... and 1003 more findings: see report.findings"


def test_a_report_in_a_notebook_is_a_table() -> None:
    page = report_of(25)._repr_html_()
    assert page.count("<tr>") == 21
    assert "<b>" not in page
    assert "rivers: not valid: 25 errors in 1 table, 40 rows (20 findings shown" in page


def test_a_report_without_a_package(tmp_path: Path) -> None:
    first, finding, hint = repr(shieldtalks.validate(tmp_path / "nothing")).splitlines()
    assert first.startswith(f"<Report {tmp_path / 'nothing'}")
    assert "the file does not exist" in finding
    assert hint.startswith("    Give")


def test_a_difference_shows_its_result(root: Path, package: Path) -> None:
    assert repr(shieldtalks.diff(root, root)).splitlines() == [
        "<Difference of shieldtalks 2.0.0 and shieldtalks 2.0.0: no changes; 2.0.0 after 2.0.0 is allowed>"
    ]
    file = package / "data" / "proposals.csv"
    text = file.read_text("utf-8").replace(",Sites on Russian soil,", ",Sites in Russia,")
    file.write_text(text, "utf-8")
    first, *changes = repr(shieldtalks.diff(root, package)).splitlines()
    assert "smallest bump allowed: PATCH" in first
    assert any("prp-0016" in line for line in changes)
    many = repr(shieldtalks.diff(root / "releases" / "shieldtalks-1.0.0.zip", root))
    assert many.splitlines()[-1] == "...: see difference.changes"
    assert len(many.splitlines()) < 10


@pytest.mark.parametrize(("folder", "lines"), [("tests/own/rivers", 2), ("data", 7)])
def test_a_description_shows_its_tables(folder: str, lines: int, root: Path) -> None:
    shown = repr(shieldtalks.describe(root / folder)).splitlines()
    assert len(shown) == lines
    assert shown[0].startswith("<Description: ")
    assert " fields, " in shown[1]


def test_nothing_is_not_described() -> None:
    with pytest.raises(shieldtalks.CannotRun, match="there is no file to describe"):
        shieldtalks.describe([])
