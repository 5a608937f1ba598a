"""SQLite and DuckDB find the same, to the letter, whichever of them is asked."""

from __future__ import annotations

import json
import re
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.engine import choose
from shieldtalks.tabular.engine.compile import cell_checks
from shieldtalks.tabular.engine.duckdb import DIALECT as DUCKDB
from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.limits import Limits
from shieldtalks.tabular.engine.sql import identifier, literal
from shieldtalks.tabular.engine.sqlite import DIALECT as SQLITE
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from shieldtalks.tabular.types.numerals import number_key
from tests.support import EXAMPLES, ROOT, Run
from tests.support.once import once
from tests.support.one_duckdb import one_duckdb

PACKAGES = sorted(EXAMPLES.glob("*/*/datapackage.json"))


def both(package: Path) -> tuple[list[Any], list[Any]]:
    sqlite, duckdb = (
        [finding.as_dict() for finding in validate(package, Options(engine=engine)).findings]
        for engine in ("sqlite", "duckdb")
    )
    return sqlite, duckdb


@pytest.mark.sample(6)
@pytest.mark.parametrize("example", PACKAGES, ids=lambda file: "/".join(file.parts[-3:-1]))
def test_examples(example: Path) -> None:
    with one_duckdb():
        sqlite, duckdb = both(example)
    assert duckdb == sqlite


def test_the_shipped_record(root: Path) -> None:
    assert both(root) == ([], [])


@pytest.mark.slow
def test_rules_on_faulty_data(package: Path) -> None:
    """Rules meet numbers that are no numbers: neither engine stumbles."""
    for name, old, new in (
        ("evidence", b"evd-0001,src-0003,evt-0001,,,,,", b"evd-0001,src-0003,evt-0001,,,,,x"),
        ("attributions", b"evd-0002,0,", b"evd-0002,x,"),
        ("codings", b",1,", b",one,"),
        ("responses", b",anonymous,", b",official,"),
    ):
        file = package / "data" / f"{name}.csv"
        assert old in file.read_bytes()
        file.write_bytes(file.read_bytes().replace(old, new, 1))
    sqlite, duckdb = both(package)
    assert duckdb == sqlite
    assert {finding["rule"] for finding in sqlite} >= {"type", "anonymous-authority"}
    for engine in ("sqlite", "duckdb"):
        assert validate(package, Options(engine=engine)).skipped == []


@pytest.mark.slow
def test_a_package_with_known_faults(tmp_path: Path) -> None:
    import subprocess

    subprocess.run(
        [
            sys.executable,
            str(ROOT / "benchmarks" / "generate.py"),
            *("20000", str(tmp_path / "bad"), "--bad", "0.01"),
        ],
        check=True,
        capture_output=True,
    )
    truth = json.loads((tmp_path / "bad" / "truth.json").read_text("utf-8"))
    names = ("table", "line", "row", "field", "rule")
    wanted = sorted([one[name] for name in names] for one in truth)
    assert len(wanted) > 300
    sqlite, duckdb = both(tmp_path / "bad")
    assert duckdb == sqlite
    assert sorted([one[name] for name in names] for one in sqlite) == wanted


@pytest.mark.parametrize(
    ("texts", "is_known"),
    [
        (["a01", "a02", "a10"], True),
        (["a", "ab", "b"], True),
        (["a1", "a2", "a10", "a11"], True),
        (["a1", "a2", "a2"], False),
        (["a1", "a10", "a2", "a1"], False),
        (["b", "aa", "a"], False),
        (["a1", None, "a2"], False),
        ([], True),
    ],
)
def test_keys_that_increase_are_known_to_be_unique(texts: list[str | None], is_known: bool) -> None:
    with one_duckdb(), closing(DuckDb([], lean=False)) as engine:
        engine.create("t", ["id"])
        engine.insert("t", ["id"], [[""]], [[text or ""] for text in texts])
        assert engine.ascending("t", '"id"') is is_known


ROWS = 1_200_000


def many_rows(folder: Path) -> None:
    """A package of one long table."""
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("id,code,text\n")
        for start in range(0, ROWS, 10_000):
            file.write(
                "".join(
                    f"{n},{'abcdefgh'[n % 8] if n % 999 else 'z'},some text {n}\n"
                    for n in range(start, start + 10_000)
                )
            )
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "code", "constraints": {"enum": list("abcdefgh")}},
        {"name": "text", "constraints": {"maxLength": 40}},
    ]
    resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields, "primaryKey": "id"}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2, 4])
def test_rows_are_numbered_in_the_order_of_the_file(
    threads: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An IN list made into a join would number rows at random; this would show it."""
    package = read(once(tmp_path_factory, "many-rows", many_rows))
    for lean in (True, False):
        engine = DuckDb(package.resources, lean=lean, limits=Limits(threads))
        engine.create("t", ["id", "code", "text"])
        assert engine.read_file(package.resources[0], [[""]] * 3, ",") == ROWS
        ((wrong,),) = engine.query("SELECT count(*) FROM t WHERE CAST(id AS BIGINT) + 1 <> _row")
        assert wrong == 0
        suspects = engine.suspects("t")
        ((wrong,),) = engine.query(
            f"SELECT count(*) FROM {suspects} AS t WHERE CAST(id AS BIGINT) + 1 <> _row"
        )
        assert wrong == 0
        engine.close()


VALUES = [
    *("2008-11-05", "2024-02-29", "2024-02-30", "0000-01-01", "infinity", "2008-1-5", "today", ""),
    *("0", "-7", "+7", "007", "12x", "1_000", " 1", "9223372036854775808", "-1e3", "1.5", "1" * 45),
]


@pytest.mark.parametrize("value", VALUES)
def test_expressions_of_the_dialects_agree(value: str) -> None:
    results = []
    for engine in (Sqlite(), DuckDb([], lean=False)):
        x = literal(value)
        expressions = [
            f"CASE WHEN {engine.dialect.is_date.format(x=x)} THEN 1 ELSE 0 END",
            f"CASE WHEN {engine.dialect.full_match(x, '[+-]?[0-9]+')} "
            f"THEN CASE WHEN {engine.dialect.number_key(x)} > '{number_key('8')}' THEN 1 ELSE 0 END END",
            f"CASE WHEN {engine.dialect.full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}')} THEN 1 ELSE 0 END",
        ]
        results.append(list(engine.query(f"SELECT {', '.join(expressions)}")))
        engine.close()
    assert results[0] == results[1]


FIELDS: list[dict[str, Any]] = [
    {"type": "integer", "constraints": {"minimum": 5, "maximum": 9}},
    {"type": "integer", "constraints": {"exclusiveMinimum": 5, "exclusiveMaximum": 10**18}},
    {"type": "integer", "constraints": {"minimum": 40, "maximum": 300}},
    {"type": "integer", "constraints": {"minimum": -12, "maximum": 0}},
    {"type": "integer", "constraints": {"exclusiveMinimum": 9, "exclusiveMaximum": "11"}},
    {"type": "date", "constraints": {"required": True}},
    {"type": "date"},
    {"type": "string", "constraints": {"minLength": 3, "maxLength": 5}},
    {"type": "string", "constraints": {"pattern": "[0-9a-f]{4}"}},
    {"type": "string", "constraints": {"enum": ["2008-11-05", "today"]}},
    {"type": "string", "constraints": {"enum": [*"abcdefghijklmnopq", "today"]}},
    {"type": "integer", "constraints": {"enum": [-7, 10]}},
]
BLANKS = [
    *(f"{blank}x" for blank in " \t\n\u00a0\u3000"),
    *(f"x{blank}" for blank in " \n\u00a0\u3000"),
]
LONG = ["ščřžýá", "ščřžý", "!", "12", "00ff", "00fg", "00FF"]
NUMBERS = [*map(str, (5, 9, 10, 11, 39, 40, 300, 301, -5, -12, -13, -40)), "05", "0301", "+10"]


@pytest.mark.sample(3)
@pytest.mark.parametrize("field", FIELDS, ids=json.dumps)
def test_cells_are_judged_alike_and_a_first_look_misses_no_fault(field: dict[str, Any]) -> None:
    judged = []
    for engine in (Sqlite(), DuckDb([], lean=False)):
        (checks,) = cell_checks({"fields": [{"name": "x", **field}]}, engine.dialect, [])
        values = [*VALUES, *BLANKS, *LONG, *NUMBERS, None]
        rows = " UNION ALL ".join(
            f"SELECT {n} AS n, {'CAST(NULL AS VARCHAR(9))' if value is None else literal(value)} AS x"
            for n, value in enumerate(values)
        )
        answers = list(
            engine.query(
                f"SELECT {checks.expression}, CASE WHEN {checks.suspicion} THEN 1 ELSE 0 END "
                f"FROM ({rows}) AS t ORDER BY n"
            )
        )
        for value, (code, looked) in zip(values, answers, strict=True):
            assert looked or not code, value
        judged.append([code for code, _ in answers])
        engine.close()
    assert judged[0] == judged[1]
    assert 0 in judged[0]
    assert any(judged[0])


def test_a_day_is_told_as_the_calendar_tells_it() -> None:
    """Each value one edit away from a day, and each day of some years; Python's own calendar judges."""
    days = ["2008-02-29", "2007-02-28", "1999-12-31", "0001-01-01", "9999-10-10"]
    marks = "0139-/ x+.\t\n\u00a0\u0663"
    near = {
        day[:place] + mark + day[place + cut :]
        for day in days
        for place in range(11)
        for mark in ["", *marks]
        for cut in (0, 1, 2)
    }
    near |= {"1-01-01-01", "12-1-01-01", "2007-01-1 ", "2007-1-01 ", "2007-1-1  ", "12345-1-01"}
    near |= {
        "2008-01-1\x0b",
        "٢٠٠-1-1",
        "infinity",
        "epoch",
        "today",
        "0000-01-01",
        "0001-01-01 (BC)",
        "2008-01-1\u0085",
    }
    near |= {
        f"{year}-{m:02}-{d:02}" for year in (1900, 2000, 2023) for m in range(14) for d in range(33)
    }
    real = set(filter(_is_day, near))
    for engine in (Sqlite(), DuckDb([], lean=False)):
        values = ", ".join(f"({literal(value)})" for value in sorted(near))
        judge = engine.dialect.is_date.format(x="x")
        told = {
            x
            for (x,) in engine.query(
                f"WITH v(x) AS (VALUES {values}) SELECT x FROM v WHERE {judge}"
            )
        }
        assert told == real, (engine.dialect.name, told ^ real)
        engine.close()


def _is_day(value: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(value).isoformat() == value
    return False


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
def test_whole_numbers_compare_with_a_bound_as_numbers_do(operator: str) -> None:
    numbers = [0, 1, 5, 9, 10, 11, 99, 100, 101, 2**63 - 1, -1, -9, -10, -99, -(2**63)]
    for engine in (Sqlite(), DuckDb([], lean=False)):
        for bound in (0, 5, 9, 10, 100, -1, -10, 2.5, 10**17):
            looks = [
                f"({engine.dialect.compare_plain(literal(str(number)), operator, str(bound))}) "
                f"= ({number} {operator} {bound})"
                for number in numbers
            ]
            ((*equal,),) = engine.query(f"SELECT {', '.join(looks)}")
            assert all(equal), (engine.dialect.name, bound, equal)
        engine.close()


@pytest.mark.parametrize("dialect", [SQLITE, DUCKDB], ids=lambda d: d.name)
def test_a_fixed_form_matches_as_its_pattern_does(dialect: Any) -> None:
    engine = Sqlite() if dialect is SQLITE else DuckDb([], lean=False)
    pattern = "(clm|x)-[0-9]{4}"
    for form in ("clm-[0-9]{4}", pattern, "[A-Z][a-z0-9]{3}", "a/b_[0-9]", "[0-9a-f]{4}"):
        for value in (
            "clm-0001",
            "clm-00011",
            "CLM-0001",
            "clm-000٣",
            "Abc1",
            "a/b_7",
            "x-0000",
            "00ff",
            "00FF",
            "0\u0660ff",
            "00fg",
            "00f",
            "",
        ):
            ((found,),) = engine.query(
                f"SELECT CASE WHEN {dialect.full_match(literal(value), form)} THEN 1 ELSE 0 END"
            )
            assert bool(found) == (re.fullmatch(form, value) is not None), (form, value)
    engine.close()


def test_auto_takes_duckdb_for_large_packages(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = read(root).resources
    with closing(choose("auto", resources, lean=True)) as engine:
        assert isinstance(engine, Sqlite)
    monkeypatch.setattr("shieldtalks.tabular.engine.BULK", 1000)
    with closing(choose("auto", resources, lean=True)) as engine:
        assert isinstance(engine, DuckDb)


def test_without_duckdb_the_message_names_the_install_line(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("duckdb", "_duckdb"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("validate", root, "--engine", "duckdb", code=2)
    assert 'pip install "duckdb' in result.stderr
    with pytest.raises(CannotRun, match="there is no engine"):
        choose("oracle", read(root).resources, lean=True)


@pytest.mark.parametrize("name", ["a*b.csv", "a[1].csv", "a?.csv"])
def test_a_path_is_not_a_glob(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("a\n1\n", "utf-8")
    (tmp_path / "aXb.csv").write_text("a\nx\n", "utf-8")
    (tmp_path / "a1.csv").write_text("a\nx\n", "utf-8")
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    resource = {"name": "t", "path": name, "schema": schema}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    assert both(tmp_path) == ([], [])


def test_a_key_vouches_for_what_refers_to_it_only_where_it_is_sound(tmp_path: Path) -> None:
    """DuckDB looks at a reference only where no sound row has it; that must hide nothing."""
    form: dict[str, Any] = {"pattern": "p-[0-9]"}
    texts = {
        "parents": "id,up,name\np-1,,a\nx,p-1,b\np-3,p-1, c\np-4,p-9,d\n",
        "children": "parent,size\np-1,1\nx,2\ny,3\np-9,4\n,5\np-3,6\np-4,z\nx,z\n\u00a0p-1,7\n",
        "orphans": "parent,size\np-1,1\nx,2\n",
    }
    fields = {
        "parents": [
            {"name": "id", "constraints": form},
            {"name": "up", "constraints": form},
            {"name": "name"},
        ],
        "children": [{"name": "parent", "constraints": form}, {"name": "size", "type": "integer"}],
    }
    keys = {
        "parents": [("up", "", "id")],
        "children": [("parent", "parents", "id")],
        "orphans": [("parent", "gone", "id")],
    }
    resources: list[dict[str, Any]] = [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": {
                "fields": fields.get(name, fields["children"]),
                "foreignKeys": [
                    {"fields": field, "reference": {"resource": target, "fields": column}}
                    for field, target, column in keys[name]
                ],
            },
        }
        for name in texts
    ]
    gone = {"name": "gone", "path": "gone.csv", "schema": {"fields": fields["parents"]}}
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"resources": [*resources, gone]}), "utf-8"
    )
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    sqlite, duckdb = both(tmp_path)
    assert duckdb == sqlite
    assert [(f["table"], f["row"], f["field"], f["rule"]) for f in sqlite] == [
        ("parents", 2, "id", "pattern"),
        ("parents", 3, "name", "blanks"),
        ("parents", 4, "up", "foreign-key"),
        ("children", 2, "parent", "pattern"),
        ("children", 3, "parent", "pattern"),
        ("children", 4, "parent", "foreign-key"),
        ("children", 7, "size", "type"),
        ("children", 8, "parent", "pattern"),
        ("children", 8, "size", "type"),
        ("children", 9, "parent", "pattern"),
        ("orphans", 2, "parent", "pattern"),
        ("gone", None, None, "file"),
    ]


def test_duckdb_says_nothing_of_its_progress() -> None:
    """It would say it on standard output, in the midst of the findings."""
    engine = DuckDb([], lean=True)
    assert list(engine.query("SELECT current_setting('enable_progress_bar')")) == [(False,)]
    engine.close()


def test_after_loading_no_file_can_be_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf-8")
    engine = DuckDb(read(root).resources, lean=False)
    engine.read_only()
    with pytest.raises(ValueError, match=r"[Pp]ermission|disabled"):
        list(engine.query(f"SELECT * FROM read_csv({literal(str(tmp_path / 'secret.csv'))})"))
    engine.close()
    sqlite = Sqlite()
    sqlite.create("t", ["a"])
    sqlite.read_only()
    for statement in ("DROP TABLE t", "ATTACH 'x' AS x", f"DELETE FROM {identifier('t')}"):
        with pytest.raises(ValueError, match=r"not authorized|readonly|prohibited"):
            list(sqlite.query(statement))
    sqlite.close()


@pytest.mark.slow
def test_duckdb_short_of_memory_writes_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not to `./.tmp`. At the end nothing is left, in neither folder."""
    work, scratch = tmp_path / "work", tmp_path / "scratch"
    work.mkdir()
    scratch.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    engine = DuckDb([], lean=False)
    engine._run("SET memory_limit = '60MB'")
    engine.create("t", ["a"])
    engine._run("INSERT INTO memory.store.t0 SELECT md5(i::VARCHAR) FROM range(2000000) AS r(i)")
    engine.read_only()
    assert list(engine.query('SELECT count(DISTINCT a) FROM "t"')) == [(2_000_000,)]
    assert any(file.is_file() for file in scratch.rglob("*"))
    engine.close()
    assert list(work.iterdir()) == list(scratch.iterdir()) == []


def test_without_a_temporary_folder_there_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    with pytest.raises(CannotRun, match=r"no folder for temporary files.*\n.*TMPDIR"):
        DuckDb([], lean=False)
