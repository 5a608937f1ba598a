"""Each rule of `validators/` finds its own change of `rule_changes.py`, and no other rule does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shieldtalks.record.profile import OURS
from shieldtalks.tabular.checks import rules
from tests.record.rule_changes import CHANGES, filled, first
from tests.support import Findings, Run
from tests.support.tables import Row, load_tables, save_tables

#: `fmt` derives the bounds, so this change is made after it, by hand and with the seal.
UNSEALED = {"date-bounds"}


def test_every_rule_has_a_change() -> None:
    assert {rule.id for rule in rules.read(OURS.rules)} == set(CHANGES) | UNSEALED


@pytest.mark.sample(3)
@pytest.mark.parametrize("rule", sorted(CHANGES))
def test_a_change_that_only_this_rule_catches(rule: str, package: Path, findings: Findings) -> None:
    tables = load_tables(package)
    CHANGES[rule](tables)
    save_tables(package, tables)
    found = findings(package)
    assert {finding["rule"] for finding in found} == {rule}
    for finding in found:
        assert finding["file"] == f"data/{finding['table']}.csv"
        assert finding["line"] == finding["row"] + 1
        assert finding["hint"]
        assert finding["field"] in load_tables(package)[finding["table"]][finding["row"] - 1]


def test_date_bounds_that_disagree_with_the_date(package: Path, findings: Findings) -> None:
    events = package / "data" / "events.csv"
    lines = events.read_text(encoding="utf-8").split("\n")
    lines[3] = lines[3].replace(
        "2007-04-23,2007-04-23,2007-04-23", "2007-04-23,2007-04-22,2007-04-23"
    )
    events.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    found = [finding for finding in findings(package) if finding["rule"] != "hash"]
    assert [(f["rule"], f["line"], f["field"], f["value"]) for f in found] == [
        ("date-bounds", 4, "date_earliest", "2007-04-22")
    ]
    assert "fmt" in found[0]["hint"]


def test_a_date_that_ends_before_it_starts(package: Path, findings: Findings) -> None:
    tables = load_tables(package)
    first(tables["events"], date_edtf="2009-01-20/2009-06-11")["date_edtf"] = (
        "2009-06-11/2009-01-20"
    )
    save_tables(package, tables)
    (found,) = findings(package)
    assert (found["rule"], found["field"]) == ("date-bounds", "date_latest")


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("code", "column", "value"),
    [
        ("move:accept", "decides", ""),
        ("move:accept", "outcome", ""),
        ("form:offer", "decides", "false"),
        ("form:offer", "outcome", "offered"),
    ],
)
def test_a_move_states_what_it_does_and_no_other_code_does(
    code: str,
    column: str,
    value: str,
    package: Path,
    findings: Findings,
) -> None:
    tables = load_tables(package)
    first(tables["codes"], code_id=code)[column] = value
    save_tables(package, tables)
    (found,) = findings(package)
    assert (found["rule"], found["field"], found["value"]) == (
        "move-outcome",
        column,
        value or None,
    )


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"prp-0016": {"perhaps_same_as_id": "prp-0016"}}, "parent-cycle", "perhaps_same_as_id"),
        ({"prp-0017": {"perhaps_same_as_id": "prp-0016"}}, "parent-cycle", "perhaps_same_as_id"),
        (
            {
                "prp-0005": {"in_answer_to_id": "prp-0011"},
                "prp-0011": {"in_answer_to_id": "prp-0005"},
            },
            "parent-cycle",
            "in_answer_to_id",
        ),
        ({"prp-0020": {"in_answer_to_id": "prp-9999"}}, "foreign-key", "in_answer_to_id"),
        ({"prp-0020": {"perhaps_same_as_id": "prp-9999"}}, "foreign-key", "perhaps_same_as_id"),
        (
            {"prp-0018": {"in_answer_to_id": "prp-0016"}},
            "answer-to-own-proposal",
            "in_answer_to_id",
        ),
        (
            {"prp-0004": {"in_answer_to_id": "prp-0020"}},
            "answer-before-proposal",
            "in_answer_to_id",
        ),
        ({"prp-0011": {"combination": "all"}}, "combination", "combination"),
    ],
)
def test_a_link_between_proposals_that_cannot_be(
    changes: dict[str, dict[str, str]], rule: str, field: str, package: Path, findings: Findings
) -> None:
    tables = load_tables(package)
    for proposal_id, values in changes.items():
        first(tables["proposals"], proposal_id=proposal_id).update(values)
    save_tables(package, tables)
    assert {(f["rule"], f["table"], f["field"]) for f in findings(package)} == {
        (rule, "proposals", field)
    }


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("alias", "rule"),
    [("WARSAW", "alias-of-two"), ("poland", "alias-of-two"), ("The States", None)],
)
def test_an_alias_belongs_to_one_actor(
    alias: str, rule: str | None, package: Path, findings: Findings
) -> None:
    tables = load_tables(package)
    tables["aliases"].append({"actor_id": "act-0002", "alias": alias, "kind": "short"})
    save_tables(package, tables)
    assert [finding["rule"] for finding in findings(package)] == ([rule] if rule else [])


def test_a_move_that_is_no_code_is_a_finding(package: Path, findings: Findings) -> None:
    tables = load_tables(package)
    tables["codes"].remove(first(tables["codes"], code_id="move:decline"))
    save_tables(package, tables)
    declined = [row for row in tables["responses"] if row["move"] == "decline"]
    found = findings(package)
    assert {(f["rule"], f["table"], f["field"]) for f in found} == {("enum", "responses", "move")}
    assert len(found) == len(declined) > 0


def test_the_shipped_record_skips_no_rule(root: Path, run: Run) -> None:
    report = json.loads(run("validate", root, "--format", "json", code=0).stdout)
    assert report["skipped"] == []
    assert report["findings"] == []


def test_rules_are_not_mentioned_for_other_packages(package: Path, run: Run) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    del descriptor["conformsTo"]
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("validate", package, "--format", "json", code=0)
    assert json.loads(result.stdout)["skipped"] == []
    assert "skipped" not in result.stderr
    assert "skipped" not in run("validate", package, code=0).output
    assert 'skipped="0"' in run("validate", package, "--format", "junit", code=0).stdout


@pytest.mark.parametrize("rule", rules.read(OURS.rules), ids=lambda rule: rule.id)
def test_a_rule_reads_like_one(rule: rules.Rule) -> None:
    assert rule.sentence.endswith(".")
    assert rule.hint
    assert rule.hint.endswith(".")


def test_a_corroboration_is_about_one_row_and_a_field_of_it(
    package: Path, findings: Findings
) -> None:
    tables = load_tables(package)
    first(tables["corroborations"], event_id=filled)["claim_id"] = tables["claims"][0]["claim_id"]
    first(tables["corroborations"], proposal_id=filled)["proposal_id"] = ""
    first(tables["corroborations"], response_id=filled)["field"] = "capacity"
    first(tables["corroborations"], claim_id=filled, event_id="")["field"] = "notes"
    save_tables(package, tables)
    found = findings(package)
    assert {finding["table"] for finding in found} == {"corroborations"}
    assert [finding["rule"] for finding in found].count("one-target") == 2
    assert {finding["value"] for finding in found if finding["rule"] == "evidence-field"} == {
        "capacity",
        "notes",
    }


def test_a_document_that_only_a_corroboration_names_is_used(
    package: Path, findings: Findings
) -> None:
    tables = load_tables(package)
    settled = {
        row["reference_id"] for name in ("sources", "actors", "events") for row in tables[name]
    }
    only = first(tables["references"], reference_id=lambda name: name not in settled)
    tables["corroborations"] = [
        row for row in tables["corroborations"] if row["reference_id"] != only["reference_id"]
    ]
    save_tables(package, tables)
    (found,) = findings(package)
    assert (found["rule"], found["value"]) == ("unused", only["reference_id"])


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"coding_b": "absent"}, "settled_by"),
        ({"coding_a": "differs", "settled_by": "adjudication"}, "fields"),
        ({"fields": "move"}, "fields"),
    ],
)
def test_how_a_row_was_settled_follows_from_the_two_codings(
    changes: Row, field: str, package: Path, findings: Findings
) -> None:
    tables = load_tables(package)
    first(tables["coders"], settled_by="agreement").update(changes)
    save_tables(package, tables)
    (found,) = findings(package)
    assert (found["rule"], found["field"]) == ("coders-settled", field)


def test_a_collection_with_one_coder_has_no_coders(package: Path, findings: Findings) -> None:
    tables = load_tables(package)
    tables["coders"] = []
    save_tables(package, tables)
    assert findings(package) == []


def test_evidence_fields_are_those_of_the_models() -> None:
    """The rule lists fields; the models have them."""
    from shieldtalks.record.models import BY_TABLE

    (rule,) = [rule for rule in rules.read(OURS.rules) if rule.id == "evidence-field"]
    for part, table in zip(
        rule.sql.split("NOT IN (")[1:], ("events", "proposals", "responses", "claims"), strict=True
    ):
        listed = {name.strip().strip("'") for name in part.split(")")[0].split(",")}
        derived = {"date_earliest", "date_latest", "date_basis", "reference_id", "notes"}
        own = set(BY_TABLE[table].model_fields) - derived - {BY_TABLE[table].table.key[0]}
        assert listed - {"capacity"} == own


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_start_with_too_many_digits_is_outside_its_source(
    engine: str, package: Path, run: Run
) -> None:
    tables = load_tables(package)
    tables["evidence"][0]["start"] = "1" + "0" * 30
    save_tables(package, tables)
    result = run("validate", package, "--engine", engine, "--format", "json", code=1)
    found = json.loads(result.stdout)["findings"]
    assert [finding["rule"] for finding in found] == ["evidence-outside-source"]
