"""Many findings: the first of each rule are listed, the others counted, and the totals stay exact."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import findings
from shieldtalks.tabular.findings import Finding, Further, Quota, Report, Severity
from shieldtalks.tabular.marks import Rows
from shieldtalks.tabular.sources import notes
from shieldtalks.tabular.sources.loaded import LoadedTable
from shieldtalks.tabular.tally import Tally
from tests.support import MakePackage, Run

NAMES = [{"name": "id"}, {"name": "a"}]
SELF = {"fields": "a", "reference": {"resource": "", "fields": "id"}}

#: Tables with as many faults of one rule as asked for: the rule, the lines, the schema.
KINDS: dict[str, tuple[str, Callable[[int], list[str]], dict[str, Any]]] = {
    "cells": (
        "type",
        lambda size: [f"{n},x" for n in range(size)],
        {"fields": [{"name": "id"}, {"name": "a", "type": "integer"}]},
    ),
    "short rows": ("missing-cell", lambda size: [str(n) for n in range(size)], {"fields": NAMES}),
    "bytes": ("control-character", lambda size: ["1,\x01"] * size, {"fields": NAMES}),
    "blank lines": ("blank-row", lambda size: [""] * size, {"fields": NAMES}),
    "empty rows": ("blank-row", lambda size: [","] * size, {"fields": NAMES}),
    "one key": (
        "primary-key",
        lambda size: ["1,x"] * (size + 1),
        {"fields": NAMES, "primaryKey": "id"},
    ),
    "dangling": (
        "foreign-key",
        lambda size: [f"{n},x" for n in range(size)],
        {"fields": NAMES, "primaryKey": "id", "foreignKeys": [SELF]},
    ),
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Only a few findings of a rule are listed."""
    for module in (findings, notes):
        monkeypatch.setattr(module, "MOST_OF_A_RULE", 30)
    return 30


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_further_findings_are_counted_not_built(
    engine: str,
    kind: str,
    few: int,
    make_package: MakePackage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule, lines, schema = KINDS[kind]
    built: Counter[str] = Counter()
    build = LoadedTable.finding

    def counting(self: LoadedTable, rule: str, *given: Any, **more: Any) -> Finding:
        built[rule] += 1
        return build(self, rule, *given, **more)

    monkeypatch.setattr(LoadedTable, "finding", counting)
    for size in (few, 100, 200) if engine == "sqlite" else (200,):
        built.clear()
        text = "\n".join(["id,a", *lines(size), ""])
        report = validate(make_package(text, [], schema=schema), Options(engine=engine))
        listed = [found.line for found in report.findings if found.rule == rule]
        assert len(listed) == built[rule] == few
        assert listed == sorted(listed, key=lambda line: line or 0)
        assert report.totals()["by_rule"] == {rule: size}


@pytest.mark.usefixtures("few")
def test_each_form_of_a_report_shows_what_was_left_out(make_package: MakePackage, run: Run) -> None:
    rule, lines, schema = KINDS["cells"]
    folder = make_package("\n".join(["id,a", *lines(100), ""]), [], schema=schema)
    more = "... and 70 more findings of the rule type in the table things, counted but not listed"
    lines_of_text = run("validate", folder, "--limit", "4", code=1).stdout.splitlines()
    assert lines_of_text[-2:] == [
        "... and 26 more findings, not shown because of --limit",
        more,
    ]
    assert "not valid: 100 errors in 1 table, 100 rows" in run("validate", folder, code=1).stderr
    totals = json.loads(run("validate", folder, "--format", "json", code=1).stdout)["totals"]
    assert (totals["findings"], totals["left_out"], totals["by_rule"]) == (100, 70, {rule: 100})
    assert f"::notice::{more}" in run("validate", folder, "--format", "github", code=1).stdout
    suite = run("validate", folder, "--format", "junit", code=1).stdout
    assert 'tests="100" failures="100"' in suite
    assert more in suite
    note = "not in this file, because it has a limit: 70 more findings"
    assert note in run("validate", folder, "--format", "sarif", code=1).stdout
    only = run("validate", folder, "--only", "enum", code=0)
    assert only.stdout == ""
    assert only.stderr.splitlines()[-1] == (
        "no findings of the chosen rules in 1 table, 100 rows; 100 findings of other rules not shown"
    )
    assert more in run("validate", folder, "--only", "type", code=1).stdout
    others = "100 findings of other rules, not shown because of --only"
    for form in ("github", "sarif", "junit"):
        assert others in run("validate", folder, "--only", "enum", "--format", form, code=0).stdout
    page = run("validate", folder, "--only", "enum", "--format", "html", code=0).stdout
    assert "No errors of the chosen rules. 100 other findings." in page


@pytest.mark.usefixtures("few")
def test_a_cell_whose_finding_is_only_counted_gets_no_second_one(
    make_package: MakePackage,
) -> None:
    unique = {"unique": True}
    fields = [{"name": "id"}, {"name": "a", "type": "integer", "constraints": unique}]
    folder = make_package("id,a\n" + "1,x\n" * 100, fields)
    assert validate(folder).totals()["by_rule"] == {"type": 100}


@pytest.mark.usefixtures("few")
def test_levels_hold_for_findings_that_are_only_counted(
    make_package: MakePackage, run: Run
) -> None:
    _, lines, schema = KINDS["blank lines"]
    folder = make_package("\n".join(["id,a", *lines(100), ""]), [], schema=schema)
    run("validate", folder, code=0)
    run("validate", folder, "--strict", code=1)
    assert "100 errors" in run("validate", folder, "--set", "blank-row=error", code=1).stderr
    assert "no findings" in run("validate", folder, "--set", "blank-row=off", code=0).stderr


def test_many_tables_with_many_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_LISTED", 100)
    tally = Tally(Report({"name": None, "version": None, "path": "p"}))
    for table in map(str, range(20)):
        for rule in ("type", "enum"):
            found = Finding(rule=rule, message="", file="t.csv", table=table)
            tally.add([found] * 60)
            fatal = Finding(
                rule=rule, message="", file="t.csv", table=table, severity=Severity.FATAL
            )
            tally.add([fatal])
    listed = len(tally.report.findings)
    assert listed == 100 + 1 + 38 * 11  # then ten of each rule, and each fatal one
    assert tally.report.count() == 40 * 61
    assert tally.report.exit_code == 2


def test_a_report_of_counted_findings_is_not_clean() -> None:
    report = Report({"name": None, "version": None, "path": "p"})
    tally = Tally(report)
    tally.add([Further("t", "type", row=3, field="a", times=1)])
    tally.settle()
    assert report.exit_code == 1
    assert (tally.is_bad("t", 3, "a"), tally.is_bad("t", 4, "a")) == (True, False)
    assert (tally.is_reported("t", 3), tally.is_reported("u", 3)) == (True, False)
    assert not Quota().is_full("t", "type")


def test_a_set_of_rows() -> None:
    rows, others = Rows([1, 4095, 4096, 10**9]), Rows([2, 4096])
    rows.merge(others)
    found = [row for row in (0, 1, 2, 3, 4095, 4096, 4097, 10**9, 10**9 + 1) if row in rows]
    assert found == [1, 2, 4095, 4096, 10**9]
    assert rows
    assert not Rows()
