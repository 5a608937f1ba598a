"""A Spark server finds what SQLite finds: the same rules, files, lines, rows, fields and messages.

The server is Sail, unless SPARK_REMOTE names another one (`make spark`).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular.engine.base import TimeLimit
from shieldtalks.tabular.engine.spark import Spark
from shieldtalks.tabular.engine.sql import literal
from shieldtalks.tabular.findings import CannotRun, Report
from shieldtalks.tabular.types.instants import instant_key, time_key
from shieldtalks.tabular.types.numerals import number_key
from tests.support import EXAMPLES, ROOT, MakePackage, Run
from tests.support.sail import sail
from tests.support.spark_server import spark

pytestmark = pytest.mark.client

PACKAGES = sorted(EXAMPLES.glob("*/*/datapackage.json"))

#: Packages of which a Spark server finds something else, and why.
OTHERWISE: dict[str, str] = {}


@pytest.fixture(scope="session")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Spark server."""
    if os.environ.get("SPARK_REMOTE"):
        yield os.environ["SPARK_REMOTE"]
        return
    with sail(tmp_path_factory.mktemp("sail")) as address:
        yield address


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of 10,000 claims with 189 faults, which its truth.json lists."""
    folder = tmp_path_factory.mktemp("planted") / "bad"
    command = [str(ROOT / "benchmarks" / "generate.py"), "10000", str(folder), "--bad", "0.01"]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return folder


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Spark]:
    """The engines that a test has started."""
    made: list[Spark] = []
    start = Spark.__init__
    monkeypatch.setattr(
        Spark, "__init__", lambda self, *given: (made.append(self), start(self, *given))[1]
    )
    return made


def by_spark(package: Path, remote: str, **options: Any) -> Report:
    return validate(package, Options(engine="spark", spark_remote=remote, **options))


def facts(report: Report) -> tuple[list[Any], dict[str, int], list[Any]]:
    return [finding.as_dict() for finding in report.findings], report.rows, report.skipped


def assert_the_same(package: Path, remote: str) -> Report:
    found = by_spark(package, remote)
    assert facts(found) == facts(validate(package, Options(engine="sqlite")))
    return found


@pytest.mark.parametrize("example", PACKAGES, ids=lambda file: "/".join(file.parts[-3:-1]))
def test_examples(example: Path, remote: str) -> None:
    if "/".join(example.parts[-3:-1]) in OTHERWISE:
        with pytest.raises(AssertionError):
            assert_the_same(example, remote)
    else:
        assert_the_same(example, remote)


def test_the_shipped_record_with_all_its_rules(root: Path, remote: str) -> None:
    found = assert_the_same(root, remote)
    assert found.findings == []
    assert found.skipped == []


def test_rules_on_faulty_data(package: Path, remote: str) -> None:
    for name, old, new in (
        ("evidence", b"evd-0001,src-0003,evt-0001,,,,,", b"evd-0001,src-0003,evt-0001,,,,,x"),
        ("attributions", b"evd-0002,0,", b"evd-0002,x,"),
        ("responses", b",anonymous,", b",official,"),
        ("codes", b"measure:radar-colocation,measure,radar-colocation,", b"measure:x,measure,y,"),
    ):
        file = package / "data" / f"{name}.csv"
        data = file.read_bytes()
        file.write_bytes(data.replace(old, new, 1))
    cycle = package / "data" / "actors.csv"
    lines = cycle.read_text("utf-8").splitlines(keepends=True)
    place = lines[0].split(",").index("member_of_id")
    ids = [line.split(",")[0] for line in lines]
    for child, parent in ((1, 2), (2, 1)):
        cells = lines[child].split(",")
        cells[place] = ids[parent]
        lines[child] = ",".join(cells)
    cycle.write_text("".join(lines), "utf-8")
    found = assert_the_same(package, remote)
    assert {finding.rule for finding in found.findings} >= {"type", "anonymous-authority"}
    assert "parent-cycle" in {finding.rule for finding in found.findings}


def assert_all_planted(found: Report, package: Path) -> None:
    truth = json.loads((package / "truth.json").read_text("utf-8"))
    names = ("table", "line", "row", "field", "rule")
    wanted = sorted([one[name] for name in names] for one in truth)
    assert len(wanted) > 150
    assert sorted([getattr(one, name) for name in names] for one in found.findings) == wanted


@pytest.mark.parametrize("size", [Spark.chunk_size, 100_000])
def test_planted_faults(
    size: int,
    planted: Path,
    remote: str,
    engines: list[Spark],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rows that this program sends, and rows that tasks on the server read, have the same numbers."""
    monkeypatch.setattr(Spark, "chunk_size", size)
    assert_all_planted(assert_the_same(planted, remote), planted)
    assert [engine._tasks_read for engine in engines] == [None if size > 1 << 20 else True]


@pytest.mark.skipif(bool(os.environ.get("SPARK_REMOTE")), reason="it is about Sail")
def test_two_workers(planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spark, "chunk_size", 100_000)
    workers = {f"SAIL_CLUSTER__WORKER_{name}_COUNT": "2" for name in ("INITIAL", "MAX")}
    with sail(tmp_path, SAIL_MODE="local-cluster", **workers) as address:
        assert_all_planted(by_spark(planted, address), planted)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_quoted_line_breaks_over_chunks(
    make_package: MakePackage, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f'{n},"text{chr(10) * (n % 3)}, ""{n}"""\n' for n in range(1, 400)]
    rows[300] = 'x,"a\nb"\n'
    fields = [{"name": "id", "type": "integer"}, {"name": "text"}]
    folder = make_package("id,text\n" + "".join(rows), fields)
    monkeypatch.setattr(Spark, "chunk_size", 500)
    (finding,) = assert_the_same(folder, remote).findings
    assert (finding.row, finding.rule) == (301, "type")
    assert finding.line is not None
    assert finding.line > 500


@pytest.mark.parametrize("form", ["csv.gz", "parquet"])
def test_copies_are_read_by_tasks(
    form: str, tmp_path: Path, remote: str, engines: list[Spark], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two files that are no plain CSV, a worker that sees their temporary copies reads the rows."""
    texts = [None if n == 450 else "a," + "\n" * (n % 3) + f'"{n}"' for n in range(1, 901)]
    fields = [
        {"name": "id", "constraints": {"pattern": "[0-9]+", "unique": True}},
        {"name": "text", "constraints": {"required": True}},
    ]
    paths = []
    for start in (0, 500):
        rows = [[str(n % 899), text] for n, text in enumerate(texts, start=1)][start:][:500]
        paths.append(f"{start}.{form}")
        if form == "parquet":
            columns = dict(zip(("id", "text"), map(list, zip(*rows, strict=True)), strict=True))
            parquet.write_table(pa.table(columns), tmp_path / paths[-1], row_group_size=99)
        else:
            with gzip.open(tmp_path / paths[-1], "wt", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows([["id", "text"], *rows])
    resource = {"name": "t", "path": paths, "schema": {"fields": fields}}
    descriptor = {"name": "copies", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    monkeypatch.setattr(Spark, "chunk_size", 500)
    found = assert_the_same(tmp_path, remote).findings
    assert [(one.row, one.rule, one.file) for one in found] == [
        (450, "required", paths[0]),
        (900, "unique", paths[1]),
    ]
    assert [engine._tasks_read for engine in engines] == [True]


def test_an_odd_file_does_not_stop_tasks_from_reading_the_next_one(
    tmp_path: Path, remote: str, engines: list[Spark], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{n},x\n" for n in range(400)]
    (tmp_path / "even.csv").write_text("".join(["id,b\n", *rows]), "utf-8")
    rows[300:302] = ["300\n", "301,x,y\n"]  # overall, there are as many cells as there should be
    (tmp_path / "odd.csv").write_text("".join(["id,b\n", *rows]), "utf-8")
    schema = {"fields": [{"name": "id"}, {"name": "b"}]}
    resources = [{"name": n, "path": f"{n}.csv", "schema": schema} for n in ("odd", "even")]
    descriptor = {"name": "x", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    monkeypatch.setattr(Spark, "chunk_size", 500)
    found = assert_the_same(tmp_path, remote).findings
    assert [(one.row, one.rule) for one in found] == [(301, "missing-cell"), (302, "extra-cell")]
    assert [engine._tasks_read for engine in engines] == [True]


def test_a_line_break_at_the_end_of_a_value(make_package: MakePackage, remote: str) -> None:
    fields = [
        {"name": "a", "constraints": {"pattern": "[a-z]+"}},
        {"name": "b", "type": "date"},
        {"name": "c", "constraints": {"pattern": "a.c"}},
    ]
    text = 'a,b,c\n"ab\n","2020-01-01\n","a\nc"\nab,2020-01-01,a\u0085c\n'
    found = assert_the_same(make_package(text, fields), remote)
    assert [(one.row, one.field) for one in found.findings if one.rule != "control-character"] == [
        (1, "a"),
        (1, "b"),
        (1, "c"),
    ]


NUMBERS = [
    *("0", "-0", "7", "+7", "007", "-7.50", "1e3", "1E-400", "-1e400", ".5", "5.", "nan", "-INF"),
    *("1" * 45, "0.1e-1000000000000000000000", "9e99999999999999999999", "12x", "", "1_0", " 1"),
]
INSTANTS = [
    *("2020-02-29T23:59:60Z", "2020-02-29T23:59:59.10+01:00", "2019-02-29T00:00:00"),
    *("-0044-03-15T12:00:00Z", "12020-01-01T24:00:00-14:00", "0001-01-01T00:00:00", "x"),
]
TIMES = ["00:00:00", "24:00:00", "23:59:59.90Z", "10:00:00+02:30", "25:00:00", "1:0:0"]


def test_keys_of_values(remote: str) -> None:
    """What the server computes in SQL is what the types compute in Python, to the letter."""
    engine = Spark([], remote)
    try:
        dialect = engine.dialect
        pairs = [(dialect.number_key(literal(one)), number_key(one)) for one in NUMBERS]
        pairs += [(dialect.instant_key(literal(one)), instant_key(one)) for one in INSTANTS]
        pairs += [(dialect.time_key(literal(one)), time_key(one)) for one in TIMES]
        ((*found,),) = engine.query(f"SELECT {', '.join(sql for sql, _ in pairs)}")
        assert found == [key for _, key in pairs]
    finally:
        engine.close()


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "large.sql").write_text(
        "-- No id is larger than 1.\n-- tables: things\n-- hint: x\n"
        "SELECT 'things' AS \"table\", _row AS row, 'id' AS field, id AS value FROM things "
        "WHERE CAST(id AS integer) > 1\n",
        "utf-8",
    )
    return tmp_path / "rules"


def test_own_rules(make_package: MakePackage, rules: Path, remote: str) -> None:
    folder = make_package("id\n1\n2\n", [{"name": "id", "type": "integer"}])
    (finding,) = by_spark(folder, remote, rules=rules).findings
    assert (finding.rule, finding.row, finding.line) == ("large", 2, 3)


def test_a_rule_sees_no_file_of_the_server(
    make_package: MakePackage, rules: Path, remote: str
) -> None:
    (rules / "beyond.sql").write_text(
        "-- It reads a file.\n-- tables: things\n-- hint: x\n"
        "SELECT 'things' AS \"table\", 1 AS row, NULL AS field, value FROM text.passwd\n",
        "utf-8",
    )
    folder = make_package("id\n1\n", [{"name": "id", "type": "integer"}])
    report = by_spark(folder, remote, rules=rules)
    assert [finding.rule for finding in report.findings] == ["beyond"]
    assert report.exit_code == 2


@pytest.mark.parametrize("name", ["table", "select", "order", "a b", "größe", "x.y", "`", "u_61"])
def test_names_of_tables_and_fields(name: str, tmp_path: Path, remote: str) -> None:
    (tmp_path / "a.csv").write_text(f'id,"{name}"\n1,1\nx,y\n', "utf-8")
    fields = [{"name": "id", "type": "integer"}, {"name": name, "type": "integer"}]
    resource = {"name": name, "path": "a.csv", "schema": {"fields": fields, "primaryKey": [name]}}
    descriptor = {"name": "odd", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert len(assert_the_same(tmp_path, remote).findings) >= 2


def test_a_server_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shieldtalks.tabular.engine.spark_session.RETRIES", 1)
    server = spark if os.environ.get("SPARK_REMOTE") else sail
    with server(tmp_path) as address:
        engine = Spark([], address)
        assert list(engine.query("SELECT 1")) == [(1,)]
        with pytest.raises(ValueError, match=r"."):
            list(engine.query("SELECT unknown('UNAVAILABLE', 'RETRIES_EXCEEDED')"))
    with pytest.raises(CannotRun, match="has stopped answering"):
        list(engine.query("SELECT 1"))
    # Nothing more is asked: each request would take 20 seconds.
    engine._stored += ["some", "tables"]
    monkeypatch.setattr(engine._session, "sql", lambda sql: pytest.fail(sql))
    engine.close()
    with pytest.raises(CannotRun, match="no Spark server answers"):
        Spark([], address)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
def test_a_server_of_something_else(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself, the library would try for a minute, and say goodbye to the server for another one."""
    monkeypatch.setattr("shieldtalks.tabular.engine.spark_session._PATIENCE", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    taken.append(server.accept()[0])
                    taken[-1].sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        address = f"sc://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(CannotRun, match=f"what answers at {address} is not a Spark") as refused:
            Spark([], f"{address}/;token=hidden")
        server.shutdown(socket.SHUT_RDWR)
    for one in taken:
        one.close()
    assert "15002" in str(refused.value.hint)


@pytest.mark.skipif(bool(os.environ.get("SPARK_REMOTE")), reason="it is about Sail")
def test_a_rule_that_takes_too_long(tmp_path: Path) -> None:
    """Sail ends no query when asked, so the session ends, and no later rule counts as one that passed."""
    with sail(tmp_path) as address:
        engine = Spark([], address)
        engine.create("t", ["a"])
        engine.insert("t", ["a"], [[""]], [[str(number)] for number in range(3000)])
        sql = "SELECT count(*) FROM t a, t b, t c, t d WHERE a.a || b.a || c.a || d.a = 'x'"
        with pytest.raises(TimeLimit):
            engine.bounded(sql, 0.1, lambda _: None)
        with pytest.raises(ValueError, match="had to be ended"):
            list(engine.query("SELECT 1"))
        engine.close()


def test_the_command(make_package: MakePackage, remote: str, run: Run) -> None:
    folder = make_package("id\n1\nx\n", [{"name": "id", "type": "integer"}])
    result = run("validate", folder, "--engine", "spark", "--spark-remote", remote)
    assert result.exit_code == 1
    assert '"x" is not an integer' in result.stdout
