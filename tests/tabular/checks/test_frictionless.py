"""Readers that we did not write open the package: frictionless, and the older datapackage."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.tables import read_table

pytestmark = pytest.mark.slow


def frictionless_report(descriptor: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import frictionless

        return frictionless.Package(str(descriptor)).validate()


def datapackage_rows(descriptor: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables as the older reader gives them, keys checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datapackage

        package = datapackage.Package(str(descriptor))
        assert package.valid, package.errors
        for resource in package.resources:
            resource.check_relations()
        return {res.name: res.read(keyed=True) for res in package.resources}


def test_frictionless_finds_the_record_valid(root: Path) -> None:
    report = frictionless_report(root / "datapackage.json")
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == len(read(root).resources)


def test_the_older_reader_reads_every_row(root: Path) -> None:
    tables = datapackage_rows(root / "datapackage.json")
    for name, rows in tables.items():
        assert len(rows) == len(read_table(root / "data" / f"{name}.csv"))


def test_awkward_notes_are_in_order_for_all_three(awkward: Path, run: Run) -> None:
    run("validate", awkward, code=0)
    report = frictionless_report(awkward / "datapackage.json")
    assert report.valid, report.flatten(["type", "note"])
    rows = datapackage_rows(awkward / "datapackage.json")["claims"]
    assert rows[4]["notes"] == "one\ntwo; three"


def test_reference_agrees_on_the_shipped_record(root: Path, run: Run) -> None:
    run("validate", root, "--reference", code=0)


def test_reference_finds_no_error_of_theirs_that_we_lack(package: Path, run: Run) -> None:
    claims = package / "data" / "claims.csv"
    text = claims.read_text("utf-8").replace(",CT+,", ",CT,", 3)
    claims.write_text(text.replace("clm-0009,", "clm-0008,", 1), "utf-8", newline="\n")
    events = package / "data" / "events.csv"
    events.write_bytes(events.read_bytes().replace(b"2007-04-23,2007-04-23,", b"2007-02-30,x,", 1))
    report = json.loads(run("validate", package, "--reference", "--format", "json", code=1).stdout)
    assert "reference" not in report["totals"]["by_rule"]


def test_a_disagreement_is_a_finding(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shieldtalks.record.checking import Options, validate
    from shieldtalks.tabular.checks import frictionless as reference

    made_up = reference.TheirError("claims", 3, "row-constraint", "made up")
    monkeypatch.setattr(reference, "errors", lambda *_: [made_up])
    (finding,) = validate(package, Options(reference=True)).findings
    assert (finding.rule, finding.table, finding.row) == ("reference", "claims", 3)


def test_a_table_that_refers_to_a_refused_one_is_no_disagreement(tmp_path: Path) -> None:
    """Frictionless cannot read the other table, for which there is a finding."""
    from shieldtalks.tabular.validation import Options, validate

    link = {"fields": "a", "reference": {"resource": "other", "fields": "a"}}
    schema = {"fields": [{"name": "a"}], "foreignKeys": [link]}
    other = {"fields": [{"name": "a"}]}
    resources = [
        {"name": "t", "path": "t.csv", "schema": schema},
        {"name": "other", "path": "other.csv", "encoding": "hz", "schema": other},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    for resource in resources:
        (tmp_path / str(resource["path"])).write_text("a\n1\n", "utf-8")
    found = validate(tmp_path, Options(reference=True)).findings
    assert "unsupported" in {one.rule for one in found}
    assert "reference" not in {one.rule for one in found}


def test_without_frictionless_the_message_names_the_install_line(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "frictionless", None)
    result = run("validate", root, "--reference", code=2)
    assert 'pip install "frictionless' in result.stderr
