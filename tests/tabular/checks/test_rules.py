"""Rules of a package's own: a folder of SQL files, run beside the rules of its kind; they only read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import Run

OWN = """-- No label shouts.
-- tables: events
-- hint: Write it in lower case.
SELECT 'events' AS "table", _row AS row, 'label' AS field, label AS value
FROM events WHERE label = 'War between Russia and Georgia'
"""


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_rules_of_a_package_s_own(engine: str, root: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "shouting.sql").write_text(OWN, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine)
    out = run("validate", root, *options, code=1).stdout
    assert 'shouting: label "War between Russia and Georgia": No label shouts.' in out
    assert run("validate", root, *options, "--only", "shouting", code=1).stdout == out


HOSTILE_RULES = [
    "DROP TABLE events",
    "SELECT 1; DROP VIEW events",
    "ATTACH '/tmp/x.db' AS x",
    "COPY (SELECT 1) TO '/tmp/x.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT load_extension('x'), 1, 1, 1",
    "SELECT 'nothing', 1, 'label', 'x'",
    "SELECT 1",
    "INSTALL httpfs",
]


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("sql", HOSTILE_RULES)
def test_a_rule_only_reads(sql: str, engine: str, root: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "hostile.sql").write_text(f"-- Does harm.\n-- tables: events\n{sql}\n", "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json")
    result = run("validate", root, *options, code=0)
    report = json.loads(result.stdout)
    assert [skip["rule"] for skip in report["skipped"]] == ["hostile"]
    assert report["findings"] == []
    assert "skipped hostile: " in result.stderr


def test_a_folder_without_rules(root: Path, tmp_path: Path, run: Run) -> None:
    assert "contains no rules" in run("validate", root, "--rules", tmp_path, code=2).stderr
    (tmp_path / "x.sql").write_text("SELECT 1", "utf-8")
    assert "is not a rule" in run("validate", root, "--rules", tmp_path, code=2).stderr
