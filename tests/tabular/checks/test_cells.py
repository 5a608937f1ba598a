"""Break any cell of the shipped record that something constrains: the finding names its place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.tabular.package import Resource, read
from tests.support import ROOT, Findings, Run

RESOURCES = {resource.name: resource for resource in read(ROOT).resources}

#: A value that no type, pattern, code list or key of the record allows.
WRONG = "§wrong§"

FREE_TEXT = {("propositions", "text"), ("events", "description"), ("proposals", "notes")}


def constrained(resource: Resource, field: dict[str, Any]) -> bool:
    constraints = field["constraints"]
    keys = {name for key in resource.schema.get("foreignKeys", []) for name in key["fields"]}
    return (
        field["type"] != "string"
        or bool({"pattern", "enum"} & set(constraints))
        or field["name"] in keys
    )


CASES = [
    (resource.name, field["name"])
    for resource in RESOURCES.values()
    for field in resource.fields
    if constrained(resource, field) and resource.name != "retired"
]

REQUIRED = [
    (resource.name, field["name"])
    for resource in RESOURCES.values()
    for field in resource.fields
    if field["constraints"]["required"] and resource.name != "retired"
]


def fields_of(cases: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The fields of each table."""
    return {table: [name for of, name in cases if of == table] for table, _ in cases}


def set_cell(
    package: Path, table: str, field: str, value: str, *, row: int | None = None
) -> tuple[int, int]:
    """Put a value into a field of a row, or of the table's middle row; its row and line."""
    file = package / "data" / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    row = len(rows) // 2 if row is None else row % (len(rows) - 1) + 1
    rows[row][rows[0].index(field)] = value
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    return row, row + 1


@pytest.mark.sample(4)
@pytest.mark.parametrize(("table", "fields"), fields_of(CASES).items())
def test_each_wrong_cell_is_found_at_its_place(
    table: str, fields: list[str], package: Path, findings: Findings
) -> None:
    broken = [
        (name, *set_cell(package, table, name, WRONG, row=n)) for n, name in enumerate(fields)
    ]
    found = findings(package)
    for name, row, line in broken:
        here = [f for f in found if (f["table"], f["row"], f["field"]) == (table, row, name)]
        assert len(here) == 1, "one cause, one finding"
        assert here[0]["file"] == f"data/{table}.csv"
        assert here[0]["line"] == line
        assert here[0]["value"] == WRONG
        assert here[0]["hint"]


@pytest.mark.sample(4)
@pytest.mark.parametrize(("table", "fields"), fields_of(REQUIRED).items())
def test_each_empty_required_cell_is_found(
    table: str, fields: list[str], package: Path, findings: Findings
) -> None:
    broken = [(name, *set_cell(package, table, name, "", row=n)) for n, name in enumerate(fields)]
    found = findings(package)
    for name, row, line in broken:
        here = [f for f in found if (f["table"], f["row"], f["field"]) == (table, row, name)]
        assert [(f["rule"], f["line"]) for f in here] == [("required", line)]


@pytest.mark.parametrize(("table", "field"), sorted(FREE_TEXT))
def test_changed_free_text_breaks_the_seal(
    table: str, field: str, package: Path, findings: Findings
) -> None:
    set_cell(package, table, field, "Something else.")
    (finding,) = findings(package)
    assert finding["rule"] == "hash"
    assert finding["file"] == f"data/{table}.csv"
    assert "fmt" in finding["hint"]


@pytest.mark.sample(4)
@pytest.mark.parametrize("table", [name for name in RESOURCES if name != "retired"])
def test_a_wrong_header_is_found(table: str, package: Path, findings: Findings) -> None:
    file = package / "data" / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text("x" + text, encoding="utf-8", newline="\n")
    here = [f for f in findings(package) if f["rule"] == "header"]
    assert [(f["table"], f["line"]) for f in here] == [(table, 1)]


@pytest.mark.sample(4)
@pytest.mark.parametrize("table", list(RESOURCES))
def test_a_lost_table_is_fatal(table: str, package: Path, run: Run) -> None:
    (package / "data" / f"{table}.csv").unlink()
    report = json.loads(run("validate", package, "--format", "json", code=2).stdout)
    fatal = [f for f in report["findings"] if f["severity"] == "fatal"]
    assert [(f["rule"], f["file"]) for f in fatal] == [("file", f"data/{table}.csv")]


def test_all_faults_at_once(package: Path, findings: Findings) -> None:
    wanted = set()
    for table, field in (
        ("propositions", "topic"),
        ("claims", "claimant_id"),
        ("events", "date_earliest"),
    ):
        row, _ = set_cell(package, table, field, WRONG)
        wanted.add((table, row, field))
    assert wanted <= {(f["table"], f["row"], f["field"]) for f in findings(package)}
