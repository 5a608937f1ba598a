"""`export --flat` and `--labels`: one row a proposal and answer; words beside codes."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shieldtalks.exports import FORMATS
from shieldtalks.record.ledger.flat import COLUMNS, NAME, STATED, flat
from shieldtalks.tabular.package import read
from tests.support import Run
from tests.support.tables import read_table


def csv_rows(run: Run, *options: object) -> list[dict[str, str]]:
    """The rows of one table that `export csv` writes to standard output."""
    text = run("export", "csv", *options, "-o", "-", code=0).stdout
    return list(csv.DictReader(io.StringIO(text)))


def other(folder: Path, schema: dict[str, Any], table: str = "t") -> None:
    """Write a package of another kind: one table with one row."""
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    resource = {"name": table, "path": "t.csv", "schema": schema}
    descriptor = {"name": "other", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")


def test_one_row_a_proposal_and_answer(root: Path, run: Run) -> None:
    rows = csv_rows(run, root, "--flat")
    assert list(rows[0]) == list(COLUMNS)
    proposals = [row["proposal_id"] for row in read_table(root / "data" / "proposals.csv")]
    answers = {row["response_id"]: row for row in read_table(root / "data" / "responses.csv")}
    assert list(dict.fromkeys(row["proposal_id"] for row in rows)) == proposals
    assert {row["response_id"] for row in rows} - {""} == set(answers)
    for row in rows:
        answer = answers.get(row["response_id"])
        assert row["move"] == (answer["move"] if answer else "")
        assert not answer or answer["proposal_id"] == row["proposal_id"]
    without = set(proposals) - {answer["proposal_id"] for answer in answers.values()}
    assert len(rows) == len(answers) + len(without)


def test_a_row_in_full(root: Path, run: Run) -> None:
    (row,) = [row for row in csv_rows(run, root, "--flat") if row["proposal_id"] == "prp-0016"]
    assert row["proposal"] == "Sites on Russian soil"
    assert (row["measure"], row["measure_label"]) == ("basing-in-russia", "Sites in Russia")
    assert (row["proposer"], row["addressee"]) == ("United States", "Russia")
    assert (row["proposal_voice"], row["answer_voice"]) == ("Robert M. Gates", "Andrei Nesterenko")
    assert (row["proposal_date_edtf"], row["answer_date_edtf"]) == ("2009-06-09", "2009-06-11")
    assert (row["move_label"], row["authority_label"]) == ("Decline", "Official")
    assert (row["state"], row["weight"]) == ("declined", "decides")
    assert row["perhaps_same_as"] == "Radar or data centres in Russia"


def test_measures_have_their_branch_and_noted_moves_a_column(root: Path, run: Run) -> None:
    rows = {row["proposal_id"]: row for row in csv_rows(run, root, "--flat")}
    assert rows["prp-0009"]["measure_path"] == "radar/radar-colocation"
    assert rows["prp-0016"]["measure_path"] == "basing-in-russia"
    assert (rows["prp-0015"]["state"], rows["prp-0015"]["noted"]) == (
        "no-official-answer",
        "decline:anonymous",
    )
    assert rows["prp-0020"]["in_answer_to"] == "Sites on Russian soil"


def test_no_meaning_speaks_of_a_column_that_is_not_there(root: Path) -> None:
    fields = flat(read(root)).schema["fields"]
    spoken = {word for field in fields for word in re.findall(r"`(\w+)`", field["description"])}
    assert spoken <= set(COLUMNS)
    (when,) = [f["description"] for f in fields if f["name"] == "answer_date_edtf"]
    assert "date of `answer_event_id`" in when


def test_the_flat_package_is_valid_by_itself(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "csv", root, "--flat", "-o", tmp_path / "out", code=0)
    files = {path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("*.*")}
    assert files >= {"datapackage.json", f"data/{NAME}.csv"}
    run("validate", tmp_path / "out", code=0)


@pytest.mark.slow
def test_json_and_jsonl_follow_their_schemas(root: Path, run: Run) -> None:
    contract = json.loads((root / "schemas" / "json.schema.json").read_text("utf-8"))
    document = json.loads(run("export", "json", root, "--flat", "-o", "-", code=0).stdout)
    assert list(Draft202012Validator(contract).iter_errors(document)) == []
    assert list(document["tables"]) == [NAME]
    contract = json.loads((root / "schemas" / "jsonl.schema.json").read_text("utf-8"))
    lines = run("export", "jsonl", root, "--flat", "-o", "-", code=0).stdout.splitlines()
    validator = Draft202012Validator({"$ref": f"#/$defs/{NAME}", "$defs": contract["$defs"]})
    rows = [json.loads(line) for line in lines]
    assert [error for row in rows for error in validator.iter_errors(row)] == []
    assert [row | {"table": None} for row in rows] == [
        {"table": None} | row for row in document["tables"][NAME]
    ]


def test_the_view_has_the_same_rows(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "sqlite", root, "-o", tmp_path / "out.db", code=0)
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        cursor = database.execute("SELECT * FROM proposals_and_answers")
        assert [column[0] for column in cursor.description] == list(COLUMNS)
        rows = [["" if value is None else value for value in row] for row in cursor]
    assert rows == [list(row.values()) for row in csv_rows(run, root, "--flat")]


def test_what_every_row_fills_and_what_only_an_answer_does(root: Path) -> None:
    rows = list(flat(read(root)).rows())
    for name in STATED:
        assert all(row[name] is not None for row in rows), name
    without = [row for row in rows if row["response_id"] is None]
    assert without
    for name in ("responder_id", "move", "move_label", "authority", "weight", "answer_date_edtf"):
        assert all(row[name] is None for row in without), name


@pytest.mark.parametrize("option", ["--flat", "--labels"])
@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.is_tabular])
def test_formats_that_are_no_tables_take_neither(
    form: str, option: str, root: Path, tmp_path: Path, run: Run
) -> None:
    target = tmp_path / f"out{FORMATS[form].endings[0]}"
    result = run("export", form, root, option, "-o", target, code=2)
    assert f"{form} does not support --flat and --labels" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_flat_is_a_table_of_its_own(root: Path, run: Run) -> None:
    result = run("export", "csv", root, "--flat", "--table", "claims", "-o", "-", code=2)
    assert "leave out --table" in result.stderr


def test_a_package_of_another_kind_has_no_flat_table(tmp_path: Path, run: Run) -> None:
    other(tmp_path, {"fields": [{"name": "a"}]})
    result = run("export", "csv", tmp_path, "--flat", "-o", "-", code=2)
    assert "other is not a record of proposals and answers" in result.stderr
    assert result.stdout == ""


def test_fields_need_no_description(package: Path, run: Run) -> None:
    file = package / "schemas" / "tables" / "proposals.json"
    schema = json.loads(file.read_text("utf-8"))
    for field in schema["fields"]:
        field.pop("description")
    file.write_text(json.dumps(schema), "utf-8")
    assert csv_rows(run, package, "--flat")


@pytest.mark.parametrize("name", ["../../out", "a/b", ".hidden"])
@pytest.mark.parametrize("ending", ["", ".zip"])
def test_the_name_of_a_table_leads_nowhere_else(
    name: str, ending: str, tmp_path: Path, run: Run
) -> None:
    schema = {"fields": [{"name": "a"}]}
    other(tmp_path, schema, name)
    before = sorted(tmp_path.iterdir())
    target = tmp_path / f"out{ending}"
    run("export", "csv", tmp_path, "--labels", "-o", target, code=0)
    assert sorted(tmp_path.iterdir()) == sorted([*before, target])
    files = [path.name for path in target.rglob("*.csv")]
    if ending:
        with zipfile.ZipFile(target) as archive:
            files = archive.namelist()[1:]
    (file,) = files
    assert re.fullmatch(r"(data/)?[^/.]+(\.[^/]+)?\.csv", file)


def test_faulty_keys_are_findings_with_labels_too(tmp_path: Path, run: Run) -> None:
    other(tmp_path, {"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a"}]})
    result = run("export", "csv", tmp_path, "--labels", "-o", "-", code=2)
    assert "Nothing was written. Fix the data" in result.stderr
    result = run("export", "csv", tmp_path, "--labels", "--no-validate", "-o", "-", code=0)
    assert result.stdout == "a\n1\n"


def test_numbers_without_digits_are_spelled_as_in_the_table(tmp_path: Path, run: Run) -> None:
    other(tmp_path, {"fields": [{"name": "a", "type": "number"}]})
    (tmp_path / "t.csv").write_text("a\nNaN\nINF\n-INF\n1.5\n", "utf-8")
    assert run("export", "csv", tmp_path, "--labels", "-o", "-", code=0).stdout == (
        "a\nNaN\nINF\n-INF\n1.5\n"
    )


def test_booleans_are_spelled_as_in_the_table(tmp_path: Path, run: Run) -> None:
    other(tmp_path, {"fields": [{"name": "a", "type": "boolean"}]})
    (tmp_path / "t.csv").write_text("a\ntrue\nfalse\n", "utf-8")
    text = run("export", "csv", tmp_path, "--labels", "-o", "-", code=0).stdout
    assert text == "a\ntrue\nfalse\n"


def test_categories_without_a_value_have_no_label(tmp_path: Path, run: Run) -> None:
    categories = [
        {"label": "None"},
        {"value": ["1"], "label": "List"},
        {"value": "1", "label": "One"},
    ]
    other(tmp_path, {"fields": [{"name": "a", "categories": categories}]})
    assert csv_rows(run, tmp_path, "--labels", "--no-validate") == [{"a": "1", "a_label": "One"}]


def test_labels_stand_beside_codes_and_actors(root: Path, run: Run) -> None:
    rows = csv_rows(run, root, "--labels", "--table", "responses")
    names = list(rows[0])
    for field in ("responder_id", "voiced_by_id", "move", "authority", "date_basis"):
        assert names[names.index(field) + 1] == f"{field}_label"
    assert (rows[3]["move_label"], rows[3]["authority_label"]) == ("Decline", "Anonymous")
    assert (rows[3]["responder_id_label"], rows[3]["date_basis_label"]) == ("Russia", "")


def test_without_the_labels_nothing_else_has_changed(root: Path, run: Run) -> None:
    for table in ("events", "codings", "claims"):
        plain = csv_rows(run, root, "--table", table)
        wide = csv_rows(run, root, "--labels", "--table", table)
        assert [{name: row[name] for name in plain[0]} for row in wide] == plain


def test_a_package_with_labels_is_valid_by_itself(root: Path, tmp_path: Path, run: Run) -> None:
    run("export", "csv", root, "--labels", "-o", tmp_path / "out", code=0)
    run("validate", tmp_path / "out", code=0)


def test_the_database_with_labels_keeps_its_keys_and_views(
    root: Path, tmp_path: Path, run: Run
) -> None:
    run("export", "sqlite", root, "--labels", "-o", tmp_path / "out.db", code=0)
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        label = "SELECT responder_id_label FROM responses WHERE response_id = 'rsp-0006'"
        assert database.execute(label).fetchone() == ("Poland",)
        assert len(database.execute("PRAGMA foreign_key_list(responses)").fetchall()) == 4
        assert database.execute("SELECT count(*) FROM ledger").fetchone() == (22,)


def test_missing_is_written_as_the_schema_has_it(tmp_path: Path, run: Run) -> None:
    field: dict[str, Any] = {"name": "a", "categories": [{"value": "x", "label": "X"}]}
    field["constraints"] = {"enum": ["x"]}
    schema = {"fields": [field, {"name": "b"}], "missingValues": ["-"]}
    (tmp_path / "t.csv").write_text("a,b\nx,-\n-,1\n", "utf-8", newline="")
    resource = {"name": "t", "path": "t.csv", "schema": schema}
    descriptor = {"name": "other", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("export", "csv", tmp_path, "--labels", "--table", "t", "-o", "-", code=0)
    assert result.stdout == "a,a_label,b\nx,X,-\n-,-,1\n"
