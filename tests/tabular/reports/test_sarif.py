"""SARIF as code scanning takes it: the limits of GitHub, categories, places and fingerprints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from shieldtalks.tabular.findings import Finding, Report, Severity
from shieldtalks.tabular.reports import sarif
from shieldtalks.tabular.reports.rules import SENTENCES
from shieldtalks.tabular.rule_names import STRUCTURAL
from tests.support import ROOT, Run
from tests.tabular.reports.test_reports import SARIF


def finding(line: int | None = 2, **more: Any) -> Finding:
    given = {"rule": "enum", "message": "is not one of the codes", "file": "t.csv"}
    return Finding(**{**given, "table": "t", "field": "kind", "value": "x", "line": line, **more})


def report(path: str, *findings: Finding) -> Report:
    return Report({"name": "n", "version": None, "path": path}, list(findings), rows={"t": 1})


def document(*reports: Report, limit: int | None = None) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(sarif.text(list(reports), "1.2.3", limit))
    check(log)
    return log


def check(log: dict[str, Any]) -> None:
    """What GitHub asks of a file beyond its schema, and the schema where it is installed."""
    runs = log["runs"]
    assert len(runs) <= 20
    assert sum(len(run["results"]) for run in runs) <= 25_000
    categories = [run["automationDetails"]["id"].rpartition("/")[0] for run in runs]
    assert len(set(categories)) == len(categories)
    for run in runs:
        assert len(run["results"]) <= 5_000
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            assert rule["shortDescription"]["text"]
            assert rule["fullDescription"]["text"]
            assert rule["help"]["text"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert all(result["partialFingerprints"].values())
            for location in result["locations"]:
                place = location["physicalLocation"]
                assert place["region"]["startLine"] >= 1
                uri = place["artifactLocation"]["uri"]
                assert uri.isascii()
                assert "\\" not in uri
                assert " " not in uri
    if SARIF.is_file() and len(runs) < 3:
        validator = Draft7Validator(json.loads(SARIF.read_text("utf-8")))
        few = [run | {"results": run["results"][:3]} for run in runs]
        assert list(validator.iter_errors(log | {"runs": few})) == []


def notes(run: dict[str, Any]) -> list[str]:
    (invocation,) = run["invocations"]
    return [note["message"]["text"] for note in invocation.get("toolExecutionNotifications", ())]


def test_each_package_has_a_category_of_its_own(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    paths = ("rivers/datapackage.json", "a b/datapackage.json", "rivers/other.json")
    again = (*paths, "datapackage.json", str(tmp_path / "rivers" / "datapackage.json"))
    log = document(*(report(path, finding(None)) for path in again))
    assert [run["automationDetails"]["id"] for run in log["runs"]] == [
        "shieldtalks/rivers/",
        "shieldtalks/a%20b/",
        "shieldtalks/rivers/other.json/",
        "shieldtalks/",
        "shieldtalks/rivers-2/",
    ]


def test_a_finding_without_a_line_is_on_the_first() -> None:
    (run,) = document(report("p/datapackage.json", finding(None)))["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_at_most_twenty_packages_and_those_with_findings_first() -> None:
    clean = [report(f"clean{number}/datapackage.json") for number in range(20)]
    faulty = [report(f"faulty{number}/datapackage.json", finding()) for number in range(3)]
    log = document(*clean, *faulty)
    names = [run["automationDetails"]["id"] for run in log["runs"]]
    assert names[-3:] == [f"shieldtalks/faulty{number}/" for number in range(3)]
    assert names[:17] == [f"shieldtalks/clean{number}/" for number in range(17)]
    assert [note for run in log["runs"] for note in notes(run)] == [
        "not in this file, because GitHub takes at most 20 packages: 3 more packages, 0 of them with "
        "findings. Validate fewer packages at once."
    ]


@pytest.mark.slow
def test_at_most_five_thousand_findings_and_the_fatal_ones_first() -> None:
    fatal = finding(9, severity=Severity.FATAL, rule="unsupported")
    many = [finding(line) for line in range(2, 5_102)]
    (run,) = document(report("p/datapackage.json", *many, fatal))["runs"]
    assert len(run["results"]) == 5_000
    assert run["properties"]["totals"]["findings"] == 5_101
    assert notes(run) == ["not in this file, because it has a limit: 101 more findings"]
    lines = [
        one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in run["results"]
    ]
    assert lines == list(range(2, 5_002))
    (less,) = document(report("p/datapackage.json", *many[:3]), limit=2)["runs"]
    assert len(less["results"]) == 2
    assert notes(less)


@pytest.mark.slow
def test_all_packages_together_stay_within_the_limit() -> None:
    reports = [
        report(f"p{number}/datapackage.json", *[finding()] * (2_000 + number))
        for number in range(15)
    ]
    log = document(*reports)
    assert sum(len(run["results"]) for run in log["runs"]) > 24_000
    assert all(notes(run) for run in log["runs"])


def prints(*findings: Finding) -> list[str]:
    (run,) = document(report("p/datapackage.json", *findings))["runs"]
    return [result["partialFingerprints"]["shieldtalks/v1"] for result in run["results"]]


def test_a_finding_keeps_its_fingerprint_when_rows_move() -> None:
    (before,) = prints(finding(3, row=2, message="is already used on line 2"))
    (after,) = prints(finding(8, row=7, message="is already used on line 6"))
    assert before == after
    (shape,) = prints(finding(3, value=None, message="the row has 3 cells, as line 2"))
    (moved,) = prints(finding(4, value=None, message="the row has 3 cells, as line 3"))
    assert shape == moved != before


@pytest.mark.parametrize(
    "other",
    [{"rule": "type"}, {"file": "u.csv"}, {"table": "u"}, {"field": "id"}, {"value": "y"}],
    ids=lambda other: next(iter(other)),
)
def test_another_finding_has_another_fingerprint(other: dict[str, str]) -> None:
    assert prints(finding()) != prints(finding(**other))  # type: ignore[arg-type]


def test_equal_findings_are_numbered() -> None:
    assert len(set(prints(finding(2), finding(3), finding(4)))) == 3
    assert prints(finding(2), finding(3))[0] == prints(finding(3))[0]


def test_every_check_has_a_sentence() -> None:
    page = (ROOT / "docs" / "validation.md").read_text("utf-8")
    assert set(SENTENCES) >= STRUCTURAL
    assert [rule for rule in SENTENCES if f"| `{rule}` |" not in page] == []


def test_a_rule_of_the_profile_has_its_sentence(package: Path, run: Run) -> None:
    with (package / "data" / "retired.csv").open("a", encoding="utf-8", newline="") as retired:
        retired.write("prp-0001,2.0.0,,It is still in use.\n")
    log = json.loads(run("validate", package, "--format", "sarif", code=1).stdout)
    about = {
        rule["id"]: rule["shortDescription"]["text"]
        for rule in log["runs"][0]["tool"]["driver"]["rules"]
    }
    assert [text for text in about.values() if text.startswith("The package breaks")] == []
    assert set(about) - set(SENTENCES)
