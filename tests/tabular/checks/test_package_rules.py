"""Rules that a package brings: run when asked for, read-only, from its own folder and from an archive."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support import MakePackage, Run
from tests.support.packages import pack

RULE = """-- A closed harbour has a closing date.
-- tables: things
-- hint: Write the date.
SELECT 'things' AS "table", _row AS row, 'closed' AS field, closed AS value
FROM things WHERE state = 'closed' AND closed IS NULL
"""

FIELDS = [{"name": "state", "type": "string"}, {"name": "closed", "type": "date"}]


@pytest.fixture
def harbours(make_package: MakePackage) -> Path:
    """A package that brings one rule, which one of its rows breaks."""
    folder = make_package("state,closed\nopen,\nclosed,2001-02-03\nclosed,\n", FIELDS)
    (folder / "rules").mkdir()
    (folder / "rules" / "closing-date.sql").write_text(RULE, "utf-8")
    return change(folder, {"x-rules": "rules"})


def change(folder: Path, values: dict[str, Any]) -> Path:
    file = folder / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | values), "utf-8")
    return folder


def test_they_do_not_run_by_themselves(harbours: Path, run: Run) -> None:
    result = run("validate", harbours, code=0)
    assert result.stdout == ""
    *_, summary, skipped = result.stderr.splitlines()
    assert summary == "valid: 1 table, 3 rows, no findings, 1 rule skipped"
    assert skipped == (
        "skipped closing-date: the package brings this rule; to run it, use --rules package"
    )
    report = json.loads(run("validate", harbours, "--format", "json", code=0).stdout)
    assert [skip["rule"] for skip in report["skipped"]] == ["closing-date"]


def test_many_rules_are_one_line(harbours: Path, run: Run) -> None:
    for number in range(7):
        (harbours / "rules" / f"r{number}.sql").write_text(RULE, "utf-8")
    *_, last = run("validate", harbours, code=0).stderr.splitlines()
    assert last.startswith("skipped 8 rules: the package brings")


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("name", ["", "data.zip", "data.whl"])
def test_they_run_when_asked_for(
    name: str, engine: str, harbours: Path, tmp_path: Path, run: Run
) -> None:
    given = pack(harbours, tmp_path / name, "inner/") if name else harbours
    result = run("validate", given, "--rules", "package", "--engine", engine, code=1)
    first, hint = result.stdout.splitlines()
    assert first.endswith(
        "things.csv:4: closing-date: closed: A closed harbour has a closing date."
    )
    assert hint.strip() == "Write the date."
    assert "skipped" not in result.stderr


def test_they_run_beside_a_folder_of_rules(harbours: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "other.sql").write_text(RULE.replace("'closed' AND", "'open' AND"), "utf-8")
    both = ("--rules", tmp_path, "--rules", "package")
    found = run("validate", harbours, *both, code=1).stdout
    assert (found.count(": other: "), found.count(": closing-date: ")) == (1, 1)
    chosen = run("validate", harbours, *both, "--only", "closing-date", code=1).stdout
    assert chosen.count("things.csv") == 1
    levels = ("--set", "closing-date=warning", "--set", "other=off")
    assert "warning: closing-date" in run("validate", harbours, *both, *levels, code=0).stdout
    run("validate", harbours, "--rules", tmp_path, "--rules", harbours / "rules", code=2)


def test_the_sentence_of_a_rule_is_in_sarif(harbours: Path, run: Run) -> None:
    options = ("--rules", "package", "--format", "sarif")
    (log,) = json.loads(run("validate", harbours, *options, code=1).stdout)["runs"]
    (rule,) = log["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "A closed harbour has a closing date."


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (None, "its descriptor has no x-rules"),
        (1, "x-rules is not the path of a folder inside the package"),
        ("", "x-rules is not the path"),
        (".", "x-rules is not the path"),
        ("../rules", "x-rules is not the path"),
        ("/etc", "x-rules is not the path"),
        ("https://rules.example/", "x-rules is not the path"),
        (".git", "x-rules is not the path"),
        ("none", 'the folder "none" of x-rules contains no rules'),
        ("out", 'the folder "out" of x-rules contains no rules'),
        ("things.csv", 'the folder "things.csv" of x-rules contains no rules'),
    ],
)
def test_a_package_without_rules_is_refused(
    named: object, words: str, harbours: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "rule.sql").write_text(RULE, "utf-8")
    (harbours / "out").symlink_to(tmp_path)
    change(harbours, {"x-rules": named})
    assert words in run("validate", harbours, "--rules", "package", code=2).stderr
    assert "skipped" not in run("validate", harbours).stderr


def test_a_link_out_of_the_package_is_no_rule(harbours: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "rule.sql").write_text(RULE, "utf-8")
    (harbours / "rules" / "link.sql").symlink_to(tmp_path / "rule.sql")
    result = run("validate", harbours, "--rules", "package", code=1)
    assert "link" not in result.stdout + result.stderr


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("sql", ["DROP TABLE things", "SELECT * FROM read_csv('/etc/passwd')"])
def test_they_only_read(sql: str, engine: str, harbours: Path, tmp_path: Path, run: Run) -> None:
    (harbours / "rules" / "bad.sql").write_text(f"-- Bad.\n-- tables: things\n{sql}\n", "utf-8")
    given = pack(harbours, tmp_path / "data.zip", "")
    options = ("--rules", "package", "--engine", engine, "--format", "json", "--only", "bad")
    (found,) = json.loads(run("validate", given, *options, code=2).stdout)["findings"]
    assert (found["severity"], found["file"]) == ("fatal", "rules/bad.sql")
    assert found["hint"] == "Correct the rule, or remove it from the package."


def test_their_time_is_limited(harbours: Path, run: Run) -> None:
    slow = "SELECT 'things', 1, 'state', n FROM (WITH RECURSIVE c(n) AS "
    slow += "(SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) AS n FROM c)"
    (harbours / "rules" / "slow.sql").write_text(f"-- Slow.\n-- tables: things\n{slow}\n", "utf-8")
    options = ("--rules", "package", "--rule-timeout", "0.2", "--engine", "sqlite")
    assert "did not end within 0.2 seconds" in run("validate", harbours, *options, code=2).stdout


def test_an_export_keeps_them(harbours: Path, tmp_path: Path, run: Run) -> None:
    for name in ("out", "out.zip"):
        run("export", "csv", harbours, "-o", tmp_path / name, code=0)
        run("validate", tmp_path / name, "--rules", "package", code=1)
    change(harbours, {"x-rules": "rules/"})
    run("validate", harbours, "--rules", "package", code=1)
    assert run("diff", tmp_path / "out", harbours).exit_code in (0, 1)


def test_no_output_replaces_a_rule(harbours: Path, run: Run) -> None:
    target = harbours / "rules" / "closing-date.sql"
    refused = run("validate", harbours, "-o", target, "--force", code=2)
    assert "which this command reads" in refused.stderr
    assert target.read_text("utf-8") == RULE


def test_an_archive_unpacks_only_what_it_may(harbours: Path, tmp_path: Path, run: Run) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        for file in ("datapackage.json", "things.csv", "rules/closing-date.sql"):
            archive.write(harbours / file, file)
        archive.writestr("rules/.hidden.sql", RULE)
        link = zipfile.ZipInfo("rules/link.sql")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    result = run("validate", tmp_path / "odd.zip", "--rules", "package", code=1)
    assert result.stdout.count("things.csv") == 1
    assert "link" not in result.stdout + result.stderr
    shutil.rmtree(harbours)
