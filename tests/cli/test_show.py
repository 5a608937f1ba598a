"""`shieldtalks show`: one record of each table in words, as JSON, and how it is cited.

`UPDATE_GOLDEN=1 pytest tests/cli/test_show.py` writes the golden texts anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shieldtalks import load
from shieldtalks.record.description import describe
from shieldtalks.record.description.text import LABEL, lines
from tests.support import EXAMPLES, Run

SHOWN = EXAMPLES / "lighthouse" / "shown"

IDS = [
    "src-9001",
    "act-0003",
    "evt-0001",
    "evt-0003",
    "prp-0001",
    "prp-0003",
    "rsp-0001",
    "pos-0001",
    "clm-0001",
    "clm-0002",
    "evd-0003",
    "cod-0001",
    "cameo:022",
    "ref-0001",
    "cor-0001",
]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("record_id", IDS)
def test_a_record_in_words(record_id: str, lighthouse: Path, run: Run) -> None:
    text = run("show", record_id, "--package", lighthouse, code=0).stdout
    golden = SHOWN / f"{record_id.replace(':', '-')}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_the_golden_texts_cover_every_table_with_identifiers(lighthouse: Path) -> None:
    dataset = load(lighthouse)
    shown = {describe(dataset, record_id).table for record_id in IDS}
    told_with_others = {"aliases", "participants", "relations", "attributions", "coders", "retired"}
    assert shown == {res.name for res in dataset.package.resources} - told_with_others


def test_the_first_line_on_stderr_says_which_package(lighthouse: Path, run: Run) -> None:
    said = run("show", "prp-0001", "--package", lighthouse, code=0).stderr
    assert said == f"showing lighthouse 1.2.0: {lighthouse / 'datapackage.json'}\n"


@pytest.mark.sample(4)
@pytest.mark.parametrize("asked", ["PRP-0001", " prp-0001", "prp- 0001\n", "Prp-0001"])
def test_case_and_blanks_do_not_matter(asked: str, lighthouse: Path, run: Run) -> None:
    text = run("show", asked, "--package", lighthouse, code=0).stdout
    assert text.startswith("prp-0001  Sharing of signals\n")


def test_several_records_come_in_the_order_asked_each_once(lighthouse: Path, run: Run) -> None:
    wanted = ("clm-0002", "prp-0001", "CLM-0002")
    text = run("show", *wanted, "--package", lighthouse, "--format", "json", code=0).stdout
    assert [record["record_id"] for record in json.loads(text)["records"]] == [
        "clm-0002",
        "prp-0001",
    ]


def test_a_withdrawn_identifier_leads_to_its_successor_step_by_step(
    lighthouse: Path, run: Run
) -> None:
    result = run("show", "prp-0008", "--package", lighthouse, code=0)
    assert result.stdout.startswith("prp-0001  Sharing of signals\n")
    assert result.stderr.splitlines()[1:] == [
        "prp-0008 was retired in version 1.1.0 (Two rows held one offer.); prp-0009 replaces it",
        "prp-0009 was retired in version 1.2.0 (It was the package itself.); prp-0001 replaces it",
    ]


def test_a_withdrawn_identifier_without_successor_says_why(lighthouse: Path, run: Run) -> None:
    result = run("show", "clm-0009", "--package", lighthouse, code=2)
    assert (
        'Error: "clm-0009" was retired in version 1.1.0: It repeated the headline.' in result.stderr
    )
    assert result.stdout == ""


def test_withdrawn_identifiers_in_a_circle_end(lighthouse: Path, tmp_path: Path, run: Run) -> None:
    folder = shutil.copytree(lighthouse, tmp_path / "copy")
    with (folder / "data" / "retired.csv").open("a") as file:
        file.write("prp-0011,1.1.0,prp-0012,one\nprp-0012,1.1.0,prp-0011,two\n")
    result = run("show", "prp-0011", "--package", folder, code=2)
    assert (
        '"prp-0012" was retired in version 1.1.0: there is no record "prp-0011" to replace it'
        in result.stderr
    )


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("prp-00001", '"prp-0001" (Sharing of signals)'),
        ("prp3", '"prp-0003" (Signal books, again)'),
        ("PRP-2", '"prp-0002" (Signal books)'),
        ("move:declined", '"move:decline" (Decline)'),
    ],
)
def test_a_wrong_identifier_suggests_the_nearest(
    asked: str, near: str, lighthouse: Path, run: Run
) -> None:
    result = run("show", asked, "--package", lighthouse, code=2)
    assert f'there is no record "{asked}"' in result.stderr
    assert f"Did you mean {near}?" in result.stderr


def test_an_identifier_like_no_other_says_what_they_look_like(lighthouse: Path, run: Run) -> None:
    result = run("show", "?!", "--package", lighthouse, code=2)
    assert "Identifiers look like prp-0003, clm-0007 or move:decline." in result.stderr


def test_json_follows_the_published_schema(root: Path, run: Run) -> None:
    schema = json.loads((root / "schemas" / "show.schema.json").read_text(encoding="utf-8"))
    dataset = load(root)
    tables = ("proposals", "responses", "propositions", "claims", "sources")
    wanted = [name for name, row in dataset.by_id.items() if row.table.name in tables]
    value = json.loads(run("show", *wanted, "--format", "json", code=0).stdout)
    assert list(Draft202012Validator(schema).iter_errors(value)) == []
    assert len(value["records"]) == len(wanted)
    del value["records"][0]["row_hash"]
    assert list(Draft202012Validator(schema).iter_errors(value))


def test_labels_fit_their_column_and_lines_a_terminal(root: Path, run: Run) -> None:
    dataset = load(root)
    labels = {
        line.label
        for name, row in dataset.by_id.items()
        if row.table.name != "retired"
        for line in describe(dataset, name).lines
    }
    assert [label for label in labels if len(label) >= LABEL] == []
    text = run("show", "prp-0016", "clm-0027", "src-0001", "act-0001", code=0).stdout
    long = [line for line in text.splitlines() if len(line) > 80]
    assert [line for line in long if not re.fullmatch(r" +[0-9a-f]{64}\)\.", line)] == []


def test_colour_touches_labels_and_no_word(lighthouse: Path) -> None:
    described = describe(load(lighthouse), "prp-0001")
    coloured = "\n".join(lines(described, 80, lambda _, text: f"<b>{text}</b>"))
    assert "<b>what          </b>Share what" in coloured
    assert re.sub("</?b>", "", coloured) == "\n".join(lines(described, 80))


HOSTILE = "\x1b[31mred\x1b]0;title\x07\u202eback\x9b2J\u2028\r\nend"


@pytest.mark.sample(2)
@pytest.mark.parametrize("form", ["text", "json", "bibtex", "csl"])
def test_nothing_in_the_data_steers_the_terminal(
    form: str, lighthouse: Path, tmp_path: Path, run: Run
) -> None:
    folder = shutil.copytree(lighthouse, tmp_path / "copy")
    for table, known in (("proposals", "Sharing of signals"), ("actors", "Ostrell")):
        file = folder / "data" / f"{table}.csv"
        text = file.read_bytes().decode()
        assert known in text
        file.write_bytes(text.replace(known, f'"{known}{HOSTILE}"').encode())
    result = run("show", "prp-0001", "--package", folder, "--format", form, code=0)
    shown = result.stdout + result.stderr
    assert "Sharing of" in shown
    assert [char for char in shown if not char.isprintable() and char != "\n"] == []
    wrong = run("show", "prp-01", "--package", folder, code=2).stderr
    assert "Sharing of" in wrong
    assert [char for char in wrong if not char.isprintable() and char != "\n"] == []


def test_a_package_of_another_kind_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "t.csv").write_text("id\n1\n", encoding="utf-8")
    entry = {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "id"}]}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [entry]}), "utf-8")
    result = run("show", "prp-0001", "--package", tmp_path, code=2)
    assert "Error: " in result.stderr
    assert 'has no table "sources"' in result.stderr
    assert "does not follow our profile" in result.stderr
    assert "shieldtalks validate" not in result.stderr, "it would find nothing"


@pytest.mark.parametrize("row", [b"clm-0003,only,three\n", b"clm-0003,\xe9\n", b"x" * 200_000])
def test_a_row_that_does_not_fit_is_told_with_the_command_that_says_where(
    row: bytes, lighthouse: Path, tmp_path: Path, run: Run
) -> None:
    folder = shutil.copytree(lighthouse, tmp_path / "copy")
    with (folder / "data" / "claims.csv").open("ab") as file:
        file.write(row)
    assert "shieldtalks validate" in run("show", "prp-0001", "--package", folder, code=2).stderr


def test_an_identifier_that_leads_nowhere_is_shown_as_it_is(
    lighthouse: Path, tmp_path: Path, run: Run
) -> None:
    folder = shutil.copytree(lighthouse, tmp_path / "copy")
    for table in ("actors", "sources", "events", "codings", "codes"):
        file = folder / "data" / f"{table}.csv"
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    for record_id in ("prp-0001", "rsp-0001", "clm-0002", "evd-0003"):
        text = run("show", record_id, "--package", folder, code=0).stdout
        assert "src-9001" in text
