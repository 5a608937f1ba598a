"""`validate --split`: each row in one of two files, and the good rows are a valid package."""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shieldtalks.tabular.findings import CannotRun
from shieldtalks.tabular.package import read
from shieldtalks.tabular.split import Split
from shieldtalks.tabular.validation import Options, validate, validate_package
from tests.support import EXAMPLES, MakePackage, Run
from tests.support.draws import examples
from tests.support.random_packages import Maker

Rows = list[list[str]]

FIELDS = [
    {"name": "name", "type": "string", "constraints": {"unique": True}},
    {"name": "size", "type": "integer"},
]


def rows(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def made_of(folder: Path, tables: dict[str, tuple[str, dict[str, Any]]], **more: Any) -> Path:
    """A package from the text and the schema of each table."""
    folder.mkdir(exist_ok=True)
    resources = []
    for name, (text, schema) in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = {"name": "made", "resources": resources, **more}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_good_and_bad_rows_are_apart(
    engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    text = 'name,size\na,1\nb,big\n"c, d",2\na,x\nshort\nlong,3,more\n\ne," 4"\nf,5\n'
    folder, out = make_package(text, FIELDS), tmp_path / "rows"
    result = run("validate", folder, "--split", out, "--engine", engine, code=1)
    assert rows(out / "good" / "things.csv") == [
        ["name", "size"],
        ["a", "1"],
        ["c, d", "2"],
        ["f", "5"],
    ]
    bad = rows(out / "bad" / "things.csv")
    assert bad[0] == ["name", "size", "_line", "_rule", "_message"]
    assert [row[:4] for row in bad[1:]] == [
        ["b", "big", "3", "type"],
        ["a", "x", "5", "type; unique"],
        ["short", "", "6", "missing-cell"],
        ["long", "3", "7", "extra-cell"],
        ["e", " 4", "9", "type"],
    ]
    assert bad[1][4] == 'size: "big" is not an integer'
    assert '"more"' in bad[4][4]  # a cell without a column is not lost
    assert bad[2][4].count(" | ") == 1
    assert "warning: blank-row" in (out / "other-findings.txt").read_text("utf-8")
    assert "wrote " in result.stderr
    assert "3 good rows, 5 bad rows; 1 finding belongs to no row" in result.stderr
    run("validate", out / "good", code=0)


def test_the_report_says_what_was_written(
    make_package: MakePackage, tmp_path: Path, run: Run, root: Path
) -> None:
    folder = make_package("name,size\na,1\nb,big\n", FIELDS)
    options = ("--split", tmp_path / "rows", "--format", "json")
    report = json.loads(run("validate", folder, *options, code=1).stdout)
    schema = json.loads((root / "schemas" / "report.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    table = {"table": "things", "file": "things.csv", "good": 1, "bad": 1}
    folder_name = str(tmp_path / "rows")
    assert report["split"] == {
        "folder": folder_name,
        "tables": [table],
        "others": 0,
        "remaining": 0,
    }
    assert "split" not in json.loads(run("validate", folder, "--format", "json").stdout)


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_row_that_refers_to_a_bad_row_is_bad(
    engine: str, make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    fields = [
        {"name": "id", "type": "string"},
        {"name": "above", "type": "string"},
        {"name": "size", "type": "integer"},
    ]
    reference = {"fields": ["above"], "reference": {"resource": "", "fields": ["id"]}}
    schema = {"fields": fields, "primaryKey": ["id"], "foreignKeys": [reference]}
    folder = make_package("id,above,size\na,,x\nb,a,1\nc,b,1\nd,c,1\ne,,1\nf,e,1\n", fields)
    made_of(folder, {"things": ((folder / "things.csv").read_text("utf-8"), schema)})
    out = tmp_path / "rows"
    run("validate", folder, "--split", out, "--engine", engine, code=1)
    assert [row[0] for row in rows(out / "good" / "things.csv")] == ["id", "e", "f"]
    bad = rows(out / "bad" / "things.csv")
    assert [row[0] for row in bad] == ["id", "a", "b", "c", "d"]
    assert bad[4][3:6] == [
        "5",
        "foreign-key",
        'above: "c" does not exist in things.id (after the bad rows were taken out)',
    ]
    run("validate", out / "good", code=0)


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_a_row_that_refers_to_a_table_with_bad_rows_only_is_bad(
    engine: str, tmp_path: Path, run: Run
) -> None:
    river = {"fields": ["river"], "reference": {"resource": "rivers", "fields": ["name"]}}
    folder = made_of(
        tmp_path / "package",
        {
            "rivers": ("name,size\na,long\nb,wide\n", {"fields": FIELDS}),
            "ports": (
                "port,river\np,a\nq,\nr,b\n",
                {"fields": [{"name": "port"}, {"name": "river"}], "foreignKeys": [river]},
            ),
        },
    )
    out = tmp_path / "rows"
    result = run("validate", folder, "--split", out, "--engine", engine, code=1)
    assert "not valid: 2 errors" in result.stderr
    assert rows(out / "good" / "ports.csv") == [["port", "river"], ["q", ""]]
    assert [row[3] for row in rows(out / "bad" / "ports.csv")] == ["_rule", *["foreign-key"] * 2]
    run("validate", out / "good", code=0)


@pytest.mark.parametrize("key", ["id", "number"])
def test_a_long_chain_of_references_ends(key: str, tmp_path: Path, run: Run) -> None:
    # References of text are followed at once; of numbers, one link for each validation.
    fields = [
        {"name": "id", "type": "string" if key == "id" else "integer"},
        {"name": "above", "type": "string" if key == "id" else "integer"},
        {"name": "size", "type": "integer"},
    ]
    reference = {"fields": ["above"], "reference": {"resource": "", "fields": ["id"]}}
    schema = {"fields": fields, "foreignKeys": [reference]}
    links = 200 if key == "id" else 12
    lines = ["1,,x", *(f"{n},{n - 1},1" for n in range(2, links)), "900,900,1", "901,900,1"]
    text = "id,above,size\n" + "\n".join(lines) + "\n"
    folder = made_of(tmp_path / "p", {"things": (text, schema)})
    report = run("validate", folder, "--split", tmp_path / "rows", "--format", "json", code=1)
    (table,) = json.loads(report.stdout)["split"]["tables"]
    assert (table["good"], table["bad"]) == (2, links - 1)
    last = rows(tmp_path / "rows" / "bad" / "things.csv")[-1]
    assert last[4:] == [
        "foreign-key",
        f'above: "{links - 2}" does not exist in things.id (after the bad rows were taken out)',
    ]


def test_a_rule_in_sql_that_counts_rows_holds_for_the_good_rows(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("name,size\na,x\nb,1\nc,1\n", FIELDS)
    rule = "-- There are three.\n-- tables: things\nSELECT 'things' AS \"table\", _row AS row, "
    rule += "'name' AS field, name AS value FROM things WHERE (SELECT count(*) FROM things) < 3\n"
    (folder / "rules").mkdir()
    (folder / "rules" / "three.sql").write_text(rule, "utf-8")
    out = tmp_path / "rows"
    run("validate", folder, "--rules", folder / "rules", "--split", out, code=1)
    assert rows(out / "good" / "things.csv") == [["name", "size"]]
    assert [row[3] for row in rows(out / "bad" / "things.csv")] == [
        "_rule",
        "type",
        "three",
        "three",
    ]


def test_a_wrong_header_makes_all_rows_bad(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "rows"
    run("validate", make_package("name,sise\na,1\n", FIELDS), "--split", out, code=1)
    assert rows(out / "good" / "things.csv") == [["name", "size"]]
    (_, row) = rows(out / "bad" / "things.csv")
    assert row[3] == "header"
    assert "header" in (out / "other-findings.txt").read_text("utf-8")
    run("validate", out / "good", code=0)


def test_levels_decide_what_is_bad(make_package: MakePackage, tmp_path: Path, run: Run) -> None:
    fields = [{"name": "name", "type": "string"}, {"name": "note", "type": "string"}]
    folder = make_package("name,note\na ,b\nc,d\n", fields)
    run("validate", folder, "--split", tmp_path / "one", code=0)
    assert len(rows(tmp_path / "one" / "good" / "things.csv")) == 3
    run("validate", folder, "--set", "blanks=error", "--split", tmp_path / "two", code=1)
    assert rows(tmp_path / "two" / "good" / "things.csv") == [["name", "note"], ["c", "d"]]


def test_added_columns_never_clash(make_package: MakePackage, tmp_path: Path, run: Run) -> None:
    fields = [{"name": "_line", "type": "integer"}, {"name": "_RULE", "type": "string"}]
    run("validate", make_package("_line,_RULE\nx,y\n", fields), "--split", tmp_path / "r", code=1)
    head, _ = rows(tmp_path / "r" / "bad" / "things.csv")
    assert head == ["_line", "_RULE", "__line", "__rule", "__message"]


def test_a_lone_file_with_and_without_a_schema(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "rivers.csv"
    file.write_bytes("name;size\nÉra;1\nTella;x\nOstra\n".encode("utf-8-sig"))
    (tmp_path / "s.json").write_text(json.dumps({"fields": FIELDS}), "utf-8")
    run("validate", file, "--split", tmp_path / "shape", code=1)
    good = [["name", "size"], ["Éra", "1"], ["Tella", "x"]]
    assert rows(tmp_path / "shape" / "good" / "rivers.csv") == good
    run("validate", tmp_path / "shape" / "good", code=0)
    run("validate", file, "--schema", tmp_path / "s.json", "--split", tmp_path / "rows", code=1)
    assert rows(tmp_path / "rows" / "good" / "rivers.csv") == good[:2]
    run("validate", tmp_path / "rows" / "good", code=0)


def test_the_line_of_a_table_in_several_files_names_the_file(tmp_path: Path, run: Run) -> None:
    folder = made_of(tmp_path / "p", {"a": ("name,size\na,1\n", {"fields": FIELDS})})
    (folder / "b.csv").write_text("name,size\nb,x\n", "utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["path"] = ["a.csv", "b.csv"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    run("validate", folder, "--split", tmp_path / "rows", code=1)
    assert [row[2] for row in rows(tmp_path / "rows" / "bad" / "a.csv")] == ["_line", "b.csv:2"]


@pytest.mark.parametrize(
    "name", ["../../evil", "a/b", "con", "Täb", ".hidden", "x" * 150, "table-1"]
)
def test_names_of_tables_never_lead_out(
    name: str, make_package: MakePackage, tmp_path: Path
) -> None:
    folder = make_package("name,size\na,1\nb,x\n", FIELDS)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["$schema"] = "https://datapackage.org/profiles/2.0/datapackage.json"
    descriptor["resources"][0]["name"] = name
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with Split() as split:
        report = validate_package(read(folder), Options(watch=split))
        written = split.write(tmp_path / "rows", read(folder), report, Options(), force=False)
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    if written is not None:
        assert {Path(path).parent.as_posix() for path in files} <= {
            ".",
            "rows",
            "rows/good",
            "rows/bad",
        }
        assert len(files) == 7


def test_nothing_is_written_if_not_everything_could_be_checked(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    fields = [*FIELDS[:1], {"name": "size", "type": "integr"}]
    result = run(
        "validate", make_package("name,size\na,1\n", fields), "--split", tmp_path / "r", code=2
    )
    assert "was not written, because not everything could be checked" in result.stderr
    assert not (tmp_path / "r").exists()


def test_an_existing_folder_is_kept_without_force(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder, out = make_package("name,size\na,1\nb,x\n", FIELDS), tmp_path / "rows"
    run("validate", folder, "--split", out, code=1)
    assert "already exists" in run("validate", folder, "--split", out, code=2).stderr
    (folder / "things.csv").write_text("name,size\na,1\n", "utf-8")
    run("validate", folder, "--split", out, "--force", code=0)
    assert len(rows(out / "bad" / "things.csv")) == 1
    (out / "mine.txt").write_text("keep", "utf-8")
    refused = run("validate", folder, "--split", out, "--force", code=2)
    assert "contains mine.txt, which would be lost" in refused.stderr


def test_use_that_cannot_work_is_refused(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("name,size\na,1\n", FIELDS)
    out = tmp_path / "rows"
    assert "takes one package" in run("validate", folder, folder, "--split", out, code=2).stderr
    only = run("validate", folder, "--split", out, "--only", "type", code=2)
    assert "cannot be used with --only" in only.stderr
    within = run("validate", folder, "--split", folder, "--force", code=2).stderr
    assert "which this command reads" in within
    assert "is a file" in run("validate", folder, "--split", folder / "things.csv", code=2).stderr
    assert not out.exists()


def test_nothing_is_left_if_it_fails(
    make_package: MakePackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_package("name,size\na,1\nb,x\n", FIELDS)
    monkeypatch.setattr("shieldtalks.tabular.split._write_descriptor", _fail)
    with Split() as split:
        report = validate_package(read(folder), Options(watch=split))
        with pytest.raises(CannotRun):
            split.write(tmp_path / "rows", read(folder), report, Options(), force=False)
    assert list(tmp_path.iterdir()) == []


def _fail(*_: object) -> None:
    raise CannotRun("no")


def test_an_exported_rule_and_the_files_beside_the_data_are_kept(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    folder = make_package("name,size\na,1\nb,x\n", FIELDS)
    (folder / "rules").mkdir()
    rule = "-- No.\n-- tables: things\nSELECT 'things', 1, 'name', 'x' FROM things WHERE FALSE\n"
    (folder / "rules" / "no.sql").write_text(rule, "utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(descriptor | {"x-rules": "rules"}), "utf-8")
    run("validate", folder, "--rules", "package", "--split", tmp_path / "rows", code=1)
    run("validate", tmp_path / "rows" / "good", "--rules", "package", code=0)


def test_a_declared_hash_and_size_are_those_of_the_new_file(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    entry = {"hash": "sha256:" + "0" * 64, "bytes": 1}
    folder = make_package("name,size\na,1\nb,x\n", FIELDS, **entry)
    run("validate", folder, "--split", tmp_path / "rows", code=1)
    assert "hash" in (tmp_path / "rows" / "other-findings.txt").read_text("utf-8")
    (kept,) = json.loads((tmp_path / "rows/good/datapackage.json").read_text("utf-8"))["resources"]
    assert kept["bytes"] == len("name,size\na,1\n")
    run("validate", tmp_path / "rows" / "good", code=0)


@pytest.mark.slow
def test_the_good_rows_of_a_record_follow_its_profile(
    package: Path, tmp_path: Path, run: Run
) -> None:
    actors = package / "data" / "actors.csv"
    actors.write_text(actors.read_text("utf-8").replace("act-0002,", "act-0002 ,", 1), "utf-8")
    run("validate", package, "--split", tmp_path / "rows", code=1)
    run("validate", tmp_path / "rows" / "good", code=0)


def test_words_for_a_missing_value_stay_as_they_are(
    make_package: MakePackage, tmp_path: Path, run: Run
) -> None:
    words = [f"no{n}" for n in range(80)]
    fields = [FIELDS[0], {**FIELDS[1], "missingValues": words}]
    text = "name,size\na,no7\nb,x\nc,no79\n"
    run("validate", make_package(text, fields), "--split", tmp_path / "rows", code=1)
    good = [["name", "size"], ["a", "no7"], ["c", "no79"]]
    assert rows(tmp_path / "rows" / "good" / "things.csv") == good


def test_a_package_without_tables_has_no_rows(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    descriptor = {"name": "p", "resources": [{"name": "a", "path": "a.txt"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    refused = run("validate", tmp_path, "--split", tmp_path.parent / "rows-of-none", code=2)
    assert "has no tables, so there are no rows" in refused.stderr


@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_rows_beyond_the_listed_findings_are_bad_too(
    engine: str,
    make_package: MakePackage,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("findings", "sources.notes", "checks.rules"):
        monkeypatch.setattr(f"shieldtalks.tabular.{module}.MOST_OF_A_RULE", 20, raising=False)
    count = 50
    kinds = ["{0},x\n", "{0}\n", "{0},1,2\n", "{0},7\n", "{0},1\n"]
    lines = (kinds[n % 5].format(f"n{n}") for n in range(5 * count))
    folder = make_package(f"name,size\n{''.join(lines)}", FIELDS)
    rule = "-- No seven.\n-- tables: things\nSELECT 'things' AS \"table\", _row AS row, 'size' AS field, "
    rule += "size AS value FROM things WHERE size = '7'\n"
    (folder / "rules").mkdir()
    (folder / "rules" / "seven.sql").write_text(rule, "utf-8")
    options = ("--rules", folder / "rules", "--engine", engine)
    run("validate", folder, *options, "--split", tmp_path / "rows", code=1)
    assert len(rows(tmp_path / "rows" / "good" / "things.csv")) == count + 1
    bad = rows(tmp_path / "rows" / "bad" / "things.csv")[1:]
    rules = Counter(row[3] for row in bad)
    assert rules == dict.fromkeys(("type", "missing-cell", "extra-cell", "seven"), count)
    assert all(row[4] for row in bad)
    last = [row for row in bad if row[3] == "type"][-1]
    assert last[4] == 'size: "x" is not an integer'


@pytest.mark.slow
def test_the_good_rows_of_every_faulty_example_are_valid(tmp_path: Path) -> None:
    # Where something could not be checked, nothing is written.
    folders = sorted((EXAMPLES / "faults").iterdir())
    folders = [one for one in folders if "fatal" not in (one / "findings.txt").read_text("utf-8")]
    for number, folder in enumerate(folders):
        try:
            source = read(folder)
        except CannotRun:
            continue
        _check(source.file, tmp_path / str(number))


@pytest.mark.slow
@settings(
    max_examples=examples(15),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.integers(0, 2**32))
def test_the_good_rows_of_a_random_package_are_valid(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        Maker(Random(number)).package().write(Path(name))  # noqa: S311
        _check(Path(name) / "datapackage.json", Path(name) / "rows")


def _check(file: Path, out: Path) -> None:
    """Each row is in one file, and the good ones have no error that belongs to a row."""
    try:
        source = read(file)
        with Split() as split:
            report = validate_package(source, Options(engine="sqlite", watch=split))
            written = split.write(out, source, report, Options(engine="sqlite"), force=False)
    except CannotRun:
        return
    if written is None:
        assert report.exit_code == 2
        return
    assert {one.table: one.good + one.bad for one in written.tables} == report.rows, file
    again = validate(out / "good", Options(engine="sqlite"))
    assert [found for found in again.faults if found.row is not None] == [], file


def test_control_characters_are_kept(make_package: MakePackage, tmp_path: Path, run: Run) -> None:
    folder, out = (
        make_package("name,size\na\x07,1\nb\x00,2\n\x00c,x\x00\n", FIELDS),
        tmp_path / "rows",
    )
    run("validate", folder, "--split", out, code=1)
    assert rows(out / "good" / "things.csv") == [["name", "size"], ["a\x07", "1"], ["b\x00", "2"]]
    assert [row[:2] for row in rows(out / "bad" / "things.csv")[1:]] == [["\x00c", "x\x00"]]
