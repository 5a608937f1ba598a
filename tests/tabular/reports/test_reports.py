"""The forms of a report, each read by somebody else's reader or held against its schema."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from shieldtalks import __version__
from shieldtalks.tabular.findings import Finding, Report
from shieldtalks.tabular.reports import github
from tests.support import ROOT, Run

SARIF = ROOT.joinpath(
    *("tests", "clients", "node_modules", "@microsoft", "jest-sarif"),
    *("lib", "schemas", "sarif-2.1.0-rtm.5.json"),
)


@pytest.fixture
def faulty(package: Path) -> Path:
    """The record with faults of several kinds, hostile text among them."""
    claims = package / "data" / "claims.csv"
    text = claims.read_text("utf-8").replace(",CT+,", ",<b>%25::\u2028]]>,", 1)
    claims.write_text(text.replace("clm-0009,", "clm-0008,", 1), "utf-8", newline="\n")
    (package / "data" / "retired.csv").unlink()
    return package


@pytest.fixture
def reports(root: Path, faulty: Path, run: Run) -> Callable[[str], str]:
    """Two packages, one of them faulty, in one form."""
    return lambda form: run("validate", faulty, root, "--format", form, code=2).stdout


def findings(faulty: Path, run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        run("validate", faulty, "--format", "json", code=2).stdout
    )["findings"]
    return found


def test_json_follows_its_schema(reports: Callable[[str], str], root: Path) -> None:
    schema = json.loads((root / "schemas" / "report.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    several = json.loads(reports("json"))
    assert list(validator.iter_errors(several)) == []
    assert list(validator.iter_errors(several[0])) == []
    assert not validator.is_valid({**several[0], "more": 1})


@pytest.mark.slow
def test_json_follows_its_schema_for_another_reader(
    reports: Callable[[str], str], root: Path, tmp_path: Path
) -> None:
    (tmp_path / "report.json").write_text(reports("json"), "utf-8")
    subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema", "--schemafile"),
            str(root / "schemas" / "report.schema.json"),
            str(tmp_path / "report.json"),
        ],
        check=True,
        capture_output=True,
    )


def test_sarif_follows_its_schema(reports: Callable[[str], str], tmp_path: Path) -> None:
    if not SARIF.is_file():
        assert "CI" not in os.environ, "`make test` installs the schema by npm; in CI it must"
        pytest.skip("the SARIF schema comes by npm (`make test` installs it), and is not here")
    (tmp_path / "x.sarif").write_text(reports("sarif"), "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema", "--regex-variant", "python"),
            *("--schemafile", str(SARIF), "--force-filetype", "json", str(tmp_path / "x.sarif")),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_sarif_says_what_json_says(reports: Callable[[str], str], faulty: Path, run: Run) -> None:
    log = json.loads(reports("sarif"))
    first, second = log["runs"]
    assert first["tool"]["driver"]["version"] == __version__
    assert second["results"] == []
    told = findings(faulty, run)
    assert [result["ruleId"] for result in first["results"]] == [f["rule"] for f in told]
    for result, finding in zip(first["results"], told, strict=True):
        assert first["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["rule"]
        (place,) = result["locations"]
        location = place["physicalLocation"]
        assert location["artifactLocation"]["uri"].endswith(str(finding["file"]))
        assert location["region"] == {"startLine": finding["line"] or 1}
        assert str(finding["hint"]) in result["message"]["text"]


def test_junit_is_read_by_junitparser(
    reports: Callable[[str], str], faulty: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.xml").write_text(reports("junit"), "utf-8")
    document = JUnitXml.fromfile(str(tmp_path / "x.xml"))
    first, second = list(document)
    told = findings(faulty, run)
    assert first.failures == len(told)
    failed = [case for case in first if case.result and not case.is_skipped]
    assert [case.result[0].type for case in failed] == [finding["rule"] for finding in told]
    assert second.failures == 0
    assert {case.name for case in second} >= {"claims", "events"}
    document.update_statistics()
    assert document.failures == len(told)


COMMAND = re.compile(r"::error file=([^,:]+)(?:,line=(\d+))?,title=([^:,]+)::([^\r\n]*)")


def test_github_commands_are_one_line_each(
    reports: Callable[[str], str], faulty: Path, run: Run
) -> None:
    told = findings(faulty, run)
    lines = reports("github").splitlines()
    assert len(lines) == len(told)
    for line, finding in zip(lines, told, strict=True):
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        file, number, title, message = match.groups()
        assert file.endswith(str(finding["file"]))
        assert (int(number) if number else None) == finding["line"]
        assert title == finding["rule"]
        assert "%25" in message or "%" not in message


@pytest.mark.parametrize(("number", "words"), [(1, "1 more finding"), (3, "3 more findings")])
def test_github_counts_what_it_does_not_show(number: int, words: str) -> None:
    findings = [
        Finding(rule="type", message="m", file="t.csv", line=line) for line in range(number)
    ]
    report = Report({"path": "datapackage.json"}, findings)
    (line,) = github.lines(report, limit=0)
    assert line == f"::notice::{words}, not shown because of --limit"


@pytest.mark.sample(3)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_limit_never_hides_the_totals(form: str, faulty: Path, run: Run) -> None:
    whole = len(findings(faulty, run))
    text = run("validate", faulty, "--format", form, "--limit", 1, code=2).stdout
    if form == "json":
        assert json.loads(text)["totals"]["findings"] == whole
    elif form == "sarif":
        (log,) = json.loads(text)["runs"]
        assert len(log["results"]) == 1
        assert log["properties"]["totals"]["findings"] == whole
    elif form == "junit":
        assert f'failures="{whole}"' in text
    else:
        assert f"{whole - 1} more finding" in text
