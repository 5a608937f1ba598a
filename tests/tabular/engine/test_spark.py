"""What the Spark engine does before a server sees anything: SQL, patterns, chunks, recursion, and a fence."""

from __future__ import annotations

import csv
import re
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow
import pytest

from shieldtalks.tabular.engine import choose, spark_chunks, spark_session
from shieldtalks.tabular.engine.patterns import matcher
from shieldtalks.tabular.engine.spark import Spark
from shieldtalks.tabular.engine.spark_fence import check_rule
from shieldtalks.tabular.engine.spark_patterns import in_spark
from shieldtalks.tabular.engine.spark_recursion import without_recursion
from shieldtalks.tabular.engine.spark_sql import translated
from shieldtalks.tabular.findings import CannotRun
from tests.support import ROOT


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ('SELECT "a" FROM "references"', "SELECT `a` FROM `references`"),
        ("SELECT 'it''s \\'", "SELECT 'it\\'s \\\\'"),
        ('SELECT "größe" AS "a b"', f"SELECT `u_{'größe'.encode().hex()}` AS `u_612062`"),
        ('SELECT "u_61"', f"SELECT `u_{b'u_61'.hex()}`"),
        ("SELECT 1e-15, 1.5 -- a 'comment", "SELECT 1e-15D , 1.5D"),
        ("SELECT a<>b, a||b, a>=b;", "SELECT a <> b , a || b , a >= b"),
        ("ltrim(substr(x, 2), '0')", "trim(LEADING '0' FROM substr (x, 2))"),
        ("rtrim(x)", "rtrim (x)"),
        (r"x LIKE '\_%' || y", r"x LIKE '\\\\_%' || y"),
        (r"x NOT LIKE '\_' ESCAPE '\'", r"x NOT LIKE '\\_' ESCAPE '\\'"),
        ("substr(x, 1, 2)", "substr((x), (1), (2))"),
        ("regexp_full_match(lower(x), 'a.')", r"((lower ( x )) RLIKE '\\A(?:a[^\\n])\\z')"),
    ],
)
def test_sql_with_the_quotes_of_spark(ours: str, theirs: str) -> None:
    assert translated(ours) == theirs


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM csv.`/etc/passwd`",
        "SELECT 1; SELECT 2",
        r"SELECT \x",
        "regexp_full_match(x, y)",
        "regexp_full_match(x, '(?=a)a')",
        "ltrim(x, 'a'",
    ],
)
def test_sql_that_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        translated(sql)


def test_sql_that_is_nested_too_deeply() -> None:
    sql = f"SELECT {'ltrim(' * 1000}'a'{', 1)' * 1000}"
    with pytest.raises(ValueError, match="nested too deeply"):
        object.__new__(Spark).query(sql)


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "[a-z]+", "a.c", "[+-]?[0-9]{2,4}(e[0-9])?", "(a|bc)*x", r"\.\-\\", "[^,]+", "[-a]"),
        *("[é-ü]+", r"[\]\x1f]", "[?~%&]?", "(?:ab){3}", "a{0,1000}"),
    ],
)
def test_patterns_that_mean_the_same_to_spark(pattern: str) -> None:
    written = in_spark(pattern)
    assert written is not None
    theirs, ours = re.compile(written.replace(r"\z", r"\Z")), matcher(pattern)
    for text in (
        "",
        "a",
        "abc",
        "ab\n",
        "a\nc",
        "+12e3",
        "12",
        "é",
        "-",
        "]",
        "ababab",
        "\\",
        ".-\\",
    ):
        assert bool(theirs.fullmatch(text)) == bool(ours(text)), text


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "a$",
            "^a",
            r"\d",
            r"\w+",
            "a+?",
            "a++",
            "(?i)a",
            "(?=a)a",
            "[[:alpha:]]",
            "[a&&b]",
            "[a~~b]",
        ),
        *(r"\bx", "(a", "a)", "(a{1000}){1000}", r"(a)\1", "a{2}{3}", "x" * 3000),
    ],
)
def test_patterns_that_python_tests(pattern: str) -> None:
    assert in_spark(pattern) is None


TABLES = {"things", "other"}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'things', t._row, 'a', t.a FROM things AS t, other o WHERE t.a IN ('x', 'y')",
        "WITH few (a) AS (SELECT max(a) FROM things) SELECT few.a FROM few JOIN other ON other.a = few.a",
        "SELECT a FROM things WHERE NOT EXISTS (SELECT 1 FROM other WHERE other.a IS DISTINCT FROM things.a)",
        "SELECT a FROM (things) ORDER BY a, b",
        'SELECT count(*) OVER (PARTITION BY a ORDER BY b) FROM "things"',
        "SELECT a FROM (WITH few AS (SELECT a FROM things) SELECT a FROM few) f, other",
        "WITH few AS (SELECT a FROM things), fewer AS (SELECT a FROM few) SELECT a FROM fewer",
        "WITH RECURSIVE n(a) AS (VALUES (1) UNION ALL SELECT a + 1 FROM n WHERE a < 5) SELECT a FROM n",
        "SELECT t.a FROM things AS t JOIN other AS o USING (a) JOIN things AS u ON u.a IN (o.a, t.a), other",
        *(
            text
            for file in sorted((ROOT / "validators").glob("*.sql"))
            if "regexp_full_match" not in (text := file.read_text("utf-8"))
        ),
    ],
)
def test_rules_that_may_run(sql: str) -> None:
    tables = {file.stem for file in (ROOT / "data").glob("*.csv")}
    check_rule(sql, TABLES | tables)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM text.passwd",
        "SELECT * FROM things, csv.passwd",
        "SELECT * FROM things JOIN (csv.passwd) ON 1 = 1",
        "SELECT * FROM things csv, csv.passwd",
        "SELECT * FROM things, other csv JOIN csv.passwd",
        "SELECT (SELECT max(value) FROM text.passwd)",
        "SELECT * FROM secrets",
        "SELECT reflect('java.lang.System', 'getenv', 'HOME') FROM things",
        'SELECT "reflect"(1) FROM things',
        "SELECT * FROM read_files('/etc/passwd')",
        "SELECT a FROM things LATERAL VIEW explode(b)",
        "TABLE secrets",
        "DROP TABLE things",
        "SELECT a FROM things; DROP TABLE things",
        "SELECT a FROM things UNION SELECT a FROM secrets",
        "SELECT a FROM things WHERE regexp_full_match(a, '(a+)+b')",
        "",
        "SELECT a FROM things WHERE a RLIKE '(a+)+b'",
        "SELECT a FROM things WHERE a REGEXP '(a+)+b'",
        # The name of a query in WITH is no function, and no table outside that query or in front of it.
        "WITH reflect AS (SELECT 1) SELECT reflect('java.lang.System', 'exit', 1) FROM things",
        "WITH range AS (SELECT 1) SELECT * FROM range(9)",
        "SELECT a FROM (WITH secrets AS (SELECT 1 AS a) SELECT a FROM secrets) AS few, secrets",
        "WITH few AS (SELECT * FROM secrets), secrets AS (SELECT 1) SELECT * FROM few",
        "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
        # Behind WITH, a server also takes statements that write, or that run a program.
        "WITH few AS (SELECT 1 AS a) INSERT INTO things SELECT a FROM few",
        "WITH few AS (SELECT 1) INSERT OVERWRITE DIRECTORY '/tmp/few' USING csv SELECT * FROM few",
        "WITH few AS (SELECT 1 AS a) MAP a USING 'touch /tmp/few' AS b FROM few",
        "SELECT a FROM things UNION ALL MAP a USING 'cat' FROM things",
        # A comma behind ON goes on with the list of tables.
        "SELECT * FROM things t JOIN other o ON t.a = o.a, secrets",
        "SELECT NOT DISTINCT FROM secrets",
        "WITH",
        "WITH few",
        "WITH few AS (SELECT 1",
        "WITH RECURSIVE",
        "SELECT 1 FROM " + "(WITH few AS (SELECT 1) SELECT 1 FROM " * 200 + "things" + ")" * 200,
    ],
)
def test_rules_that_may_not(sql: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        check_rule(sql, TABLES)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS a",
        "WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM n WHERE a < 5) SELECT a FROM n",
        "WITH RECURSIVE n (a) AS (SELECT 1 UNION ALL SELECT a * 2 FROM n WHERE a < 40 "
        "UNION ALL SELECT a * 3 FROM n WHERE a < 40) SELECT count(*) FROM n",
        "WITH RECURSIVE pairs AS (SELECT 1 AS x, 2 AS y UNION ALL SELECT 2, 3 UNION ALL SELECT 3, 1), "
        "reached (x, y) AS (SELECT x, y FROM pairs UNION SELECT reached.x, pairs.y FROM reached "
        "JOIN pairs ON pairs.x = reached.y) SELECT x, y FROM reached ORDER BY x, y",
    ],
)
def test_recursion_in_levels(sql: str) -> None:
    """SQLite, which also takes backticks, is the server."""
    database = sqlite3.connect(":memory:")
    made: list[str] = []

    def keep(query: str, columns: Sequence[str]) -> tuple[str, int, list[str]]:
        cursor = database.execute(query)
        names, rows = list(columns) or [one[0] for one in cursor.description], cursor.fetchall()
        made.append(f"level{len(made)}")
        database.execute(f"CREATE TABLE {made[-1]} ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        database.executemany(f"INSERT INTO {made[-1]} VALUES ({marks})", rows)
        return made[-1], len(rows), names

    found = database.execute(without_recursion(sql, keep)).fetchall()
    assert found == database.execute(sql).fetchall()
    assert bool(made) == ("RECURSIVE" in sql)
    database.close()


def test_recursion_without_end() -> None:
    sql = "WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a FROM n) SELECT a FROM n"
    with pytest.raises(ValueError, match="does not end"):
        without_recursion(sql, lambda query, columns: ("level", 1, ["a"]))


@pytest.mark.parametrize("size", [1, 7, 40, 1000, 1 << 20])
def test_chunks(size: int, tmp_path: Path) -> None:
    """The rows of all chunks are the rows of the files, with the same numbers and lines."""
    rows = [[str(n), "x" * (n % 9) + "\n" * (n % 3), ', "q"' if n % 5 else ""] for n in range(200)]
    files, lines = [], []
    for number, some in enumerate((rows[:120], rows[120:])):
        files.append(tmp_path / f"{number}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["id", "text", "note"])
            writer.writerows(some)
        with files[-1].open(encoding="utf-8", newline="") as text:
            starts, reader = [1], csv.reader(text)
            starts += [reader.line_num + 1 for _ in reader]
        lines.append(starts)
    found = list(spark_chunks.cut(files, size))
    read: list[tuple[int, list[str | None]]] = []
    for batch in spark_chunks.here(found, ",", [[""]] * 3):
        for row, *cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            read.append((row, cells))
    assert read == [
        (number, [cell or None for cell in row]) for number, row in enumerate(rows, start=1)
    ]
    assert (len(found) == 2) == (size == 1 << 20)
    for chunk in found:
        assert chunk.first_line in lines[files.index(Path(chunk.file))]


def test_a_chunk_of_another_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,b\n1,2\n")
    (chunk,) = spark_chunks.cut([file])
    file.write_text("id,b\n1,3\n")
    with pytest.raises(ValueError, match="another"):
        list(spark_chunks.here([chunk], ",", [[], []]))


@pytest.mark.parametrize(
    ("remote", "message"),
    [
        (None, "needs the address of a Spark server"),
        ("http://server.example:1", "is not the address"),
        ("sc://localhost:99999", "is not the address"),
        ("sc://localhost:1", "the client of Spark is not installed"),
    ],
)
def test_no_server(remote: str | None, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    for name in ("pyspark", "pyspark.sql.connect.session"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CannotRun, match=message):
        choose("spark", [], lean=False, remote=remote)


@pytest.mark.parametrize(
    ("remote", "message"),
    [
        (f"sc://{'a' * 300}:1/;token=hidden", "not the name of a machine"),
        ("sc://river..example:1/;token=hidden", "not the name of a machine"),
        ("sc://localhost:1/;token=hidden", "no Spark server answers at sc://localhost:1 "),
        ("http://server.example:1/;token=hidden", '"http://server.example:1" is not the address'),
    ],
)
def test_the_token_of_an_address_is_not_shown(
    remote: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_session, "_builder", lambda: None)
    with pytest.raises(CannotRun, match=message) as refused:
        spark_session.connect(remote)
    assert "hidden" not in str(refused.value)


def test_a_server_of_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    class Builder:
        def remote(self, address: str) -> Builder:
            del address
            return self

        def create(self) -> None:
            raise RuntimeError("unsupported PySpark version: 9.9.0\n\nthe stack of the server")

    monkeypatch.setattr(spark_session, "_builder", Builder)
    monkeypatch.setattr(spark_session, "_reach", lambda *_: None)
    with pytest.raises(CannotRun) as refused:
        spark_session.connect("sc://server.example")
    message, hint = str(refused.value).splitlines()
    assert message == (
        "the Spark server at sc://server.example cannot start a session "
        "(unsupported PySpark version: 9.9.0)"
    )
    assert '"pyspark-client<4.3"' in hint


def test_batches_are_bounded_in_bytes_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_chunks, "CHUNK", 1000)
    rows = [[str(n), "x" * (n % 7 * 100)] for n in range(1, 101)]
    batches = list(spark_chunks.from_rows(rows, [[], []]))
    assert [row for one in batches for row in one.column(0).to_pylist()] == list(range(1, 101))
    assert max(one.nbytes for one in batches) < 2500
    assert len(batches) > 20


def test_a_task_reads_a_long_cell(tmp_path: Path) -> None:
    """On a worker, Python's own limit for a cell holds."""
    file = tmp_path / "a.csv"
    file.write_text(f"id,text\n1,{'x' * 200_000}\n", "utf-8")
    (chunk,) = spark_chunks.cut([file])
    listed = pyarrow.table({name: [value] for name, value in chunk._asdict().items()})
    old = csv.field_size_limit(131_072)
    try:
        (batch,) = spark_chunks.reader_of(",", [[], []])(iter(listed.to_batches()))
    finally:
        csv.field_size_limit(old)
    assert batch.column(2).to_pylist() == ["x" * 200_000]
