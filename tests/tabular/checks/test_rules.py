"""Rules of a package's own: a folder of SQL files, run beside the rules of its kind; they only read."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shieldtalks.tabular.engine import memory
from shieldtalks.tabular.findings import Severity
from shieldtalks.tabular.package.profile import Profile
from shieldtalks.tabular.validation import Options, validate
from tests.support import MakePackage, Run

OWN = """-- No label shouts.
-- tables: events
-- hint: Write it in lower case.
SELECT 'events' AS "table", _row AS row, 'label' AS field, label AS value
FROM events WHERE label = 'War between Russia and Georgia'
"""


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("sql", HOSTILE_RULES)
def test_a_rule_only_reads(
    sql: str, engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    package = make_package("label\nx\n", [{"name": "label", "type": "string"}], name="events")
    (tmp_path / "hostile.sql").write_text(f"-- Does harm.\n-- tables: events\n{sql}\n", "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json")
    report = json.loads(run("validate", package, *options, code=2).stdout)
    (found,) = (one for one in report["findings"] if one["severity"] != "warning")
    assert (found["rule"], found["severity"]) == ("hostile", "fatal")
    assert found["file"].endswith("hostile.sql")
    assert found["message"].startswith("the rule could not be checked: ")


#: SELECTs that return no place in the table `events`, with a word of the finding.
MISPLACED = {
    "SELECT 'events', 999, 'label', 'x'": "the row 999",
    "SELECT 'events', 0, 'label', 'x'": "the row 0",
    "SELECT 'events', -1, 'label', 'x'": "the row -1",
    "SELECT 'events', 1.5, 'label', 'x'": "the row 1.5",
    "SELECT 'events', CAST('1e999' AS DOUBLE), 'label', 'x'": "the row ",
    "SELECT 'events', 'two', 'label', 'x'": "the row two",
    "SELECT 'events', NULL, 'label', 'x'": "the row None",
    "SELECT NULL, 1, 'label', 'x'": "the table",
    "SELECT 'events', 1, 'lable', 'x'": 'the field "lable"',
    "SELECT 'events', 1, 2, 'x'": 'the field "2"',
    "SELECT 'events', 1, 'label'": "returns 3 columns",
    "SELECT 'events', 1, 'label', 'x', 'y'": "returns 5 columns",
    "SELEC 'events', 1, 'label', 'x'": "syntax error",
    "SELECT 'events', 1, 'label', lable FROM events": "lable",
    "SELECT 'events', 1, 'label', value FROM duckdb_settings()": "duckdb_settings is not allowed",
    "SELECT 'events', 1, 'label', sql FROM sqlite_master": "sqlite_master is not allowed",
    "SELECT 'events', 1, 'label', current_setting('threads')": "current_setting is not allowed",
}


@pytest.mark.parametrize("crlf", [False, True], ids=["plain", "exact reader"])
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_rule_with_a_slip_never_passes(
    engine: str, crlf: bool, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    text = "label\nx\n".replace("\n", "\r\n" if crlf else "\n")
    folder = make_package(text, [{"name": "label"}], name="events")
    for number, sql in enumerate(MISPLACED):
        text = f"-- A rule.\n-- tables: events\n-- hint: None.\n{sql}\n"
        (tmp_path / f"r{number:02}.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json")
    found = json.loads(run("validate", folder, *options, code=2).stdout)["findings"]
    assert [finding["severity"] for finding in found] == ["fatal"] * len(MISPLACED)
    by_rule = {finding["rule"]: finding for finding in found}
    for number, word in enumerate(MISPLACED.values()):
        assert word in by_rule[f"r{number:02}"]["message"]
    assert by_rule["r12"]["line"] == by_rule["r13"]["line"] == 4


#: Values of a rule that are nested too deeply for the parsers of both engines.
DEEP = {
    "brackets": "(" * 20_000 + "1" + ")" * 20_000,
    "terms": "1 + " * 20_000 + "1",
    "subqueries": "(SELECT " * 20_000 + "1" + ")" * 20_000,
    "cases": "CASE WHEN 1 THEN " * 20_000 + "1" + " END" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_rule_that_is_nested_too_deeply_is_a_finding(
    engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("label\nx\n", [{"name": "label"}], name="events")
    for name, value in DEEP.items():
        text = (
            f"-- A rule.\n-- tables: events\n-- hint: None.\nSELECT 'events', 1, 'label', {value}\n"
        )
        (tmp_path / f"{name}.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json")
    found = json.loads(run("validate", folder, *options, code=2).stdout)["findings"]
    assert {(one["rule"], one["severity"]) for one in found} == {(name, "fatal") for name in DEEP}


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("selected", ["count(*)", "x"])
def test_a_rule_that_never_ends_is_stopped(
    selected: str, engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("label\nx\n", [{"name": "label"}], name="events")
    sql = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
    sql += f"SELECT 'events', 2, 'label', {selected} FROM c"
    text = f"-- A rule.\n-- tables: events\n-- hint: None.\n{sql}\n"
    (tmp_path / "endless.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--rule-timeout", "0.3")
    said = run("validate", folder, *options, code=2).stdout
    assert "did not end within 0.3 seconds" in said or "the row 2" in said


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_ctrl_c_ends_a_rule_in_one_line(
    engine: str, make_package: MakePackage, tmp_path: Path
) -> None:
    folder = make_package("label\nx\n", [{"name": "label"}], name="events")
    sql = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
    text = f"-- A rule.\n-- tables: events\n{sql}SELECT 'events', 1, 'label', count(*) FROM c\n"
    (tmp_path / "endless.sql").write_text(text, "utf-8")
    command = [sys.executable, "-m", "shieldtalks", "validate", str(folder)]
    command += ["--rules", str(tmp_path), "--engine", engine]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    first = process.stderr.readline()
    time.sleep(1.5)  # until the rule runs; an earlier Ctrl-C ends in the same way
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert first.startswith("checking ")
    assert (process.returncode, out) == (2, "")
    assert err.splitlines() == ["Error: interrupted; no file was left incomplete"]


NO_RULES = {
    "bytes": (b"-- \xff\n-- tables: events\nSELECT 1", "is not valid UTF-8"),
    "bare": (b"SELECT 1", "is not a rule"),
    "empty": (b"", "is not a rule"),
    "severity": (b"-- A.\n-- tables: t\n-- severity: fatal\nSELECT 1", 'the severity is "fatal"'),
    "large": (b"-" * (1 << 20) + b"-", "is larger than 1 MiB"),
}


@pytest.mark.parametrize("name", NO_RULES)
def test_a_file_that_is_no_rule_is_a_finding(
    name: str, root: Path, tmp_path: Path, run: Run
) -> None:
    content, words = NO_RULES[name]
    (tmp_path / "x.sql").write_bytes(content)
    said = run("validate", root, "--rules", tmp_path, code=2).stdout
    assert "x.sql: x: the rule could not be checked: " in said
    assert words in said


def test_a_folder_or_a_pipe_is_no_rule(root: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.sql").mkdir()
    os.mkfifo(tmp_path / "y.sql")
    said = run("validate", root, "--rules", tmp_path, code=2).stdout
    assert said.count("it is a folder") == 1
    assert said.count("it is not a regular file") == 1


def test_a_rule_whose_table_is_missing_is_a_finding(root: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.sql").write_text("-- A rule.\n-- tables: ships\nSELECT 1", "utf-8")
    said = run("validate", root, "--rules", tmp_path, code=2).stdout
    assert "the package has no table ships" in said


def test_a_folder_without_rules(root: Path, tmp_path: Path, run: Run) -> None:
    assert "contains no rules" in run("validate", root, "--rules", tmp_path, code=2).stderr
    none = tmp_path / "none"
    assert "contains no rules" in run("validate", root, "--rules", none, code=2).stderr


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 300000000) "

#: SELECTs that need ever more memory, by engine. Their answers do not matter.
GREEDY = {
    "sqlite": [
        "SELECT 'events', 1, 'label', length(zeroblob(2000000000))",
        "SELECT 'events', 1, 'label', length(randomblob(200000000))",
        f"{ENDLESS}SELECT 'events', 1, 'label', group_concat(hex(zeroblob(100000))) FROM c",
        f"{ENDLESS}SELECT 'events', 1, 'label', max(x) FROM (SELECT DISTINCT x FROM c)",
        "WITH RECURSIVE c(x) AS (SELECT 'ab' UNION ALL SELECT x || x FROM c) "
        "SELECT 'events', 1, 'label', max(length(x)) FROM c",
        "SELECT 'events', 1, 'label', max(x) FROM (SELECT randomblob(9000000) || y AS x FROM "
        "(SELECT 1 AS y UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL "
        "SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8) GROUP BY x)",
    ],
    "duckdb": [
        "SELECT 'events', 1, 'label', length(repeat('x', 2000000000))",
        "SELECT 'events', 1, 'label', len(range(400000000))",
        "SELECT 'events', 1, 'label', len(list(i)) FROM range(400000000) AS t(i)",
        "SELECT 'events', 1, 'label', length(string_agg(i::VARCHAR, ',')) FROM range(400000000) AS t(i)",
        "SELECT 'events', 1, 'label', count(*) FROM (SELECT DISTINCT i FROM range(400000000) AS t(i))",
    ],
}


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit is one of Linux")
@pytest.mark.parametrize("engine", GREEDY)
def test_the_memory_of_a_rule_is_bounded(
    engine: str,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "MOST_MEMORY", 32 << 20)
    folder = make_package("label\nx\n", [{"name": "label"}], name="events")
    for number, sql in enumerate(GREEDY[engine]):
        text = f"-- A rule.\n-- tables: events\n-- hint: None.\n{sql}\n"
        (tmp_path / f"r{number}.sql").write_text(text, "utf-8")
    text = "-- A rule.\n-- tables: events\nSELECT 'events', 1, 'label', label FROM events\n"
    (tmp_path / "z.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json", "--rule-timeout", "2")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = json.loads(run("validate", folder, *options, code=2).stdout)["findings"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10
    *greedy, last = sorted(found, key=lambda finding: finding["rule"])
    reasons = [finding["message"].rpartition(": ")[2] for finding in greedy]
    known = {"it needs more than 1 GiB of memory"}
    known |= {"its SQL cannot run on this package (string or blob too big)"}
    known |= {"it did not end within 2 seconds (--rule-timeout)"}  # it goes on without its memory
    assert len(reasons) == len(GREEDY[engine])
    assert set(reasons) <= known
    assert (last["rule"], last["severity"], last["value"]) == ("z", "error", "x")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_the_rows_of_a_rule_are_counted_not_kept(
    engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("label\nx\n", [{"name": "label"}], name="events")
    sql = ENDLESS.replace("300000000", "12000") + "SELECT 'events', 1, 'label', x FROM c"
    text = f"-- A rule.\n-- tables: events\n-- severity: warning\n{sql}\n"
    (tmp_path / "rows.sql").write_text(text, "utf-8")
    options = ("--rules", tmp_path, "--engine", engine, "--format", "json")
    report = json.loads(run("validate", folder, *options, code=0).stdout)
    assert len(report["findings"]) == 10_000
    totals = report["totals"]
    assert (totals["findings"], totals["warnings"], totals["left_out"]) == (12000, 12000, 2000)


def test_a_rule_of_a_profile_that_cannot_run_is_not_skipped(
    make_package: MakePackage, tmp_path: Path
) -> None:
    rules = {
        "slip": "-- A rule.\n-- tables: things\nSELECT 'things', 1, 'label', lable FROM things\n",
        "place": "-- A rule.\n-- tables: things\nSELECT 'things', 99, 'label', 'x'\n",
        "bare": "SELECT 1",
        "optional": "-- A rule.\n-- tables: ships\nSELECT 1\n",
        "good": "-- A rule.\n-- tables: things\nSELECT 'things', 1, 'label', 'x' WHERE 1 = 2\n",
    }
    for name, text in rules.items():
        (tmp_path / f"{name}.sql").write_text(text, "utf-8")
    schema = tmp_path / "profile.json"
    schema.write_text("{}", "utf-8")
    profile = Profile("urn:made:profile", schema, tmp_path)
    folder = make_package("label\nx\n", [{"name": "label"}])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["conformsTo"] = profile.name
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    report = validate(folder, Options(profiles=[profile], engine="sqlite"))
    fatal = {found.rule for found in report.findings if found.severity is Severity.FATAL}
    assert fatal == {"slip", "place", "bare"}
    assert [skip.rule for skip in report.skipped] == ["optional"]
    assert report.exit_code == 2
