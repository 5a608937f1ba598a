"""Work grows no faster than its input: function calls are counted at three sizes, not timed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from shieldtalks.record.checking import Options, validate
from shieldtalks.tabular import jsontext
from shieldtalks.tabular.checks import keys
from shieldtalks.tabular.engine import compile as checks_of
from shieldtalks.tabular.engine.duckdb import DuckDb
from shieldtalks.tabular.engine.sql import without_words
from shieldtalks.tabular.engine.sqlite import Sqlite
from shieldtalks.tabular.findings import Report
from shieldtalks.tabular.package import Resource, read
from shieldtalks.tabular.package.dialect import CsvDialect, csv_dialect
from shieldtalks.tabular.settings import Settings
from shieldtalks.tabular.sources import exact
from shieldtalks.tabular.sources.csv import load
from shieldtalks.tabular.sources.exact import RawRecord, records
from shieldtalks.tabular.sources.header import compare, ragged
from shieldtalks.tabular.sources.lines import Lines
from shieldtalks.tabular.split import Split
from shieldtalks.tabular.validation import validate_package
from tests.support.calls import calls_of


class Name(str):
    """A name that counts how often it is compared."""

    compared = 0
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def steps(work: Callable[[], Any]) -> int:
    """Python's function calls and the comparisons of names while something runs."""
    Name.compared = 0
    return calls_of(work) + Name.compared


def header(names: list[str], want: list[str]) -> Callable[[], Any]:
    return lambda: compare(RawRecord(1, list(map(Name, names))), list(map(Name, want)), ",")


def names(size: int, start: str = "a") -> list[str]:
    return [f"{start}{number}" for number in range(size)]


HEADERS: dict[str, Callable[[int], Callable[[], Any]]] = {
    "one name": lambda size: header(["id"] * size, ["id", "a"]),
    "many names": lambda size: header(["id", *names(size)], ["id", "b"]),
    "many fields": lambda size: header(["id"], ["id", *names(size)]),
    "reversed": lambda size: header(names(size)[::-1], names(size)),
    "other names": lambda size: header(["x", *names(size)], ["x", *names(size, "b")]),
    "no name": lambda size: header(names(size), names(size, "b")),
    "one key": lambda size: lambda: jsontext.first_repeated(map(Name, [*names(size), "a1"])),
}


@pytest.mark.parametrize("work", HEADERS)
def test_names_are_looked_up_not_searched(work: str) -> None:
    small, middle, large = (steps(HEADERS[work](size)) for size in (200, 400, 800))
    assert middle <= 2.5 * small
    assert large <= 2.5 * middle


def test_a_header_has_a_bounded_number_of_findings_and_short_messages() -> None:
    found = compare(RawRecord(1, ["id", *names(5000)]), ["id", "x" * 9999], ",")
    assert len(found.faults) == 101
    assert found.faults[-1].message == "4901 more columns do not match the schema"
    faults = found.faults + ragged(RawRecord(2, ["x" * 999] * 5000), RawRecord(1, ["id"]))
    faults += ragged(RawRecord(2, ["x"]), RawRecord(1, names(5000)))
    assert all(len(fault.message) < 6000 for fault in faults)
    assert faults[-1].message.endswith("a19, a20 and 4979 more)")


def test_the_sql_of_missing_values_is_linear_and_flat() -> None:
    small, middle, large = (len(without_words("x", names(size))) for size in (100, 200, 400))
    assert middle <= 2.1 * small
    assert large <= 2.1 * middle
    assert without_words("x", ["a", "a"]) == "CASE x WHEN 'a' THEN NULL ELSE x END"
    assert "(" not in without_words("x", names(9))


def package(folder: Path, schema: dict[str, Any], table: str, times: int = 1) -> Path:
    """A package of some tables with the same schema and file."""
    folder.mkdir()
    (folder / "t.csv").write_text(table, "utf-8")
    resources = [{"name": f"t{n}", "path": "t.csv", "schema": schema} for n in range(times)]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    return folder


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("empty", [True, False])
def test_many_words_for_a_missing_value(engine: str, empty: bool, tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "id", "type": "integer"}, {"name": "a", "type": "integer"}],
        "missingValues": [*names(1500, "no"), *([""] if empty else [])],
    }
    table = "id,a\nno1,no1499\n1,\n2,2\n3,no1500\n"
    report = validate(package(tmp_path / "p", schema, table), Options(engine=engine))
    found = [(finding.rule, finding.row, finding.value) for finding in report.findings]
    wanted = [("type", 4, "no1500")] if empty else [("type", 2, ""), ("type", 4, "no1500")]
    assert [one for one in found if one[0] == "type"] == wanted


def test_faults_of_a_descriptor(tmp_path: Path) -> None:
    def work(size: int) -> int:
        links = [
            {"fields": f"x{n}", "reference": {"resource": "", "fields": "a"}} for n in range(size)
        ]
        schema = {"fields": [{"name": "a"}, {"name": "b"}], "foreignKeys": links}
        folder = package(tmp_path / str(size), schema, "a,b\n1,2\n")
        return steps(lambda: validate(folder))

    work(10)
    small, middle, large = map(work, (100, 200, 400))
    assert middle <= 2.5 * small
    assert large <= 2.5 * middle


def test_the_fields_of_a_table_are_listed_once_for_all_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, asked = Resource.fields.fget, []
    monkeypatch.setattr(
        Resource, "fields", property(lambda self: asked.append(self) or original(self))
    )

    def work(keys: int) -> int:
        links = [
            {"fields": f"a{n % 20}", "reference": {"resource": "", "fields": f"a{(n + 1) % 20}"}}
            for n in range(keys)
        ]
        schema = {"fields": [{"name": name} for name in names(20)], "foreignKeys": links}
        asked.clear()
        validate(package(tmp_path / str(keys), schema, ",".join(names(20)) + "\n"))
        return len(asked)

    assert work(10) == work(100)


def test_sqlite_keeps_few_indexes() -> None:
    """With an index for each of many keys, each query would look at all of them."""
    with closing(Sqlite()) as engine:
        engine.create("t", names(200))
        for name in names(200):
            engine.index("t", [f'"{name}"'])
        (many,) = next(engine.query("SELECT count(*) FROM sqlite_master WHERE type = 'index'"))
    assert 20 < many < 100


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_many_foreign_keys_of_a_wide_table(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work for a key, the length of its statement included, does not grow with the table."""
    class_ = {"sqlite": Sqlite, "duckdb": DuckDb}[engine]
    original, lengths = class_.narrow, []

    def narrow(self: Any, table: str, fields: Sequence[str]) -> str:
        source: str = original(self, table, fields)
        lengths.append(len(source))
        return source

    monkeypatch.setattr(class_, "narrow", narrow)

    def work(size: int) -> int:
        fields = [{"name": name} for name in names(size)]
        links = [
            {"fields": f"a{n}", "reference": {"resource": "", "fields": f"a{(n + 1) % size}"}}
            for n in range(size)
        ]
        table = ",".join(names(size)) + "\n" + ",".join(map(str, range(size))) + "\n"
        folder = package(tmp_path / str(size), {"fields": fields, "foreignKeys": links}, table)
        reports: list[Report] = []
        calls = steps(lambda: reports.append(validate(folder, Options(engine=engine))))
        assert reports[0].count() == size
        return calls

    work(10)
    small, middle, large = map(work, (50, 100, 200))
    assert middle <= 2.5 * small
    assert large <= 2.5 * middle
    assert max(lengths) < 200


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_foreign_key_that_is_repeated_gives_no_more_findings(engine: str, tmp_path: Path) -> None:
    link = {"fields": "a", "reference": {"resource": "", "fields": ["b"]}}
    schema = {"fields": [{"name": "a"}, {"name": "b"}], "foreignKeys": [link] * 500}
    report = validate(
        package(tmp_path / "p", schema, "a,b\n1,2\n2,1\n3,1\n"), Options(engine=engine)
    )
    assert [(found.rule, found.row) for found in report.findings] == [("foreign-key", 3)]


@pytest.mark.parametrize(
    ("declared", "repeated"),
    [
        ({}, 'x","\n'),
        ({}, '"a\n"b\n'),
        ({}, 'x"y,"\n'),
        ({"escapeChar": "!"}, '!\n","\n'),
        ({"escapeChar": "!"}, '"!\n","\n'),
        ({"escapeChar": "!"}, '"x!\n",",\n'),
        ({"escapeChar": "!", "doubleQuote": False}, ',"!\n","\n'),
        ({"doubleQuote": False}, '""",\n"\n'),
    ],
)
def test_quotes_that_are_never_closed_are_read_in_linear_time(
    declared: dict[str, Any], repeated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sizes: the characters of the lines that the reader looks at."""
    read, line = [0], exact._line

    def counted(*given: Any) -> tuple[str, int]:
        found = line(*given)
        read[0] += len(found[0]) + 1
        return found

    def work(size: int) -> int:
        file, read[0] = tmp_path / "t.csv", 0
        file.write_text(repeated * size, "utf-8", newline="")
        for _ in records(Lines(file, "utf-8"), csv_dialect(declared)):
            pass
        return read[0]

    monkeypatch.setattr(exact, "_line", counted)
    small, middle, large = map(work, (100, 200, 400))
    assert middle <= 2.1 * small
    assert large <= 2.1 * middle


@pytest.mark.slow
def test_the_exact_reader_keeps_few_lines(tmp_path: Path) -> None:
    """The memory for a file of short rows does not grow with the file."""
    kept = []
    for size in (100_000, 400_000, 1_600_000):
        file = tmp_path / "t.csv"
        file.write_bytes(b"id,a\n1,\x01\n" + b"1,x\n" * size)
        lines = Lines(file, "utf-8")
        most = 0
        for record in records(lines, CsvDialect()):
            if record.line % 50_000 == 0:
                most = max(most, len(lines._kept))
        kept.append(most)
    assert max(kept) < 400_000


@pytest.mark.sample(3)
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
@pytest.mark.parametrize("type_", ["string", "integer", "number"])
def test_a_long_list_of_codes(engine: str, type_: str, tmp_path: Path) -> None:
    """The same cells are found as with a short list, and a hint does not repeat the list."""
    codes = [str(number) for number in range(10, 3010)]
    field = {"name": "a", "type": type_, "constraints": {"enum": codes}}
    schema = {"fields": [{"name": "id"}, field], "missingValues": ["", *names(100, "no")]}
    table = "id,a\n1,10\n2,\n3,no7\n4,3009\n5,3010\n6,9\n"
    report = validate(package(tmp_path / "p", schema, table), Options(engine=engine))
    assert [(found.rule, found.row) for found in report.findings] == [("enum", 5), ("enum", 6)]
    assert all(len(found.hint or "") < 1000 for found in report.findings)
    assert (report.findings[0].hint or "").endswith("108, 109 and 2900 more.")


def test_words_for_a_missing_value_are_looked_up(tmp_path: Path) -> None:
    """The size of the statement does not grow with the words, so no cell is compared with each."""
    seen: list[Sequence[Sequence[str]]] = []

    class Engine(Sqlite):
        def insert(self, table: str, columns: Any, missing: Any, rows: Any) -> int:
            seen.append(missing)
            return super().insert(table, columns, missing, rows)

    schema = {"fields": [{"name": "id"}, {"name": "a"}], "missingValues": names(3000, "no")}
    folder = package(tmp_path / "p", schema, "id,a\n1,no2999\n2,x\nno5,no\n")
    (resource,) = read(folder).resources
    engine = Engine()
    load(resource, engine)
    assert seen == [[["no0"], ["no0"]]]
    assert list(engine.query('SELECT id, a FROM "t0"')) == [
        ("1", None),
        ("2", "x"),
        (None, "no"),
    ]
    engine.close()


def test_similar_codes_are_looked_for_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(checks_of, "_nearest", lambda value, _: asked.append(value) or "")
    message = checks_of._not_listed("codes", ["a", "b"])
    for size in (500, 1000, 2000):
        for number in range(size):
            message(str(number))
        assert len(asked) == len(set(asked)) == 200


def test_damaged_keys_are_compared_with_few_references(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_MOST_DAMAGED", 10)
    link = {"fields": "a", "reference": {"resource": "", "fields": "id"}}
    schema = {"fields": [{"name": "id"}, {"name": "a"}], "foreignKeys": [link]}
    lines = [f"{n}\x01,{n}z" for n in range(100)]
    options = Options(settings=Settings({"control-character": "error"}, {}))
    folder = package(tmp_path / "p", schema, "\n".join(["id,a", *lines, ""]))
    found = validate(folder, options).totals()["by_rule"]
    assert found["control-character"] == 100
    assert found["foreign-key"] > 80  # some more keys begin like a damaged one


def test_many_tables(tmp_path: Path) -> None:
    def work(size: int) -> int:
        schema = {"fields": [{"name": "a"}, {"name": "b", "type": "nothing"}]}
        folder = package(tmp_path / str(size), schema, "a,b\n1,2\n", times=size)
        return steps(lambda: validate(folder, Options(engine="sqlite")))

    work(5)
    small, middle, large = map(work, (20, 40, 80))
    assert middle <= 2.5 * small
    assert large <= 2.5 * middle


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_splitting_rows_and_showing_them(engine: str, tmp_path: Path) -> None:
    fields = [{"name": "id", "type": "string"}, {"name": "a", "type": "integer"}]
    schema = {"fields": fields, "primaryKey": ["id"]}

    def work(size: int) -> int:
        table = "id,a\n" + "".join(f"{n},{'x' if n % 2 else n}\n" for n in range(size))
        source = read(package(tmp_path / f"{engine}{size}", schema, table))
        out = tmp_path / f"rows-{engine}{size}"

        def split() -> None:
            with Split() as rows:
                options = Options(engine=engine, watch=rows, with_rows=True)
                report = validate_package(source, options)
                assert rows.write(out, source, report, options, force=False) is not None

        return steps(split)

    work(10)  # what is imported and started once
    small, middle, large = (work(size) for size in (500, 1000, 2000))
    assert middle <= 2.3 * small
    assert large <= 2.3 * middle
